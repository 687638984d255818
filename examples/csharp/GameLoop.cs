// Events without a thread of one's own: a game's loop takes them once a frame.
//
// The key is taken from GOOGLE_API_KEY. GOOGLE_GEMINI_BASE_URL and SSL_CERT_FILE point it at gemlive-emulator.
using System;
using System.Threading;
using Gemlive;

public static class GameLoop
{
    private const int FrameMs = 16;

    public static int Main()
    {
        using (LiveModel model = new LiveModel(new LiveOptions { Instructions = "You are a blacksmith. Be brief." }))
        using (LiveSession session = model.StartSession())
        {
            session.GenerateReply("A customer walks in. Greet them.");
            GemliveStatus end = GemliveStatus.Ok;
            // snippet: game-loop
            while (!session.Ended)
            {
                session.Dispatch(e =>
                {
                    if (e is TurnStarted) Console.WriteLine("*turns around*");
                    if (e is TurnFinished turn) Console.WriteLine(turn.Transcript);
                    if (e is TurnMetrics) session.Finish();
                    if (e is Closed closed) end = closed.Status;
                });
                DrawFrame();
            }
            // end snippet
            return end == GemliveStatus.Ok ? 0 : 1;
        }
    }

    private static void DrawFrame() => Thread.Sleep(FrameMs);
}
