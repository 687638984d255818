using System;
using System.Diagnostics;
using System.Threading;
using Gemlive;

// A sound card that is not there: a thread that speaks a file into the session, and one that listens to it, in
// real time.
public sealed class Device : IDisposable
{
    private const int SpeakMs = 20;
    private const int ListenMs = 10;

    private readonly LiveSession _session;
    private readonly Latencies _latencies;
    private readonly ManualResetEventSlim _stopped = new ManualResetEventSlim();
    private Thread _speaker;
    private Thread _listener;

    public Device(LiveSession session, Latencies latencies)
    {
        _session = session;
        _latencies = latencies;
    }

    public Recording Recording { get; } = new Recording();

    // snippet: speaker
    // Asks for a block of the model's voice every 10 ms. It comes filled: with silence when nothing is due.
    private void Pull()
    {
        short[] block = new short[Recording.Rate * ListenMs / 1000];
        EveryBlock(ListenMs, () =>
        {
            int heard = _session.ReadAudio(block);
            _latencies.Heard(heard > 0);
            Recording.AddModel(block);
            return true;
        });
    }
    // end snippet

    // snippet: microphone
    // Gives what the microphone has just heard, every 20 ms. Neither call allocates or waits.
    private void Push(Wav speech)
    {
        int size = speech.Rate * SpeakMs / 1000 * speech.Channels;
        int at = 0;
        EveryBlock(SpeakMs, () =>
        {
            int count = Math.Min(size, speech.Samples.Length - at);
            ReadOnlySpan<short> block = new ReadOnlySpan<short>(speech.Samples, at, count);
            _session.PushAudio(block);
            _latencies.Pushed(block);
            at += count;
            return at < speech.Samples.Length;
        });
    }
    // end snippet

    public void Listen()
    {
        _session.SetOutputFormat(Recording.Rate, 1);
        _listener = Start(Pull);
    }

    public void Speak(Wav speech)
    {
        _speaker?.Join();
        _session.SetInputFormat(speech.Rate, speech.Channels);
        Recording.AddUser(speech);
        _speaker = Start(() => Push(speech));
    }

    public void Stop()
    {
        _stopped.Set();
        _speaker?.Join();
        _listener?.Join();
    }

    public void Dispose() => Stop();

    private static Thread Start(Action work)
    {
        Thread thread = new Thread(() => work());
        thread.IsBackground = true;
        thread.Start();
        return thread;
    }

    // By a schedule that does not drift.
    private void EveryBlock(int ms, Func<bool> block)
    {
        Stopwatch since = Stopwatch.StartNew();
        for (long number = 1;; ++number)
        {
            long left = number * ms - since.ElapsedMilliseconds;
            if (left > 0 && _stopped.Wait((int)left) || _stopped.IsSet || !block())
            {
                return;
            }
        }
    }
}
