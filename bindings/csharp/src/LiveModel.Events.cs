using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    public sealed partial class LiveModel
    {
        // By native handle; held while a session is made, so that none of its events comes before it is known here. Weak:
        // a session that nobody keeps is given up like any other.
        private readonly Dictionary<IntPtr, WeakReference<LiveSession>> _sessions =
            new Dictionary<IntPtr, WeakReference<LiveSession>>();
        private int _dispatching;

        /// <summary>
        /// Calls the handler on this thread for each event that waits now, of all sessions of this model whose option
        /// ShareEvents is set: once a frame in a game with many characters. They take turns, each with its events in
        /// order; LiveEvent.Session tells which it is. Otherwise as <see cref="LiveSession.Dispatch"/>.
        /// </summary>
        /// <param name="handler">what it throws is thrown again after all events were handed out; several as an
        /// AggregateException</param>
        /// <param name="maxEvents">0: all that wait at the call</param>
        /// <returns>how many events were handed out</returns>
        /// <exception cref="GemliveException">InvalidHandle: after Dispose; InvalidState: another call takes events, as
        /// also within a handler; InvalidArgument: no handler</exception>
        public int Dispatch(Action<LiveEvent> handler, int maxEvents = 0)
        {
            if (handler == null)
            {
                throw Failure.InvalidArgument("handler is null");
            }
            if (Interlocked.CompareExchange(ref _dispatching, 1, 0) != 0)
            {
                throw new GemliveException(GemliveStatus.InvalidState,
                                           "another call takes this model's events already: one at a time");
            }
            HandlerFailures failures = new HandlerFailures();
            int count = 0;
            // A busy server could otherwise keep a slow handler here for ever.
            Stopwatch sinceBegin = Stopwatch.StartNew();
            try
            {
                LiveSession session;
                LiveEvent next;
                while (Take(count == 0, out session, out next))
                {
                    bool isLate = next != null && next.TimeMs > session.AgeMs - sinceBegin.ElapsedMilliseconds;
                    if (next != null && session.Hand(next, handler, failures))
                    {
                        ++count;
                    }
                    if ((maxEvents != 0 && count == maxEvents) || isLate)
                    {
                        break;
                    }
                }
            }
            finally
            {
                Volatile.Write(ref _dispatching, 0);
            }
            failures.Rethrow();
            return count;
        }

        // False when none waits. No event: it was of a session that is gone.
        private bool Take(bool first, out LiveSession session, out LiveEvent next)
        {
            session = null;
            next = null;
            IntPtr native;
            int status = C.gemlive_model_poll_event(_handle, 0, out native);
            GC.KeepAlive(this);
            switch ((GemliveStatus)status)
            {
            case GemliveStatus.Ok:
                break;
            case GemliveStatus.Timeout:
            case GemliveStatus.Closed:
                return false;
            default:
                if (!first && Volatile.Read(ref _disposed) != 0)
                {
                    return false;
                }
                throw Failure.Of(status);
            }
            session = Find(C.gemlive_event_session(native));
            if (session == null)
            {
                C.gemlive_event_release(native);
            }
            else
            {
                next = session.Receive(native);
            }
            return true;
        }

        private LiveSession Find(IntPtr session)
        {
            lock (_sessions)
            {
                WeakReference<LiveSession> known;
                LiveSession found = null;
                return _sessions.TryGetValue(session, out known) && known.TryGetTarget(out found) ? found : null;
            }
        }

        private LiveSession Start(IntPtr options, IReadOnlyList<LiveTool> tools)
        {
            lock (_sessions)
            {
                LiveSession gone;
                foreach (IntPtr handle in _sessions.Where(known => !known.Value.TryGetTarget(out gone))
                                                   .Select(known => known.Key).ToList())
                {
                    _sessions.Remove(handle);
                }
                LiveSession session = new LiveSession(_handle, options, tools);
                _sessions[session.NativeHandle] = new WeakReference<LiveSession>(session);
                return session;
            }
        }
    }
}
