using System;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

internal static class AudioTest
{
    public static void AddTo(Suite suite)
    {
        suite.Add("audio: a full ring takes less, and that is no error", FullRing);
        suite.Add("audio: push and read allocate nothing", NoAllocation);
        suite.Add("audio: samples have to be whole frames", WholeFrames);
        suite.Add("audio: an empty block is fine", Empty);
        suite.Add("audio: float and short read silence while nothing is due", Silence);
        suite.Add("audio: after Dispose a push takes nothing, a read is silent, and neither throws", AfterDispose);
        suite.Add("audio: a second pusher is refused while one waits", SecondPusher);
        suite.Add("audio: the channels do not change under a write that waits", ChangeUnderWrite);
        suite.Add("audio: Dispose ends a write that waits", DisposeEndsWrite);
        suite.Add("audio: formats out of range are refused with a sentence", Formats);
        suite.Add("audio: after Finish a push takes nothing and does not throw", AfterFinish);
        suite.Add("audio: after an unasked end a push takes nothing and does not throw", AfterUnaskedEnd);
        suite.Add("audio: what was spoken is heard", SpokenAndHeard);
        suite.Add("audio: pushes, reads and format changes at once do no harm", AllAtOnce);
    }

    private static LiveSession SmallRing()
    {
        LiveOptions options = Dead.Options();
        options.JournalMs = 250;
        options.InputRingMs = 100;
        return Dead.Start(options);
    }

    private static void FullRing()
    {
        using (LiveSession session = Dead.Start())
        {
            // Ten seconds at once are more than any ring of 250 ms has room for.
            int accepted = session.PushAudio(new short[160000]);
            Check.That(accepted > 0 && accepted < 160000, accepted + " frames were taken");
            Check.Equal(0, session.WriteAudio(new float[0]), "an empty write");
        }
    }

