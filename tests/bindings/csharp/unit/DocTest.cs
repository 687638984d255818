using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

// What docs/csharp.md shows, run.
internal static class DocTest
{
    public static void AddTo(Suite suite)
    {
        suite.Add("docs: a wait with a deadline", Quietly(() => Check.Result(Deadline())));
        suite.Add("docs: errors of calls", Quietly(CallErrors));
        suite.Add("docs: errors of the conversation", Quietly(() => Check.Result(ConversationErrors())));
        suite.Add("docs: the orderly end", Quietly(() => Check.Result(OrderlyEnd())));
        suite.Add("docs: a tool that is slow", Quietly(() => Check.Result(SlowTool())));
        suite.Add("docs: an answer by hand", Quietly(() => Check.Result(ByHand())));
        suite.Add("docs: a sound device", SoundDevice);
    }

    // The snippets write to stderr what a program would.
    private static Action Quietly(Action test)
    {
        return () =>
        {
            TextWriter console = Console.Error;
            Console.SetError(TextWriter.Null);
            try
            {
                test();
            }
            finally
            {
                Console.SetError(console);
            }
        };
    }

    private static async Task<bool> Deadline()
    {
        using (LiveSession session = Dead.Start())
        {
            try
            {
                // snippet: deadline
                using (var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300)))
                {
                    LiveEvent e;
                    while ((e = await session.NextAsync(stop.Token)) != null) Console.Error.WriteLine(e);
                }
                // end snippet
            }
            catch (OperationCanceledException)
            {
                return true;
            }
            throw new CheckFailed("it ended");
        }
    }

    private static void CallErrors()
    {
        GemliveStatus found = GemliveStatus.Ok;
        // snippet: call-errors
        try
        {
            new LiveModel(new LiveOptions { Temperature = 3 });
        }
        catch (GemliveException error)
        {
            found = error.Status;                       // GemliveStatus.InvalidArgument
            Console.Error.WriteLine(error.Message);     // names the option, and what is allowed
        }
        // end snippet
        Check.Equal(GemliveStatus.InvalidArgument, found, "status");
    }

    private static async Task<bool> ConversationErrors()
    {
        using (Emulator emulator = new Emulator())
        {
            LiveOptions options = emulator.Options();
            options.ApiKey = "invalid";
            using (LiveModel model = new LiveModel(options))
            using (LiveSession session = model.StartSession())
            {
                GemliveStatus status = GemliveStatus.Ok;
                // snippet: conversation-errors
                LiveEvent e;
                while ((e = await session.NextAsync()) != null)
                {
                    if (e is Error error && !error.Fatal) Console.Error.WriteLine("trying again: " + error.Message);
                    if (e is Closed closed) status = closed.Status;    // GemliveStatus.Ok when you asked for the end
                }
                // end snippet
                Check.Equal(GemliveStatus.Auth, status, "status");
                return true;
            }
        }
    }

    private static async Task<bool> OrderlyEnd()
    {
        using (Emulator emulator = new Emulator())
        using (LiveModel model = new LiveModel(emulator.Options()))
        {
            // snippet: end
            var session = model.StartSession();
            session.SendText("Goodbye!");
            session.Finish(drain: true, timeoutMs: 10000);     // the reply is still waited for
            LiveEvent e;
            while ((e = await session.NextAsync()) != null)
            {
                if (e is TurnFinished turn) Console.Error.WriteLine(turn.Transcript);
            }
            session.Dispose();                                 // at once, from anywhere, as often as you like
            // end snippet
            Check.That(session.Ended, "it ended");
            return true;
        }
    }

    private static async Task<string> FetchAsync(string arguments, CancellationToken cancel)
    {
        await Task.Delay(1, cancel);
        return "{\"celsius\": 21}";
    }

    private static async Task<bool> SlowTool()
    {
        using (Emulator emulator = new Emulator("[{'on': 'text', 'do': [{'call': {'name': 'get_weather', 'args': {}}}]}, " +
                                                "{'on': 'tool_response', 'do': [{'text': 'Sunny.'}]}]"))
        {
            LiveOptions options = emulator.Options();
            // snippet: tool
            options.Tools.Add(LiveTool.Create(
                "get_weather", "The present weather of a city.",
                @"{""type"": ""OBJECT"", ""properties"": {""city"": {""type"": ""STRING""}}, ""required"": [""city""]}",
                async (call, cancel) => await FetchAsync(call.Arguments, cancel)));
            // end snippet
            using (LiveModel model = new LiveModel(options))
            using (LiveSession session = model.StartSession())
            {
                session.SendText("What is the weather like?");
                Check.That((await ConversationTest.Hold(session)).Exists(e => e is Text), "a reply");
                return true;
            }
        }
    }

    private static async Task<bool> ByHand()
    {
        using (Emulator emulator = new Emulator("[{'on': 'text', 'do': [{'call': {'name': 'greet', 'args': {}}}]}, " +
                                                "{'on': 'tool_response', 'do': [{'text': 'Hello.'}]}]"))
        using (LiveSession session = emulator.Start(LiveTool.Create("greet", null, null)))
        {
            session.SendText("Greet her.");
            string name = "Zoë \"the smith\"";
            bool replied = false;
            LiveEvent e;
            while (!replied && (e = await session.NextAsync()) != null)
            {
                // snippet: by-hand
                if (e is ToolCall call && call.Name == "greet")
                    call.Respond("{\"name\": " + LiveLibrary.QuoteJson(name) + "}");
                // end snippet
                replied = e is Text;
            }
            Check.That(replied && emulator.Received().Contains("the smith"), "the answer was taken");
            return true;
        }
    }

    private sealed class Device
    {
        private readonly LiveSession session;

        public Device(LiveSession session)
        {
            this.session = session;
            // snippet: formats
            session.SetInputFormat(48000, 2);
            session.SetOutputFormat(48000, 2);
            // end snippet
        }

        // snippet: device
        public void OnDevice(Span<float> speaker, ReadOnlySpan<float> microphone)      // the device's real-time thread
        {
            session.PushAudio(microphone);
            session.ReadAudio(speaker);        // always fills: silence when nothing is due
        }
        // end snippet
    }

    private static void SoundDevice()
    {
        using (LiveSession session = Dead.Start())
        {
            float[] speaker = { 1, 1, 1, 1 };
            new Device(session).OnDevice(speaker, new float[4]);
            Check.Equal("0 0 0 0", string.Join(" ", speaker), "silence");
        }
    }
}
