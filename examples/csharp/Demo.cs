// Holds a spoken conversation: a question goes in as a microphone would hear it, the model calls a tool and
// answers in its voice, which is pulled as a loudspeaker would; then come thanks. Leaves both sides in a stereo
// WAV.
//
//     demo --question WAV --thanks WAV --record WAV [--url URL] [--ca-file PEM] [--api-key KEY] [--instructions
// TEXT]
//
// What is not given is taken from the environment, as everywhere: GOOGLE_API_KEY, GOOGLE_GEMINI_BASE_URL,
// SSL_CERT_FILE.
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

public static class Demo
{
    private const int DeadlineMs = 120000;
    private const int DrainMs = 30000;

    private const string WeatherSchema =
        @"{""type"": ""OBJECT"", ""properties"": {""city"": {""type"": ""STRING""}}, ""required"": [""city""]}";

    public static int Main(string[] arguments)
    {
        try
        {
            Dictionary<string, string> given = Parse(arguments);
            using (CancellationTokenSource deadline = new CancellationTokenSource(DeadlineMs))
            {
                return Hold(given, deadline.Token).GetAwaiter().GetResult() ? 0 : 1;
            }
        }
        catch (Exception error) when (error is GemliveException || error is IOException || error is ArgumentException)
        {
            Console.Error.WriteLine("demo: " + error.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("demo: it was not over after " + DeadlineMs / 1000 + " s");
            return 1;
        }
    }

    private static Dictionary<string, string> Parse(string[] arguments)
    {
        string[] names = { "--question", "--thanks", "--record", "--url", "--ca-file", "--api-key", "--instructions" };
        Dictionary<string, string> given = new Dictionary<string, string>();
        for (int at = 0; at < arguments.Length; at += 2)
        {
            if (Array.IndexOf(names, arguments[at]) < 0 || at + 1 == arguments.Length)
            {
                throw new ArgumentException("'" + arguments[at] + "' is no option, or lacks its value; there are " +
                                            string.Join(" ", names));
            }
            given[arguments[at]] = arguments[at + 1];
        }
        foreach (string name in new[] { "--question", "--thanks", "--record" })
        {
            if (!given.ContainsKey(name))
            {
                throw new ArgumentException(name + " is missing");
            }
        }
        return given;
    }

    private static string Find(Dictionary<string, string> given, string name)
    {
        string value;
        return given.TryGetValue(name, out value) ? value : null;
    }

    private static async Task<bool> Hold(Dictionary<string, string> given, CancellationToken deadline)
    {
        Wav question = Wav.Read(given["--question"]);
        Wav thanks = Wav.Read(given["--thanks"]);
        Screen screen = new Screen();
        Latencies latencies = new Latencies();
        // snippet: tool
        LiveTool weather = LiveTool.Create("get_weather", "The present weather of a city.", WeatherSchema, (call, stop) =>
        {
            const string Answer = @"{""celsius"": 21, ""sky"": ""sunny""}";
            screen.Tool(call.Name + " " + call.Arguments);
            screen.Tool("-> " + Answer);
            return Task.FromResult(Answer);
        });
        LiveOptions options = new LiveOptions
        {
            Instructions = Find(given, "--instructions") ?? "You are a friendly guide. Be brief. Use your tools.",
            BaseUrl = Find(given, "--url"),          // null: not set
            CaFile = Find(given, "--ca-file"),
            ApiKey = Find(given, "--api-key"),
            Tools = { weather },
        };
        // end snippet
        using (LiveModel model = new LiveModel(options))
        using (LiveSession session = model.StartSession())
        using (Device device = new Device(session, latencies))
        {
            device.Listen();
            device.Speak(question);
            bool called = false;
            bool answered = false;
            bool replied = false;
            Closed closed = null;
            LiveEvent e;
            while ((e = await session.NextAsync(deadline)) != null)
            {
                screen.Show(e, latencies);
                called = called || e is ToolCall;
                closed = e as Closed;
                if (e is PlayoutFinished && !answered)
                {
                    answered = true;
                    device.Speak(thanks);
                }
                else if (e is TurnStarted && answered && !replied)
                {
                    replied = true;
                    session.Finish(drain: true, timeoutMs: DrainMs);
                }
            }
            device.Stop();
            device.Recording.Write(given["--record"]);
            latencies.Summary().ForEach(screen.Note);
            screen.Note($"both sides are in {given["--record"]}, {device.Recording.Seconds:0.0} s");
            return called && answered && replied && closed != null && closed.Status == GemliveStatus.Ok;
        }
    }
}
