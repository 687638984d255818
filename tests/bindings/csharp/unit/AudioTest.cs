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
        suite.Add("audio: bytes of every format are understood in both layouts", Bytes);
        suite.Add("audio: bytes have to be whole frames of a format", WholeFramesOfBytes);
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
            byte[] bytes = new byte[160];
            float[] floats = new float[240];
            for (int warmUp = 0; warmUp < 2; ++warmUp)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int number = 0; number < 1000; ++number)
                {
                    session.PushAudio(block);
                    session.PushAudio(SampleFormat.Alaw, bytes);
                    session.PushPlanarAudio(SampleFormat.S32, bytes);
                    session.PushAudio(new ReadOnlySpan<float>(floats));
                    session.ReadAudio(block);
                    session.ReadAudio(new Span<float>(floats));
                }
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Check.That(warmUp == 0 || allocated == 0, allocated + " bytes in 6000 calls");
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

    // What was understood is told by the level: the mean of both channels.
    private static void Bytes()
    {
        const int second = 16000;
        LiveOptions options = Dead.Options();
        options.InputRingMs = 10000;
        using (LiveSession session = Dead.Start(options))
        {
            session.SetInputFormat(second, 2);
            float[] floats = new float[2 * second];
            for (int at = 0; at < second; ++at)
            {
                floats[at] = 0.5f;
                floats[second + at] = 0.25f;
            }
            byte[] planes = new byte[4 * floats.Length];
            Buffer.BlockCopy(floats, 0, planes, 0, planes.Length);
            Check.Equal(second, session.PushPlanarAudio(SampleFormat.F32, planes), "planar");
            Check.Equal(0.375f, session.InputPeak, "peak");
            Check.That(Math.Abs(session.InputRms - 0.375f) < 0.001f, "RMS is " + session.InputRms);
            Check.Equal(10, session.PushPlanarAudio(SampleFormat.F32, planes, second - 10), "the rest");
            Check.Equal(second, session.PushAudio(SampleFormat.F32, planes), "interleaved");
            Check.Equal(0.25f, session.InputPeak, "peak");
            session.SetInputFormat(second, 1);
            ASecondOf(session, SampleFormat.U8, 0x40, 1, 0.5f);
            ASecondOf(session, SampleFormat.Mulaw, 0x80, 1, 32124 / 32768f);
            ASecondOf(session, SampleFormat.Alaw, 0x2A, 1, 32256 / 32768f);
            ASecondOf(session, SampleFormat.S16, 0, 2, 0);
            ASecondOf(session, SampleFormat.S32, 0, 4, 0);
            session.Mute(true);
            Check.Equal(0f, session.InputPeak, "muted");
        }
    }

    private static void ASecondOf(LiveSession session, SampleFormat format, byte value, int width, float peak)
    {
        byte[] bytes = new byte[16000 * width];
        for (int at = 0; at < bytes.Length; ++at)
        {
            bytes[at] = value;
        }
        Check.Equal(16000, session.PushAudio(format, bytes), format.ToString());
        Check.Equal(peak, session.InputPeak, format.ToString());
    }

    private static void WholeFramesOfBytes()
    {
        using (LiveSession session = Dead.Start())
        {
            session.SetInputFormat(48000, 3);
            GemliveException odd = Check.Fails(GemliveStatus.InvalidArgument, () => session.PushAudio(SampleFormat.S32, new byte[13]));
            Check.That(odd.Message.Contains("12") && odd.Message.Contains("13"), odd.Message);
            GemliveException none = Check.Fails(GemliveStatus.InvalidArgument, () => session.PushAudio((SampleFormat)9, new byte[12]));
            Check.That(none.Message.Contains("9"), none.Message);
            Check.Fails(GemliveStatus.InvalidArgument, () => session.PushPlanarAudio(SampleFormat.S32, new byte[12], 2));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.PushPlanarAudio(SampleFormat.S32, new byte[12], -1));
            Check.Equal(0, session.PushAudio(SampleFormat.S32, ReadOnlySpan<byte>.Empty), "nothing");
            Check.Equal(1, session.PushAudio(SampleFormat.S32, new byte[12]), "the direction is free again");
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
