using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

internal static class LifeTest
{
    private static readonly LiveObjectKind[] Kinds =
    {
        LiveObjectKind.Options, LiveObjectKind.Model, LiveObjectKind.Session, LiveObjectKind.Event,
    };

    public static void AddTo(Suite suite)
    {
        suite.Add("life: every call after Dispose answers InvalidHandle", AfterDispose);
        suite.Add("life: every command after an unasked end answers what it ended with", AfterUnaskedEnd);
        suite.Add("life: Dispose ends a NextAsync that waits", DisposeEndsWait);
        suite.Add("life: Dispose from many threads at once", DisposeAtOnce);
        suite.Add("life: Dispose while others call everything", DisposeUnderFire);
        suite.Add("life: a model goes before its sessions", ModelFirst);
        suite.Add("life: events outlive their session", EventsOutlive);
        suite.Add("life: a wait keeps its session alive", WaitKeepsAlive);
        suite.Add("life: finalizers in any order leave nothing", Finalizers);
        suite.Add("life: garbage collections during a conversation do no harm", CollectionStorm);
        suite.Add("life: DestroyAll ends what waits", DestroyAll);
        suite.Add("life: a failed creation leaves nothing", FailedCreation);
        suite.Add("life: the library's threads end after the last session", ThreadsEnd);
    }

    public static void NothingLives(string when)
    {
        foreach (LiveObjectKind kind in Kinds)
        {
            Check.Becomes(() => LiveLibrary.LiveObjects(kind) == 0, "no " + kind + " " + when);
        }
    }

    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static Action[] EveryCommand(LiveSession session)
    {
        return new Action[]
        {
            () => session.SendText("x"), () => session.SendText("x", false), () => session.GenerateReply(),
            () => session.GenerateReply("x", "y", 1), () => session.ToolResponse("a", "{}"),
            () => session.ToolResponse("last", null, "x"), () => session.Interrupt(), () => session.StartUserActivity(),
            () => session.EndUserActivity(), () => session.AudioStreamEnd(), () => session.SendRaw("{}"),
            () => session.PushImage(new byte[] { 0xFF, 0xD8, 0xFF, 0 }, "image/jpeg"),
            () => session.WriteAudio(new short[1], 0), () => session.WriteAudio(new float[1], 0),
        };
    }

    private static Action[] EveryAudioCallForADevice(LiveSession session)
    {
        return new Action[]
        {
            () => session.PushAudio(new short[1]), () => session.PushAudio(new float[1]),
            () => session.ReadAudio(new short[1]), () => session.ReadAudio(new float[1]),
        };
    }

    private static Action[] EveryOtherCall(LiveSession session)
    {
        LiveEvent none;
        return new Action[]
        {
            () => session.GetTools(), () => session.GetCapabilities(), () => session.SetInputFormat(16000, 1),
            () => session.SetOutputFormat(24000, 1), () => session.TryNext(out none), () => session.Dispatch(_ => { }),
            () => Check.Result(session.NextAsync()), () => session.Finish(), () => session.Finish(true, 1),
        };
    }

    private static void AfterUnaskedEnd()
    {
        using (Emulator emulator = new Emulator("[]"))
        {
            LiveOptions options = emulator.Options();
            options.ApiKey = "invalid";
            using (LiveSession session = Dead.Start(options))
            {
                Closed closed = Dead.Take<Closed>(session);
                Check.Equal(GemliveStatus.Auth, closed.Status, "the end");
                foreach (Action command in EveryCommand(session))
                {
                    string said = Check.Fails(GemliveStatus.Auth, command).Message;
                    Check.That(said.Contains(closed.Message), said);
                }
                foreach (Action call in EveryAudioCallForADevice(session).Concat(EveryOtherCall(session)))
                {
                    call();
                }
            }
        }
    }

    private static void AfterDispose()
    {
        LiveModel model = new LiveModel(Dead.Options());
        LiveSession session = model.StartSession();
        session.Dispose();
        session.Dispose();
        foreach (Action call in EveryCommand(session).Concat(EveryOtherCall(session)))
        {
            Check.Fails(GemliveStatus.InvalidHandle, call);
        }
        Check.Equal(SessionState.Closed, session.State, "state");
        model.Dispose();
        model.Dispose();
        Check.Fails(GemliveStatus.InvalidHandle, () => model.StartSession());
        Check.Fails(GemliveStatus.InvalidHandle, () => model.Finish());
    }

    private static void DisposeEndsWait()
    {
        LiveSession session = Dead.Start();
        Dead.Take<Error>(session);
        Task<LiveEvent> waiting = session.NextAsync();
        session.Dispose();
        Check.Fails(GemliveStatus.Cancelled, () => Check.Result(waiting));
    }

    private static void DisposeAtOnce()
    {
        for (int round = 0; round < 50; ++round)
        {
            LiveSession session = Dead.Start();
            Parallel.For(0, 8, _ => session.Dispose());
            Check.Fails(GemliveStatus.InvalidHandle, () => session.SendText("x"));
        }
        NothingLives("afterwards");
    }

