// A character with a shop behind it: it is spoken to, looks a price up, and answers.
//
//     blacksmith WAV        a sound file of at most ten seconds stands for the microphone
//
// The key is taken from GOOGLE_API_KEY. GOOGLE_GEMINI_BASE_URL and SSL_CERT_FILE point it at gemlive-emulator.
using System;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

public static class Blacksmith
{
    private const string Schema = @"{""type"": ""OBJECT"", ""properties"": {""item"": {""type"": ""STRING""}}}";

    public static void Main(string[] arguments)
    {
        Wav speech = Wav.Read(arguments[0]);
        Talk(speech, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static async Task Talk(Wav speech, CancellationToken stop)
    {
        short[] microphone = speech.Samples;
        // snippet: conversation
        using (var model = new LiveModel(new LiveOptions {
            Instructions = "You are a blacksmith.",
            InputRingMs = 10000,
            Tools = { LiveTool.Create("price", "Price of an item.", Schema,
                                      (call, cancel) => PriceAsync(call.Arguments, cancel)) },
        }))
        using (var session = model.StartSession())
        {
            session.PushAudio(microphone);                       // ReadOnlySpan<short> or <float>

            LiveEvent e;
            while ((e = await session.NextAsync(stop)) != null)
            {
                if (e is TurnFinished turn) Console.WriteLine(turn.Transcript);
                if (e is TurnMetrics) session.Finish();
            }
        }
        // end snippet
    }

    private static async Task<string> PriceAsync(string arguments, CancellationToken cancel)
    {
        await Task.Delay(1, cancel);
        return @"{""coins"": 12}";
    }
}
