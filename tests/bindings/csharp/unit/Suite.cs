using System;
using System.Collections.Generic;
using System.Threading;

// Runs tests by name, each with a deadline. No reflection: the same program runs compiled ahead of time.
internal sealed class Suite
{
    private const int DeadlineMs = 120000;

    private readonly List<KeyValuePair<string, Action>> _tests = new List<KeyValuePair<string, Action>>();

    public void Add(string name, Action test) => _tests.Add(new KeyValuePair<string, Action>(name, test));

    // `only`: the beginning of names; null: all. The exit code.
    public int Run(string only)
    {
        int passed = 0;
        int failed = 0;
        foreach (KeyValuePair<string, Action> test in _tests)
        {
            if (only != null && !test.Key.StartsWith(only, StringComparison.Ordinal))
            {
                continue;
            }
            string failure = RunOne(test.Value);
            if (failure == null)
            {
                ++passed;
                continue;
            }
            ++failed;
            Console.WriteLine("FAIL " + test.Key + "\n" + failure);
        }
        Console.WriteLine(passed + " passed, " + failed + " failed, 0 skipped");
        return failed == 0 ? 0 : 1;
    }

    // What is wrong, or null.
    private static string RunOne(Action test)
    {
        string failure = null;
        Thread thread = new Thread(() =>
        {
            try
            {
                test();
            }
            catch (Exception error)
            {
                failure = error.ToString();
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return thread.Join(DeadlineMs) ? failure : "took more than " + DeadlineMs / 1000 + " s";
    }
}
