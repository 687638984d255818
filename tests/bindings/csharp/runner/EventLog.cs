using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using Gemlive;

// The events so far that no `wait` has passed yet.
internal sealed class EventLog
{
    private readonly object _lock = new object();
    private readonly Queue<Json> _events = new Queue<Json>();
    private bool _closed;

    public EventLog(CancellationToken stop)
    {
        stop.Register(Wake);
    }

    public void Append(Json happened)
    {
        lock (_lock)
        {
            _closed = _closed || happened["event"].TextOr("") == "closed";
            _events.Enqueue(happened);
            Monitor.PulseAll(_lock);
        }
    }

    // Takes the first event that matches, and forgets those before it.
    public Result Wait(Json pattern, long timeoutMs, CancellationToken stop)
    {
        Stopwatch waited = Stopwatch.StartNew();
        lock (_lock)
        {
            int seen = 0;
            while (true)
            {
                Json found = Find(pattern, seen);
                seen = _events.Count;
                if (found != null)
                {
                    while (!ReferenceEquals(_events.Dequeue(), found))
                    {
                    }
                    return new Result().With("seq", found["seq"].Line(false));
                }
                string wanted = pattern.Line(true);
                if (_closed)
                {
                    return Result.Failed(GemliveStatus.Closed, "the session is closed, and nothing matched " + wanted);
                }
                if (stop.IsCancellationRequested)
                {
                    return Result.Failed(GemliveStatus.Cancelled, "stopped while waiting for " + wanted);
                }
                if (!WaitForMore(seen, timeoutMs - waited.ElapsedMilliseconds, stop))
                {
                    return stop.IsCancellationRequested
                        ? Result.Failed(GemliveStatus.Cancelled, "stopped while waiting for " + wanted)
                        : Result.Failed(GemliveStatus.Timeout, "nothing matched " + wanted + " in time");
                }
            }
        }
    }

    private Json Find(Json pattern, int from)
    {
        int at = 0;
        foreach (Json happened in _events)
        {
            if (at++ >= from && pattern.Matches(happened))
            {
                return happened;
            }
        }
        return null;
    }

    private bool WaitForMore(int count, long leftMs, CancellationToken stop)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (_events.Count == count && !stop.IsCancellationRequested)
        {
            long left = leftMs - waited.ElapsedMilliseconds;
            if (left <= 0 || !Monitor.Wait(_lock, (int)Math.Min(left, int.MaxValue)))
            {
                return _events.Count > count;
            }
        }
        return _events.Count > count;
    }

    private void Wake()
    {
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }
}
