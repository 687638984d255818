using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

internal static class ReceiveTest
{
    public static void AddTo(Suite suite)
    {
        suite.Add("receive: a cancelled wait loses no event", CancelledWait);
        suite.Add("receive: one call takes events at a time", OneAtATime);
        suite.Add("receive: what awaits runs on no thread of the library", NoLibraryThread);
        suite.Add("receive: what awaits goes on in its context", KeepsContext);
        suite.Add("receive: 300 sessions wait on one thread", ManySessions);
        suite.Add("receive: Dispatch hands out what waits, and no more than asked", DispatchBound);
        suite.Add("receive: a handler that throws ends nothing", ThrowingHandler);
        suite.Add("receive: several handlers' exceptions come together", ThrowingHandlers);
        suite.Add("receive: Dispatch within a handler is refused", NestedDispatch);
        suite.Add("receive: Dispose within a handler ends the hand-out", DisposeInHandler);
        suite.Add("receive: Dispose elsewhere waits for a handler that runs", DisposeWaitsForHandler);
        suite.Add("receive: in a handler Dispose of another session does not wait", DisposeCrosswise);
        suite.Add("receive: one Dispatch serves the sessions of a model", DispatchOfModel);
        suite.Add("receive: a handler of a model's Dispatch may dispose of all", DisposeInDispatchOfModel);
        suite.Add("receive: wakeups are not lost between two waits", NoLostWakeup);
    }

    // A session with a Connecting event, and as many failed requests as asked for.
    private static LiveSession WithEvents(int count)
    {
        LiveSession session = Dead.Start();
        for (int number = 0; number <= count; ++number)
        {
            session.SendText("x");
        }
        return session;
    }

    private static LiveOptions Sharing()
    {
        LiveOptions options = Dead.Options();
        options.ShareEvents = true;
        options.DrainTimeoutMs = 100;
        return options;
    }

    private static void DispatchOfModel()
    {
        using (LiveModel model = new LiveModel(Sharing()))
        {
            List<LiveSession> sessions = Enumerable.Range(0, 20).Select(_ => model.StartSession()).ToList();
            LiveEvent none;
            Check.Fails(GemliveStatus.InvalidState, () => sessions[0].TryNext(out none));
            model.Finish();
            HashSet<LiveSession> closed = new HashSet<LiveSession>();
            Check.Becomes(() =>
            {
                model.Dispatch(next =>
                {
                    if (next is Closed)
                    {
                        closed.Add(next.Session);
                    }
                });
                return closed.SetEquals(sessions);
            }, "all sessions are over");
            Check.Equal(0, model.Dispatch(_ => { }), "events after the last");
            sessions.ForEach(session => session.Dispose());
        }
    }

    private static void DisposeInDispatchOfModel()
    {
        using (LiveModel model = new LiveModel(Sharing()))
        {
            LiveSession session = model.StartSession();
            int count = 0;
            Check.Becomes(() =>
            {
                count = model.Dispatch(next =>
                {
                    next.Session.Dispose();
                    model.Dispose();
                });
                return count > 0;
            }, "an event comes");
            Check.Equal(1, count, "events handed out");
            Check.Equal(SessionState.Closed, session.State, "state");
        }
    }

    private static void CancelledWait()
    {
        int cancelled = 0;
        using (LiveSession session = Dead.Start())
        {
            session.SendText("x");
            for (long number = 1; number <= 50; ++number)
            {
                using (CancellationTokenSource stop = new CancellationTokenSource())
                {
                    Task<LiveEvent> waiting = session.NextAsync(stop.Token);
                    stop.Cancel();
                    try
                    {
                        // What has waited already is taken; else the wait is cancelled.
                        Check.Result(waiting);
                    }
                    catch (OperationCanceledException)
                    {
                        ++cancelled;
                    }
                }
                session.SendText("x");
                Check.Equal(number, Dead.Take<ReplyFailed>(session).Request, "request");
            }
        }
        Check.That(cancelled > 40, cancelled + " waits were cancelled");
    }

