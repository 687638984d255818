using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    public sealed partial class LiveSession
    {
        // Depth of handlers on this thread, of whatever session: within one, Dispose does not wait for another.
        [ThreadStatic]
        private static int handlersHere;

        private readonly ToolCalls _tools;
        private readonly Stopwatch _sinceCreated = Stopwatch.StartNew();
        // Held while a handler runs, so that Dispose can wait for its end.
        private readonly object _handling = new object();
        private readonly object _arrivalsLock = new object();
        private Arrivals _arrivals;
        private int _receiving;
        private volatile bool _ended;

        /// <summary>True once the Closed event has been taken: there will be no more.</summary>
        public bool Ended => _ended;

        internal long AgeMs => _sinceCreated.ElapsedMilliseconds;

        /// <summary>
        /// The next event, as soon as there is one; null once the Closed event has been taken. No thread waits
        /// meanwhile, and what follows an await runs where the caller's context says, never on a thread of this
        /// library. One call at a time takes events.
        /// </summary>
        /// <param name="stop">ends the wait; no event is lost</param>
        /// <exception cref="GemliveException">Cancelled: disposed of meanwhile; InvalidHandle: before;
        /// InvalidState: another call takes events</exception>
        /// <exception cref="OperationCanceledException">stop was cancelled</exception>
        public async Task<LiveEvent> NextAsync(CancellationToken stop = default(CancellationToken))
        {
            BeginReceiving();
            try
            {
                for (bool waited = false;; waited = true)
                {
                    stop.ThrowIfCancellationRequested();
                    if (waited && IsDisposed)
                    {
                        throw Failure.DisposedMeanwhile();
                    }
                    LiveEvent next;
                    if (Take(out next))
                    {
                        return next;
                    }
                    if (_ended)
                    {
                        return null;
                    }
                    // Goes on in the caller's context: handlers of tools are called from here.
                    await WatchArrivals().WaitAsync(stop);
                }
            }
            finally
            {
                EndReceiving();
            }
        }

        /// <summary>Takes the next event if one waits. Never waits itself.</summary>
        /// <param name="next">the event; null when none waits, or the Closed event has been taken</param>
        /// <exception cref="GemliveException">InvalidHandle; InvalidState: another call takes events</exception>
        public bool TryNext(out LiveEvent next)
        {
            BeginReceiving();
            try
            {
                return Take(out next);
            }
            finally
            {
                EndReceiving();
            }
        }

        /// <summary>
        /// Calls the handler on this thread for each event that waits now: once a frame in a game loop. Needs no
        /// thread of this library. The handler may call every member of the session, Dispose too; then no more
        /// events are handed out.
        /// </summary>
        /// <param name="handler">what it throws is thrown again after all events were handed out; several as an
        /// AggregateException</param>
        /// <param name="maxEvents">0: all that wait at the call</param>
        /// <returns>how many events were handed out; 0 forever once the Closed event was</returns>
        /// <exception cref="GemliveException">InvalidHandle; InvalidState: another call takes events, as also
        /// within a handler; InvalidArgument: no handler</exception>
        public int Dispatch(Action<LiveEvent> handler, int maxEvents = 0)
        {
            if (handler == null)
            {
                throw Failure.InvalidArgument("handler is null");
            }
            HandlerFailures failures = new HandlerFailures();
            int count = 0;
            // A busy server could otherwise keep a slow handler here for ever.
            long begin = _sinceCreated.ElapsedMilliseconds;
            BeginReceiving();
            try
            {
                LiveEvent next;
                while (TakeUnlessDisposed(count == 0, out next) && Hand(next, handler, failures))
                {
                    ++count;
                    if (count == maxEvents || next.TimeMs > begin)
                    {
                        break;
                    }
                }
            }
            finally
            {
                EndReceiving();
            }
            failures.Rethrow();
            return count;
        }

        private void BeginReceiving()
        {
            if (Interlocked.CompareExchange(ref _receiving, 1, 0) != 0)
            {
                throw new GemliveException(GemliveStatus.InvalidState,
                                           "another call takes this session's events already: one at a time");
            }
        }

        private void EndReceiving() => Volatile.Write(ref _receiving, 0);

        private bool TakeUnlessDisposed(bool first, out LiveEvent next)
        {
            next = null;
            try
            {
                return Take(out next);
            }
            catch (GemliveException) when (!first && IsDisposed)
            {
                return false;
            }
        }

        private bool Take(out LiveEvent next)
        {
            next = null;
            IntPtr native;
            int status = C.gemlive_session_poll_event(_handle, 0, out native);
            switch ((GemliveStatus)status)
            {
            case GemliveStatus.Ok:
                break;
            case GemliveStatus.Timeout:
                GC.KeepAlive(this);
                return false;
            case GemliveStatus.Closed:
                _ended = true;
                GC.KeepAlive(this);
                return false;
            default:
                throw IsDisposed ? Failure.Disposed() : Failure.Of(status);
            }
            next = Receive(native);
            return true;
        }

        // Takes over an event of this session.
        internal LiveEvent Receive(IntPtr native)
        {
            LiveEvent next;
            try
            {
                next = EventFactory.Make(new EventReader(native, this));
            }
            finally
            {
                C.gemlive_event_release(native);
            }
            _ended = next is Closed;
            if (_tools.Concern(next))
            {
                lock (_handling)
                {
                    ++handlersHere;
                    try
                    {
                        _tools.Follow(next, IsDisposed);
                        if (IsDisposed)
                        {
                            _tools.CancelAll(); // What has begun since Dispose cancelled all.
                        }
                    }
                    finally
                    {
                        --handlersHere;
                    }
                }
            }
            return next;
        }

        // False when the session was disposed of before the handler could begin.
        internal bool Hand(LiveEvent next, Action<LiveEvent> handler, HandlerFailures failures)
        {
            lock (_handling)
            {
                if (IsDisposed)
                {
                    return false;
                }
                ++handlersHere;
                try
                {
                    handler(next);
                }
                catch (Exception failure)
                {
                    failures.Add(failure);
                }
                finally
                {
                    --handlersHere;
                }
                return true;
            }
        }

        private Arrivals WatchArrivals()
        {
            lock (_arrivalsLock)
            {
                if (_arrivals == null)
                {
                    if (IsDisposed)
                    {
                        throw Failure.Disposed();
                    }
                    _arrivals = Wakeups.Watch(_handle);
                    GC.KeepAlive(this);
                }
                return _arrivals;
            }
        }

        private void StopReceiving()
        {
            lock (_arrivalsLock)
            {
                Wakeups.Forget(_arrivals);
            }
            if (handlersHere == 0)
            {
                lock (_handling)
                {
                    // Whoever held it has left its handler, and sees that the session was disposed of.
                }
            }
            _tools.CancelAll();
        }
    }
}