    private static void DisposeUnderFire()
    {
        for (int round = 0; round < 20; ++round)
        {
            LiveSession session = Dead.Start();
            using (Barrier start = new Barrier(4))
            {
                Task[] callers = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() =>
                {
                    start.SignalAndWait(Check.PatienceMs);
                    for (int number = 0; number < 20; ++number)
                    {
                        foreach (Action call in EveryCommand(session).Concat(EveryAudioCallForADevice(session))
                                                                     .Concat(EveryOtherCall(session)))
                        {
                            Try(call);
                        }
                    }
                }, TaskCreationOptions.LongRunning)).ToArray();
                start.SignalAndWait(Check.PatienceMs);
                session.Dispose();
                Check.That(Task.WaitAll(callers, Check.PatienceMs), "all calls end");
            }
        }
        NothingLives("afterwards");
    }

    private static void Try(Action call)
    {
        try
        {
            call();
        }
        catch (GemliveException)
        {
        }
    }

    private static void ModelFirst()
    {
        using (Emulator emulator = new Emulator())
        {
            LiveModel model = new LiveModel(emulator.Options());
            using (LiveSession session = model.StartSession())
            {
                model.Dispose();
                session.SendText("Are you still there?");
                Check.That(Check.Result(ConversationTest.Hold(session)).Exists(e => e is TurnFinished), "it goes on");
            }
        }
    }

    private static void EventsOutlive()
    {
        List<LiveEvent> events;
        using (Emulator emulator = new Emulator())
        using (LiveSession session = emulator.Start())
        {
            session.SendText("Hello.");
            events = Check.Result(ConversationTest.Hold(session));
        }
        Collect();
        NothingLives("but events of C#");
        Parallel.ForEach(events, e =>
        {
            Check.Equal(e.Json, LineWriter.Rebuild(e), "still whole");
            Check.That(e.ServerMessage != null, "its message");
        });
        Check.Fails(GemliveStatus.InvalidHandle, () => events[0].Session.Interrupt());
    }

    // In a method of its own, so that nothing here keeps the session.
    private static Task<LiveEvent> WaitForgotten()
    {
        LiveSession session = Dead.Start();
        Dead.Take<Error>(session);
        Task<LiveEvent> waiting = session.NextAsync();
        session.GenerateReply(timeoutMs: 300);
        return waiting;
    }

    private static void WaitKeepsAlive()
    {
        Task<LiveEvent> waiting = WaitForgotten();
        Check.Becomes(() =>
        {
            Collect();
            return waiting.IsCompleted;
        }, "the event comes although nobody else holds the session");
        Check.That(Check.Result(waiting) != null, "an event");
    }

    private static void LoseEverything()
    {
        for (int number = 0; number < 200; ++number)
        {
            LiveModel model = new LiveModel(Dead.Options());
            LiveSession session = model.StartSession();
            LiveEvent e;
            session.TryNext(out e);
            if (number % 3 == 0)
            {
                session.Dispose();
            }
            if (number % 5 == 0)
            {
                model.Dispose();
            }
        }
    }

    private static void Finalizers()
    {
        Thread losing = new Thread(LoseEverything);
        losing.Start();
        losing.Join();
        Check.Becomes(() =>
        {
            Collect();
            return Kinds.All(kind => LiveLibrary.LiveObjects(kind) == 0);
        }, "all is finalized");
    }

    private static void CollectionStorm()
    {
        using (CancellationTokenSource stop = new CancellationTokenSource())
        {
            Thread storm = new Thread(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    GC.Collect();
                }
            });
            storm.Start();
            using (Emulator emulator = new Emulator())
            {
                for (int round = 0; round < 3; ++round)
                {
                    using (LiveSession session = emulator.Start())
                    {
                        session.SendText("Round \U0001F525 " + round);
                        session.PushAudio(new short[1600]);
                        List<LiveEvent> events = Check.Result(ConversationTest.Hold(session));
                        events.ForEach(e => Check.Equal(e.Json, LineWriter.Rebuild(e), "whole"));
                        TurnFinished finished = (TurnFinished)events.Find(e => e is TurnFinished);
                        Check.That(finished.Transcript.Contains("\U0001F525"), finished.Transcript);
                    }
                }
            }
            stop.Cancel();
            storm.Join();
        }
    }

    private static void DestroyAll()
    {
        LiveModel model = new LiveModel(Dead.Options());
        LiveSession session = model.StartSession();
        Dead.Take<Error>(session);
        Task<LiveEvent> waiting = session.NextAsync();
        LiveLibrary.DestroyAll();
        NothingLives("after DestroyAll");
        Check.Fails(GemliveStatus.InvalidHandle, () => Check.Result(waiting));
        Check.Fails(GemliveStatus.InvalidHandle, () => session.SendText("x"));
        session.Dispose();
        model.Dispose();
    }

    private static void FailedCreation()
    {
        for (int number = 0; number < 100; ++number)
        {
            Check.Fails(GemliveStatus.InvalidArgument, () => new LiveModel(new LiveOptions { TopP = 2 }));
            using (LiveModel model = new LiveModel(Dead.Options()))
            {
                Check.Fails(GemliveStatus.InvalidArgument, () => model.StartSession(new LiveOptions { TopP = 2 }));
            }
        }
        NothingLives("afterwards");
    }

    private static void ThreadsEnd()
    {
        LiveSession session = Dead.Start();
        Check.Fails(GemliveStatus.Timeout, () => LiveLibrary.Shutdown(0));
        session.Dispose();
        Collect();
        LiveLibrary.Shutdown(Check.PatienceMs);
    }
}
