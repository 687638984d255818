using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Gemlive;

// How a process ends, and a domain in it: each in a process of its own.
internal static class ProcessTest
{
    public static void AddTo(Suite suite)
    {
        suite.Add("process: it ends with sessions alive", ExitAlive);
        suite.Add("process: 25,000 sessions leave nothing and take no memory", () => InChild("--live-many-times"));
        suite.Add("process: a domain unloads with a session that waits, and another begins anew", DomainUnloads);
    }

    // The part of the process that ends with everything alive.
    public static void LeaveAlive()
    {
        LiveModel model = new LiveModel(Dead.Options());
        for (int number = 0; number < 10; ++number)
        {
            LiveSession session = model.StartSession();
            session.SendText("x");
            session.NextAsync().GetAwaiter();
            _ = Task.Run(() => session.WriteAudio(new short[16000000]));
        }
        GC.KeepAlive(model);
    }

    // Runs this program again in a process of its own, which has to end silently and well.
    private static void InChild(string part)
    {
        string runtime = Process.GetCurrentProcess().MainModule.FileName;
        Process child = Process.Start(new ProcessStartInfo(runtime, Program.RuntimeArguments + " " + Program.Path + " " + part)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        });
        Task<string> said = child.StandardError.ReadToEndAsync();
        bool ended = child.WaitForExit(Check.PatienceMs);
        if (!ended)
        {
            child.Kill();
        }
        Check.That(ended, "it ends; it said " + Check.Result(said));
        Check.Equal(0, child.ExitCode, "exit code; it said " + Check.Result(said));
        Check.Equal("", Check.Result(said), "it is silent");
    }

    private static void ExitAlive()
    {
        for (int round = 0; round < 5; ++round)
        {
            InChild("--leave-alive");
        }
    }

    private static void DomainUnloads()
    {
        if (Program.HasDomains)
        {
            InChild("--unload-domains");
        }
    }

    private static long ResidentKb()
    {
        string line = File.ReadAllLines("/proc/self/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(new[] { ' ', '\t' }, StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private static void Live(int count)
    {
        using (LiveModel model = new LiveModel(Dead.Options()))
        {
            for (int number = 0; number < count; ++number)
            {
                using (LiveSession session = model.StartSession())
                {
                    session.SendText("x");
                    LiveEvent e;
                    session.TryNext(out e);
                }
            }
        }
        LifeTest.Collect();
        LiveLibrary.Shutdown(Check.PatienceMs);
    }

    // In a process of its own, where nothing else takes memory; after two rounds its heap has its size.
    public static void LiveManyTimes()
    {
        const int Rounds = 5;
        const int Sessions = 5000;
        const int GrowthKb = 12 * 1024;
        long[] resident = new long[Rounds];
        for (int round = 0; round < Rounds; ++round)
        {
            Live(Sessions);
            LifeTest.NothingLives("after a round");
            resident[round] = ResidentKb();
        }
        Check.That(resident[Rounds - 1] - resident[2] < GrowthKb, "flat, in kB: " + string.Join(" ", resident));
    }

    // As an editor that reloads its scripts: the native code stays, everything of C# begins anew.
    public static void UnloadDomains()
    {
#if !NETCOREAPP
        for (int round = 0; round < 3; ++round)
        {
            AppDomain other = AppDomain.CreateDomain("other", null, new AppDomainSetup
            {
                ApplicationBase = Path.GetDirectoryName(Path.GetFullPath(Program.Path)),
            });
            other.ExecuteAssembly(Program.Path, new[] { "--leave-waiting" });
            AppDomain.Unload(other);
        }
#endif
    }

    public static void LeaveWaiting()
    {
        LiveSession session = Dead.Start();
        Dead.Take<Error>(session);
        Task<LiveEvent> waiting = session.NextAsync();
        GC.KeepAlive(waiting);
    }
}
