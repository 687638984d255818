using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

// What the user says: from a file or as silence, in real time or as fast as it is taken.
internal sealed class AudioIn
{
    // A write that waits for room looks this often whether it is still wanted.
    private const int WriteSliceMs = 200;
    private const int SilenceChunkMs = 20;

    private readonly LiveSession _session;
    private readonly CancellationToken _stop;
    private int _busy;
    private int _rate = 16000;
    private int _channels = 1;
    private CancellationTokenSource _backgroundStop = new CancellationTokenSource();
    private Task _background = Task.CompletedTask;

    public AudioIn(LiveSession session, CancellationToken stop)
    {
        _session = session;
        _stop = stop;
    }

    public Result PushFile(string path, long fromMs, long toMs, bool paced, long chunkMs)
    {
        return Alone(() =>
        {
            WavReader file = new WavReader(path, fromMs, toMs);
            return Run(file.Rate, file.Channels, paced, chunkMs, file.Read, _stop);
        });
    }

    public Result PushSilence(long ms, bool paced)
    {
        return Alone(() =>
        {
            // In the format that is in force: a change of format would cost the resampler its history.
            long left = ms * _rate / 1000;
            return Run(_rate, _channels, paced, SilenceChunkMs, frames =>
            {
                long count = Math.Min(left, frames);
                left -= count;
                return new short[count * _channels];
            }, _stop);
        });
    }

    // Answers once the file is open. `done` is told the end.
    public Result PushInBackground(string path, long fromMs, long toMs, bool paced, long chunkMs, Action<Result> done)
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            return AlreadyPushing();
        }
        WavReader file;
        try
        {
            file = new WavReader(path, fromMs, toMs);
        }
        catch (IOException error)
        {
            _busy = 0;
            return Result.InvalidArgument(error.Message);
        }
        _backgroundStop = new CancellationTokenSource();
        CancellationToken asked = _backgroundStop.Token;
        CancellationToken either = CancellationTokenSource.CreateLinkedTokenSource(asked, _stop).Token;
        _background = Task.Factory.StartNew(() =>
        {
            Result result = Run(file.Rate, file.Channels, paced, chunkMs, file.Read, either);
            if (asked.IsCancellationRequested)
            {
                result.Status = GemliveStatus.Ok;
            }
            Volatile.Write(ref _busy, 0);
            done(result);
        }, TaskCreationOptions.LongRunning);
        return new Result();
    }

    // Ends a background push; it is no failure.
    public void Stop() => _backgroundStop.Cancel();

    public void Join() => _background.Wait();

    private Result Alone(Func<Result> push)
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            return AlreadyPushing();
        }
        try
        {
            return push();
        }
        catch (IOException error)
        {
            return Result.InvalidArgument(error.Message);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private static Result AlreadyPushing()
    {
        return Result.Failed(GemliveStatus.InvalidState, "an audio push is running; wait for its end, or close");
    }

    private Result Run(int rate, int channels, bool paced, long chunkMs, Func<long, ReadOnlyMemory<short>> next,
                       CancellationToken stop)
    {
        try
        {
            if (rate != _rate || channels != _channels)
            {
                _session.SetInputFormat(rate, channels);
                _rate = rate;
                _channels = channels;
            }
        }
        catch (GemliveException failure)
        {
            return Result.Of(failure);
        }
        Pace pace = new Pace(rate);
        Result result = new Result();
        long read = 0;
        long placed = 0;
        for (long chunk = 1; result.IsOk; ++chunk)
        {
            ReadOnlyMemory<short> samples = next(rate * chunk * chunkMs / 1000 - read);
            if (samples.IsEmpty)
            {
                break;
            }
            read += samples.Length / channels;
            result = stop.IsCancellationRequested || (paced && !pace.WaitFor(read, stop))
                ? Stopped()
                : Write(samples, stop, ref placed);
        }
        return result.With("frames", placed);
    }

    private Result Write(ReadOnlyMemory<short> samples, CancellationToken stop, ref long placed)
    {
        int frames = samples.Length / _channels;
        int done = 0;
        while (done < frames)
        {
            try
            {
                int accepted = _session.WriteAudio(samples.Span.Slice(done * _channels), WriteSliceMs);
                done += accepted;
                placed += accepted;
            }
            catch (GemliveException failure)
            {
                return Result.Of(failure);
            }
            if (done < frames && stop.IsCancellationRequested)
            {
                return Stopped();
            }
        }
        return new Result();
    }

    private static Result Stopped() => Result.Failed(GemliveStatus.Cancelled, "stopped before the end of the audio");
}