    private static void NoAllocation()
    {
        using (LiveSession session = Dead.Start())
        {
            short[] block = new short[160];
            float[] floats = new float[240];
            for (int warmUp = 0; warmUp < 2; ++warmUp)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int number = 0; number < 1000; ++number)
                {
                    session.PushAudio(block);
                    session.PushAudio(new ReadOnlySpan<float>(floats));
                    session.ReadAudio(block);
                    session.ReadAudio(new Span<float>(floats));
                }
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Check.That(warmUp == 0 || allocated == 0, allocated + " bytes in 4000 calls");
            }
        }
    }

    private static void WholeFrames()
    {
        using (LiveSession session = Dead.Start())
        {
            session.SetInputFormat(48000, 2);
            Check.Equal(480, session.PushAudio(new short[960]), "frames");
            GemliveException odd = Check.Fails(GemliveStatus.InvalidArgument, () => session.PushAudio(new short[961]));
            Check.That(odd.Message.Contains("2") && odd.Message.Contains("961"), odd.Message);
            Check.Fails(GemliveStatus.InvalidArgument, () => session.WriteAudio(new float[1]));
            session.SetOutputFormat(48000, 3);
            Check.Fails(GemliveStatus.InvalidArgument, () => session.ReadAudio(new short[4]));
            Check.Equal(0, session.ReadAudio(new short[3]), "heard");
            Check.Equal(1, session.PushAudio(new short[2]), "the direction is free again");
        }
    }

    private static void Empty()
    {
        using (LiveSession session = Dead.Start())
        {
            Check.Equal(0, session.PushAudio(ReadOnlySpan<short>.Empty), "push");
            Check.Equal(0, session.PushAudio(ReadOnlySpan<float>.Empty), "push");
            Check.Equal(0, session.ReadAudio(Span<short>.Empty), "read");
            Check.Equal(0L, session.QueuedAudioUs, "queued");
        }
    }

    private static void Silence()
    {
        using (LiveSession session = Dead.Start())
        {
            short[] block = { 7, 7, 7 };
            float[] floats = { 7, 7, 7 };
            Check.Equal(0, session.ReadAudio(block), "heard");
            Check.Equal(0, session.ReadAudio(floats), "heard");
            Check.Equal("0 0 0", string.Join(" ", block), "shorts");
            Check.Equal("0 0 0", string.Join(" ", floats), "floats");
        }
    }

    private static void AfterDispose()
    {
        LiveSession session = Dead.Start();
        session.SetOutputFormat(24000, 2);
        session.Dispose();
        NothingIsTakenAndAllIsSilent(session);
        short[] odd = { 7, 7, 7 };
        Check.Equal(0, session.ReadAudio(odd), "half a frame");
        Check.Equal("0 0 0", string.Join(" ", odd), "half a frame is silent");
        Check.Fails(GemliveStatus.InvalidHandle, () => session.WriteAudio(odd));
        Check.Equal(0L, session.QueuedAudioUs, "queued");
    }

    // In stereo.
    private static void NothingIsTakenAndAllIsSilent(LiveSession session)
    {
        short[] shorts = { 7, 7, 7, 7 };
        float[] floats = { 7, 7, 7, 7 };
        Check.Equal(0, session.PushAudio(shorts), "pushed");
        Check.Equal(0, session.PushAudio(floats), "pushed");
        Check.Equal(0, session.ReadAudio(shorts), "heard");
        Check.Equal(0, session.ReadAudio(floats), "heard");
        Check.Equal("0 0 0 0", string.Join(" ", shorts), "all of it is silent");
        Check.Equal("0 0 0 0", string.Join(" ", floats), "all of it is silent");
    }

    // Runs `meanwhile` while another thread waits in WriteAudio; answers how that ended.
    private static GemliveException WhileWriting(LiveSession session, Action meanwhile)
    {
        GemliveException failure = null;
        Task writing = Task.Run(() =>
        {
            // The pushes below may be inside when it comes: then it comes again.
            do
            {
                try
                {
                    session.WriteAudio(new short[1600000]);
                }
                catch (GemliveException error)
                {
                    failure = error;
                }
            }
            while (failure.Status == GemliveStatus.InvalidState);
        });
        Check.Becomes(() =>
        {
            try
            {
                session.PushAudio(new short[1]);
                return false;
            }
            catch (GemliveException error)
            {
                return error.Status == GemliveStatus.InvalidState;
            }
        }, "the writer is inside");
        meanwhile();
        session.Dispose();
        Check.That(writing.Wait(Check.PatienceMs), "the write ends");
        return failure;
    }

    private static void SecondPusher()
    {
        LiveSession session = SmallRing();
        WhileWriting(session, () =>
        {
            Check.Fails(GemliveStatus.InvalidState, () => session.PushAudio(new float[1]));
            Check.Fails(GemliveStatus.InvalidState, () => session.WriteAudio(new short[1]));
            Check.Equal(0, session.ReadAudio(new short[10]), "the other direction is free");
        });
    }

    private static void ChangeUnderWrite()
    {
        LiveSession session = SmallRing();
        WhileWriting(session, () => Check.Fails(GemliveStatus.InvalidState, () => session.SetInputFormat(48000, 2)));
    }

    private static void DisposeEndsWrite()
    {
        LiveSession session = SmallRing();
        Check.Equal(GemliveStatus.Cancelled, WhileWriting(session, () => { }).Status, "status");
    }

    private static void Formats()
    {
        using (LiveSession session = Dead.Start())
        {
            Check.Fails(GemliveStatus.InvalidArgument, () => session.SetInputFormat(999, 1));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.SetInputFormat(16000, 0));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.SetOutputFormat(16000, 17));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.SetOutputFormat(384001, -1));
            Check.Equal(3, session.PushAudio(new short[3]), "the format before holds");
        }
    }

    private static void AfterFinish()
    {
        using (LiveSession session = Dead.Start())
        {
            session.SetOutputFormat(24000, 2);
            session.Finish(drain: false, timeoutMs: 0);
            Check.Equal(0, session.PushAudio(new short[160]), "pushed while closing");
            Dead.Take<Closed>(session);
            NothingIsTakenAndAllIsSilent(session);
            Check.Fails(GemliveStatus.Closed, () => session.WriteAudio(new short[160], 0));
            Check.Fails(GemliveStatus.Closed, () => session.SendText("too late"));
        }
    }

    private static void AfterUnaskedEnd()
    {
        using (Emulator emulator = new Emulator("[]"))
        {
            LiveOptions options = emulator.Options();
            options.ApiKey = "invalid";
            using (LiveSession session = Dead.Start(options))
            {
                session.SetOutputFormat(24000, 2);
                Check.Equal(GemliveStatus.Auth, Dead.Take<Closed>(session).Status, "the end");
                NothingIsTakenAndAllIsSilent(session);
                Check.Fails(GemliveStatus.Auth, () => session.WriteAudio(new short[160]));
            }
        }
    }

    private static void SpokenAndHeard()
    {
        using (Emulator emulator = new Emulator("[{'on': 'text', 'do': [{'say': 'Of course.'}]}]"))
        using (LiveSession session = emulator.Start())
        {
            session.SetOutputFormat(48000, 2);
            session.SendText("Speak.");
            float[] block = new float[960];
            float loudest = 0;
            long heard = 0;
            LiveEvent next = null;
            Check.Becomes(() =>
            {
                int now = session.ReadAudio(block);
                heard += now;
                for (int at = 0; at < 2 * now; at += 2)
                {
                    Check.Equal(block[at], block[at + 1], "the voice is on both channels");
                    loudest = Math.Max(loudest, Math.Abs(block[at]));
                }
                return session.TryNext(out next) && next is PlayoutFinished;
            }, "the turn is heard to its end");
            Check.That(heard > 24000 && loudest > 0.03, heard + " frames, at most " + loudest);
            Check.That(((PlayoutFinished)next).HeardMs > 500, next.Json);
        }
    }

    private static void AllAtOnce()
    {
        using (LiveSession session = SmallRing())
        {
            Task[] tasks = new Task[6];
            for (int number = 0; number < tasks.Length; ++number)
            {
                int kind = number;
                tasks[number] = Task.Run(() => Stress(session, kind));
            }
            Check.That(Task.WaitAll(tasks, Check.PatienceMs), "all end");
        }
    }

    private static void Stress(LiveSession session, int kind)
    {
        // Exactly as large as needed: whoever counted on other channels would run over its end.
        short[] block = new short[16 * 20];
        for (int number = 0; number < 3000; ++number)
        {
            try
            {
                switch (kind)
                {
                case 0: session.SetInputFormat(16000, number % 16 + 1); break;
                case 1: session.SetOutputFormat(24000, number % 16 + 1); break;
                case 2: case 3: session.PushAudio(block); break;
                default: session.ReadAudio(block); break;
                }
            }
            catch (GemliveException error) when (error.Status == GemliveStatus.InvalidState ||
                                                 error.Status == GemliveStatus.InvalidArgument ||
                                                 error.Status == GemliveStatus.WouldBlock)
            {
            }
        }
    }
}
