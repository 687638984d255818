using System;
using System.Collections.Concurrent;
using System.Threading;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    // One thread for the whole process learns which sessions have events, however many there are. It begins with
    // the first NextAsync that has to wait, and runs no code of the program.
    internal static class Wakeups
    {
        private const long SliceMs = 60000;

        private static readonly ConcurrentDictionary<long, Arrivals> Watched =
            new ConcurrentDictionary<long, Arrivals>();
        private static long lastToken;
        private static int started;
        private static volatile bool ended;

        public static Arrivals Watch(IntPtr session)
        {
            Start();
            Arrivals arrivals = new Arrivals(Interlocked.Increment(ref lastToken));
            Watched[arrivals.Token] = arrivals;
            int status = C.waker_watch(session, arrivals.Token);
            if (status != (int)GemliveStatus.Ok)
            {
                Arrivals gone;
                Watched.TryRemove(arrivals.Token, out gone);
                throw Failure.Of(status);
            }
            return arrivals;
        }

        // Whoever still waits looks once more, and finds the session gone.
        public static void Forget(Arrivals arrivals)
        {
            Arrivals gone;
            if (arrivals != null && Watched.TryRemove(arrivals.Token, out gone))
            {
                gone.Set();
            }
        }

        public static void ForgetAll()
        {
            foreach (Arrivals arrivals in Watched.Values)
            {
                Forget(arrivals);
            }
        }

        private static void Start()
        {
            if (Interlocked.Exchange(ref started, 1) != 0)
            {
                return;
            }
            // A host that unloads this code must not find a thread inside the library.
            AppDomain.CurrentDomain.DomainUnload += End;
            AppDomain.CurrentDomain.ProcessExit += End;
            new Thread(Run) { Name = "gemlive-wakeups", IsBackground = true }.Start();
        }

        private static void End(object sender, EventArgs arguments)
        {
            ended = true;
            C.waker_interrupt();
        }

        private static void Run()
        {
            while (!ended)
            {
                Arrivals arrivals;
                if (Watched.TryGetValue(C.waker_wait(SliceMs), out arrivals))
                {
                    arrivals.Set();
                }
            }
        }
    }
}
