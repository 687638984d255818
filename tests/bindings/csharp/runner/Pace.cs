using System;
using System.Diagnostics;
using System.Threading;

// A schedule that does not drift: when a device would be at which frame.
internal sealed class Pace
{
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly int _rate;

    public Pace(int rate)
    {
        _rate = rate;
    }

    // False when it was stopped before.
    public bool WaitFor(long frame, CancellationToken stop) => WaitUntil(_since, frame * 1000 / _rate, stop);

    public static bool Sleep(long ms, CancellationToken stop) => WaitUntil(Stopwatch.StartNew(), ms, stop);

    public static bool WaitUntil(Stopwatch since, long ms, CancellationToken stop)
    {
        long left;
        while ((left = ms - since.ElapsedMilliseconds) > 0)
        {
            if (stop.WaitHandle.WaitOne((int)Math.Min(left, int.MaxValue)))
            {
                return false;
            }
        }
        return !stop.IsCancellationRequested;
    }
}
