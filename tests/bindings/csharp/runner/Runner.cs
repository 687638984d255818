using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Gemlive;

// Runs the `client` commands of a scenario file through the binding and prints what gemlive-talk --json prints,
// each event rebuilt from its typed class.
//
//     scenario-runner --scenario FILE [--url URL] [--ca-file PEM] [--api-key KEY] [--timeout S] [--play]
//
// Exit code: 0 done; 1 a command failed, the time was over, or a typed class differs from its event; 2 the command
// line, the file or an option is wrong; 3 the session was closed unasked.
internal static class Runner
{
    private sealed class UsageError : Exception
    {
        public UsageError(string message) : base(message)
        {
        }
    }

    private static readonly Dictionary<string, string> OptionOf = new Dictionary<string, string>
    {
        { "--url", "base_url" }, { "--ca-file", "ca_file" }, { "--api-key", "api_key" },
    };

    public static void Main(string[] arguments)
    {
        // After a return from Main, Mono may wait for a parked thread of its pool, up to half a minute. Exit does not.
        Environment.Exit(CodeOf(arguments, new Output()));
    }

    private static int CodeOf(string[] arguments, Output output)
    {
        try
        {
            return Run(arguments, output);
        }
        catch (UsageError wrong)
        {
            output.Diagnose(wrong.Message);
            return 2;
        }
    }

    private static int Run(string[] arguments, Output output)
    {
        LiveOptions options = new LiveOptions();
        string path = null;
        bool play = false;
        CancellationTokenSource stop = new CancellationTokenSource();
        for (int at = 0; at < arguments.Length; ++at)
        {
            string name = arguments[at];
            if (name == "--play")
            {
                play = true;
                continue;
            }
            if (++at == arguments.Length)
            {
                throw new UsageError(name + " needs a value");
            }
            if (name == "--scenario")
            {
                path = arguments[at];
            }
            else if (name == "--timeout")
            {
                stop.CancelAfter(TimeSpan.FromSeconds(double.Parse(arguments[at], CultureInfo.InvariantCulture)));
            }
            else if (OptionOf.ContainsKey(name))
            {
                options.Set(OptionOf[name], arguments[at]);
            }
            else
            {
                throw new UsageError("'" + name + "' is no option of scenario-runner");
            }
        }
        if (path == null)
        {
            throw new UsageError("--scenario FILE is missing");
        }
        Json scenario = ReadScenario(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path));
        TakeSession(scenario["session"], folder, options);
        using (LiveModel model = Made(() => new LiveModel(options)))
        using (LiveSession session = Made(() => model.StartSession()))
        {
            Context context = new Context
            {
                Model = model,
                Session = session,
                Output = output,
                Stop = stop.Token,
                Folder = folder,
                AudioIn = new AudioIn(session, stop.Token),
            };
            return Hold(context, scenario, play);
        }
    }

    private static Json ReadScenario(string path)
    {
        try
        {
            return Json.Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is FormatException || error is SystemException)
        {
            throw new UsageError("'" + path + "': " + error.Message);
        }
    }

    private static void TakeSession(Json session, string folder, LiveOptions options)
    {
        if (session == null)
        {
            return;
        }
        foreach (KeyValuePair<string, Json> option in session.Members)
        {
            if (option.Value.Is != Json.Kind.Text)
            {
                options.SetJson(option.Key, option.Value.Line(false));
                continue;
            }
            bool namesFile = option.Key == "ca_file" || option.Key == "ca_dir";
            options.Set(option.Key, namesFile ? Path.Combine(folder, option.Value.Value) : option.Value.Value);
        }
    }

    private static T Made<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (GemliveException refused)
        {
            throw new UsageError(refused.Message);
        }
    }

    private static int Hold(Context context, Json scenario, bool play)
    {
        IReadOnlyList<Json> commands = scenario["client"]?.Items ?? new Json[0];
        long allowed = Commands.WholeOr(scenario["session"] ?? Json.OfObject(new KeyValuePair<string, Json>[0]),
                                        "drain_timeout_ms", context.CloseTimeoutMs);
        context.CloseTimeoutMs = allowed;
        using (CancellationTokenSource ended = new CancellationTokenSource())
        {
            Thread player = SwitchPlayoutOn(context, commands, play, ended.Token);
            context.Conversation = new Conversation(context.Session, context.Output, context.Stop);
            bool inFull = commands.All(command => !context.Stop.IsCancellationRequested && RunCommand(context, command));
            if (!inFull)
            {
                context.AudioIn.Stop();
            }
            context.AudioIn.Join();
            // A script's own close goes first: a second one changes nothing.
            context.Session.Finish();
            // Draining and then writing the rest may each take the whole time.
            Closed closed = context.Conversation.WaitClosed(TimeSpan.FromMilliseconds(2 * context.CloseTimeoutMs + 5000));
            ended.Cancel();
            player?.Join();
            return Verdict(context, closed, inFull);
        }
    }

    private static bool RunCommand(Context context, Json command)
    {
        string name = Commands.NameOf(command);
        Result result = Commands.Run(context, command);
        context.Output.Line(result.Line(name));
        context.CommandFailed |= !result.IsOk;
        return result.IsOk || name != "wait";
    }

    // Playout is on from the start for what is read later.
    private static Thread SwitchPlayoutOn(Context context, IReadOnlyList<Json> commands, bool play, CancellationToken ended)
    {
        Json reads = commands.FirstOrDefault(command => Commands.NameOf(command) == "read_audio");
        if (play)
        {
            context.SetOutputFormat(Commands.PlayRate, 1);
            context.Playing = true;
            long pulled;
            long heard;
            Thread player = new Thread(() => Playout.Pull(context.Session, Commands.PlayRate, 1, long.MaxValue, ended,
                                                          out pulled, out heard));
            player.Start();
            return player;
        }
        if (reads != null)
        {
            context.SetOutputFormat((int)Commands.WholeOr(reads, "sample_rate", Commands.PlayRate),
                                    (int)Commands.WholeOr(reads, "channels", 1));
        }
        return null;
    }

    private static int Verdict(Context context, Closed closed, bool inFull)
    {
        if (closed == null)
        {
            context.Output.Diagnose("the session did not close in time");
            return 1;
        }
        if (closed.Reason != "requested")
        {
            context.Output.Diagnose("closed: " + closed.Reason + ", " + closed.Code + ", " + closed.Message);
            return 3;
        }
        bool failed = context.Conversation.LinesDiffer || context.CommandFailed || context.BackgroundFailed
                      || context.Stop.IsCancellationRequested;
        return inFull && !failed ? 0 : 1;
    }
}
