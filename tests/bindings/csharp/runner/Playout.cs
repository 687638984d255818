using System;
using System.Threading;
using Gemlive;

// Pulls the playout in blocks of 10 ms, as a sound device would.
internal static class Playout
{
    private const int BlockMs = 10;

    public static void Pull(LiveSession session, int rate, int channels, long frames, CancellationToken stop,
                            out long pulled, out long heard)
    {
        Pace pace = new Pace(rate);
        pulled = 0;
        heard = 0;
        for (long number = 1; pulled < frames && pace.WaitFor(pulled, stop); ++number)
        {
            long end = Math.Min(frames, rate * number * BlockMs / 1000);
            short[] block = new short[(end - pulled) * channels];
            heard += session.ReadAudio(block);
            pulled = end;
        }
    }
}