    private static void OneAtATime()
    {
        using (LiveSession session = Dead.Start())
        {
            Dead.Take<Error>(session);
            Task<LiveEvent> waiting = session.NextAsync();
            LiveEvent none;
            Check.Fails(GemliveStatus.InvalidState, () => session.TryNext(out none));
            Check.Fails(GemliveStatus.InvalidState, () => session.Dispatch(_ => { }));
            Check.Fails(GemliveStatus.InvalidState, () => Check.Result(session.NextAsync()));
            session.Finish();
            Check.That(Check.Result(waiting) != null, "the first goes on");
        }
    }

    private static void NoLibraryThread()
    {
        using (LiveSession session = Dead.Start())
        {
            Check.Result(NamesOfThreads(session));
        }
    }

    private static async Task<bool> NamesOfThreads(LiveSession session)
    {
        for (int number = 0; number < 100; ++number)
        {
            Task<LiveEvent> waiting = session.NextAsync();
            session.SendText("x");
            await waiting;
            Check.That(Thread.CurrentThread.Name != "gemlive-wakeups", "not the thread of the wakeups");
        }
        return true;
    }

    // Stands for a user interface: what is posted knows where it runs.
    public sealed class Context : SynchronizationContext
    {
        public override void Post(SendOrPostCallback callback, object state)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                SetSynchronizationContext(this);
                callback(state);
                SetSynchronizationContext(null);
            });
        }

        public T Begin<T>(Func<T> work)
        {
            SetSynchronizationContext(this);
            T begun = work();
            SetSynchronizationContext(null);
            return begun;
        }
    }

    private static void KeepsContext()
    {
        Context context = new Context();
        using (LiveSession session = Dead.Start())
        {
            Dead.Take<Error>(session);
            Task<SynchronizationContext> taken = context.Begin(() => ContextAfterOne(session));
            session.Finish();
            Check.That(ReferenceEquals(context, Check.Result(taken)), "it goes on where it waited");
        }
    }

    private static async Task<SynchronizationContext> ContextAfterOne(LiveSession session)
    {
        await session.NextAsync();
        return SynchronizationContext.Current;
    }

    private static int ThreadsHere() => Directory.GetDirectories("/proc/self/task").Length;

    private static void ManySessions()
    {
        using (LiveModel model = new LiveModel(Dead.Options()))
        {
            List<LiveSession> sessions = Enumerable.Range(0, 300).Select(_ => model.StartSession()).ToList();
            List<Task<Closed>> ends = sessions.Select(session => Ended(session)).ToList();
            Check.That(ThreadsHere() < 60, ThreadsHere() + " threads for 300 sessions");
            model.Finish();
            foreach (Task<Closed> end in ends)
            {
                Check.That(Check.Result(end) != null, "each ends");
            }
            sessions.ForEach(session => session.Dispose());
        }
    }

    private static async Task<Closed> Ended(LiveSession session)
    {
        Closed closed = null;
        LiveEvent next;
        while ((next = await session.NextAsync()) != null)
        {
            closed = next as Closed;
        }
        return closed;
    }

    private static void DispatchBound()
    {
        using (LiveSession session = WithEvents(20))
        {
            int seen = 0;
            Check.Becomes(() =>
            {
                int now = session.Dispatch(_ => { }, 3);
                Check.That(now <= 3, now + " instead of three at most");
                return (seen += now) >= 9;
            }, "events come");
            Check.Becomes(() => (seen += session.Dispatch(_ => { })) >= 21, "the rest comes");
            Check.Fails(GemliveStatus.InvalidArgument, () => session.Dispatch(null));
        }
    }

    private static void ThrowingHandler()
    {
        using (LiveSession session = WithEvents(20))
        {
            List<long> seen = new List<long>();
            int thrown = 0;
            Check.Becomes(() =>
            {
                try
                {
                    session.Dispatch(e =>
                    {
                        seen.Add(e.Seq);
                        if (e.Seq == 5)
                        {
                            throw new InvalidOperationException("fifth");
                        }
                    });
                }
                catch (InvalidOperationException error)
                {
                    Check.Equal("fifth", error.Message, "message");
                    ++thrown;
                }
                return seen.Count >= 21;
            }, "all events come");
            Check.Equal(1, thrown, "thrown once");
            Check.That(seen.SequenceEqual(Enumerable.Range(1, seen.Count).Select(number => (long)number)), "in order");
        }
    }

    private static void ThrowingHandlers()
    {
        using (LiveSession session = WithEvents(20))
        {
            int failures = 0;
            Check.Becomes(() =>
            {
                try
                {
                    session.Dispatch(e => { throw new InvalidOperationException(); });
                }
                catch (AggregateException error)
                {
                    failures += error.InnerExceptions.Count;
                }
                catch (InvalidOperationException)
                {
                    ++failures;
                }
                return failures >= 21;
            }, "each failure is told");
        }
    }

    private static void NestedDispatch()
    {
        using (LiveSession session = WithEvents(1))
        {
            int refused = 0;
            Check.Becomes(() => session.Dispatch(e =>
            {
                Check.Fails(GemliveStatus.InvalidState, () => session.Dispatch(_ => { }));
                ++refused;
            }) > 0, "an event comes");
            Check.That(refused > 0, "refused");
        }
    }

    private static void DisposeInHandler()
    {
        LiveSession session = WithEvents(20);
        int seen = 0;
        Check.Becomes(() => session.Dispatch(e =>
        {
            ++seen;
            session.Dispose();
            session.Dispose();
            Check.Fails(GemliveStatus.InvalidHandle, () => session.SendText("too late"));
        }) > 0, "an event comes");
        Check.Equal(1, seen, "no handler begins after Dispose");
    }

    private static void DisposeWaitsForHandler()
    {
        LiveSession session = WithEvents(20);
        ManualResetEventSlim inside = new ManualResetEventSlim();
        ManualResetEventSlim leave = new ManualResetEventSlim();
        int seen = 0;
        int left = 0;
        Task dispatching = Task.Run(() => Check.Becomes(() => session.Dispatch(e =>
        {
            ++seen;
            inside.Set();
            leave.Wait(Check.PatienceMs);
            Volatile.Write(ref left, 1);
        }) > 0, "an event comes"));
        Check.That(inside.Wait(Check.PatienceMs), "a handler runs");
        Task disposing = Task.Run(() =>
        {
            session.Dispose();
            Check.Equal(1, Volatile.Read(ref left), "the handler has ended");
        });
        Check.Becomes(() => session.State == SessionState.Closed, "the session is given up while the handler runs");
        Check.That(!disposing.IsCompleted, "it waits");
        leave.Set();
        Check.That(Task.WaitAll(new[] { dispatching, disposing }, Check.PatienceMs), "both end");
        Check.Equal(1, seen, "no further handler");
    }

    private static void DisposeCrosswise()
    {
        LiveSession one = WithEvents(1);
        LiveSession other = WithEvents(1);
        using (Barrier both = new Barrier(2))
        {
            Func<LiveSession, LiveSession, Task> cross = (mine, theirs) => Task.Run(() => Check.Becomes(() => mine.Dispatch(e =>
            {
                both.SignalAndWait(Check.PatienceMs);
                theirs.Dispose();
            }, 1) > 0, "an event comes"));
            Check.That(Task.WaitAll(new[] { cross(one, other), cross(other, one) }, Check.PatienceMs), "no deadlock");
        }
    }

    private static void NoLostWakeup()
    {
        using (LiveSession session = Dead.Start())
        {
            Dead.Take<Error>(session);
            session.SendText("x");
            Task sending = null;
            for (long number = 1; number <= 3000; ++number)
            {
                Task<ReplyFailed> waiting = Dead.TakeAsync<ReplyFailed>(session);
                sending = number % 2 == 0 ? Task.Run(() => session.SendText("x")) : null;
                if (sending == null)
                {
                    session.SendText("x");
                }
                Check.Equal(number, Check.Result(waiting).Request, "request");
                sending?.Wait(Check.PatienceMs);
            }
        }
    }
}
