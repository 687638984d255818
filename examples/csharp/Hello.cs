// The smallest conversation: one question, and the answer as it comes.
//
// The key is taken from GOOGLE_API_KEY. GOOGLE_GEMINI_BASE_URL and SSL_CERT_FILE point it at gemlive-emulator.
// snippet: hello
using System;
using System.Threading.Tasks;
using Gemlive;

public static class Hello
{
    public static int Main() => Talk().GetAwaiter().GetResult();

    private static async Task<int> Talk()
    {
        try
        {
            using (var model = new LiveModel(new LiveOptions { Instructions = "You are a blacksmith. Be brief." }))
            using (var session = model.StartSession())    // connects in the background
            {
                session.SendText("Do you sell swords?");

                LiveEvent e;
                while ((e = await session.NextAsync()) != null)
                {
                    if (e is OutputTranscript words) Console.Write(words.Text);
                    if (e is TurnFinished) session.Finish();
                    if (e is Closed closed && closed.Status != GemliveStatus.Ok) return Failed(closed.Message);
                }
            }
        }
        catch (GemliveException error)    // also of a command, when the session had ended before it
        {
            return Failed(error.Message);
        }
        Console.WriteLine();
        return 0;
    }

    private static int Failed(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
// end snippet
