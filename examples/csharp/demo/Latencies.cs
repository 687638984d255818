using System;
using System.Collections.Generic;
using System.Diagnostics;
using Gemlive;

// How long things took, as a listener sees it.
public sealed class Latencies
{
    private const int Loud = 328; // -40 dBFS

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<long> _connects = new List<long>();
    private readonly List<long> _firstAudio = new List<long>();
    private readonly List<long> _heard = new List<long>();
    private readonly List<long> _toolRounds = new List<long>();
    private long _dialled;
    private long? _called;
    private long? _speechEnd;
    private long? _newestHeard; // not yet told of

    public void See(LiveEvent e)
    {
        lock (_clock)
        {
            if (e is Connecting)
            {
                _dialled = e.TimeMs;
            }
            else if (e is Connected)
            {
                _connects.Add(e.TimeMs - _dialled);
            }
            else if (e is ToolCall)
            {
                _called = e.TimeMs;
            }
            else if (_called != null && (e is OutputTranscript || e is Text))
            {
                _toolRounds.Add(e.TimeMs - _called.Value);
                _called = null;
            }
            else if (e is TurnMetrics metrics && metrics.FirstAudioMs != null)
            {
                _firstAudio.Add(metrics.FirstAudioMs.Value);
            }
        }
    }

    // The user is heard to speak until now, when the block is louder than a quiet room.
    public void Pushed(ReadOnlySpan<short> block)
    {
        foreach (short sample in block)
        {
            if (sample > Loud || sample < -Loud)
            {
                lock (_clock)
                {
                    _speechEnd = _clock.ElapsedMilliseconds;
                }
                return;
            }
        }
    }

    // The loudspeaker has something of the model, or nothing.
    public void Heard(bool something)
    {
        lock (_clock)
        {
            if (something && _speechEnd != null)
            {
                _newestHeard = _clock.ElapsedMilliseconds - _speechEnd.Value;
                _heard.Add(_newestHeard.Value);
                _speechEnd = null;
            }
        }
    }

    // What is known of a turn that ended.
    public string OfTurn(TurnMetrics turn)
    {
        lock (_clock)
        {
            string heard = _newestHeard == null ? "" : "heard " + _newestHeard + " ms after the end of speech · ";
            _newestHeard = null;
            return heard + "whole turn " + turn.TurnMs + " ms";
        }
    }

    public List<string> Summary()
    {
        List<string> lines = new List<string>();
        lock (_clock)
        {
            Add(lines, "connect", _connects);
            Add(lines, "end of speech -> first audio received", _firstAudio);
            Add(lines, "end of speech -> first audio heard", _heard);
            Add(lines, "tool round, call -> first output after the answer", _toolRounds);
        }
        return lines;
    }

    private static void Add(List<string> lines, string what, List<long> values)
    {
        if (values.Count > 0)
        {
            lines.Add(what + ": " + string.Join(", ", values) + " ms");
        }
    }
}
