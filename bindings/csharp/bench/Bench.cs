// What a block of audio and an event cost in C#. Prints one line of JSON.
//
// The session dials a port that is dead and keeps trying: the input ring is emptied by the library's own thread,
// and each text supersedes the one before, which makes an event. Batches in which something did not come in time
// are not counted.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Gemlive;

internal static class Bench
{
    private const int BlockFrames = 160; // 10 ms at 16 kHz
    private const int Pushes = 500;
    private const int PushWarmUp = 200;
    private const int PushBatches = 200;
    private const int Events = 3000;
    private const int EventsBefore = 100;
    private const int Texts = 4001;
    private const int EventWarmUp = 4;
    private const int EventBatches = 9;
    private const int MostBatches = 10000;

    private static LiveModel model;

    public static int Main()
    {
        model = new LiveModel(new LiveOptions
        {
            BaseUrl = "ws://127.0.0.1:1",
            ApiKey = "bench",
            OutageBudgetMs = 86400000,
            RetryIntervalMs = 86400000,
            InputRingMs = 10000,
            CommandQueue = 8192,
        });
        double pushNs;
        double pushBytes;
        double eventNs;
        double eventBytes;
        Measure(MakePushes(), PushWarmUp, PushBatches, Pushes, out pushNs, out pushBytes);
        Measure(TakeEvents, EventWarmUp, EventBatches, Events, out eventNs, out eventBytes);
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture,
            "{{\"language\": \"csharp\", \"push_10ms_ns\": {0:0.0}, \"push_10ms_bytes_allocated\": {1:0.0}, " +
            "\"event_ns\": {2:0.0}, \"event_bytes_allocated\": {3:0.0}}}", pushNs, pushBytes, eventNs, eventBytes));
        model.Dispose();
        return 0;
    }

    // Answers false when the batch is not to be counted; starts and stops the clock around what is.
    private delegate bool Batch(Meter meter);

    private sealed class Meter
    {
        private readonly Stopwatch _clock = new Stopwatch();
        private long _before;

        public long Ticks => _clock.ElapsedTicks;
        public long Bytes { get; private set; }

        public void Begin()
        {
            _before = GC.GetAllocatedBytesForCurrentThread();
            _clock.Start();
        }

        public void End()
        {
            _clock.Stop();
            Bytes += GC.GetAllocatedBytesForCurrentThread() - _before;
        }
    }

    private static void Measure(Batch batch, int warmUp, int wanted, int calls, out double ns, out double bytes)
    {
        List<double> times = new List<double>();
        long allocated = 0;
        for (int number = 0; times.Count < warmUp + wanted; ++number)
        {
            if (number == MostBatches)
            {
                throw new InvalidOperationException("too few good batches");
            }
            Meter meter = new Meter();
            if (batch(meter))
            {
                times.Add(meter.Ticks * 1e9 / Stopwatch.Frequency / calls);
                allocated += times.Count > warmUp ? meter.Bytes : 0;
            }
        }
        times.RemoveRange(0, warmUp);
        times.Sort();
        ns = times[wanted / 2];
        bytes = allocated / (double)wanted / calls;
    }

    private static Batch MakePushes()
    {
        LiveSession session = model.StartSession();
        short[] block = new short[BlockFrames];
        return meter =>
        {
            bool whole = true;
            meter.Begin();
            for (int number = 0; number < Pushes; ++number)
            {
                whole &= session.PushAudio(block) == BlockFrames;
            }
            meter.End();
            Thread.Sleep(30);
            return whole;
        };
    }

    private static bool TakeEvents(Meter meter)
    {
        using (LiveSession session = model.StartSession())
        {
            for (int number = 0; number < Texts; ++number)
            {
                session.SendText("x");
            }
            Thread.Sleep(300);
            LiveEvent e;
            int before = 0;
            while (before < EventsBefore && session.TryNext(out e))
            {
                before += e is ReplyFailed ? 1 : 0;
            }
            bool whole = before == EventsBefore;
            meter.Begin();
            for (int number = 0; number < Events; ++number)
            {
                whole &= session.TryNext(out e) && e is ReplyFailed;
            }
            meter.End();
            return whole;
        }
    }
}
