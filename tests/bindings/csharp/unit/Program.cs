using System;

// Runs all tests, or those whose names begin with --only WORDS. --program and --runtime-arguments tell how Mono
// was started, for the tests that start it again.
internal static class Program
{
    public static string Path { get; private set; } = "build/csharp/tests.exe";

    public static string RuntimeArguments { get; private set; } = "";

    // A program that is compiled ahead of time has one domain, and so has every program on .NET Core.
    public static bool HasDomains => RuntimeArguments.Length == 0;

    public static int Main(string[] arguments)
    {
        string only = null;
        for (int at = 0; at < arguments.Length; ++at)
        {
            switch (arguments[at])
            {
            case "--leave-alive": ProcessTest.LeaveAlive(); return 0;
            case "--live-many-times": ProcessTest.LiveManyTimes(); return 0;
            case "--unload-domains": ProcessTest.UnloadDomains(); return 0;
            case "--leave-waiting": ProcessTest.LeaveWaiting(); return 0;
            case "--only": only = arguments[++at]; break;
            case "--program": Path = arguments[++at]; break;
            case "--runtime-arguments": RuntimeArguments = arguments[++at]; break;
            default: Console.Error.WriteLine("tests: what is " + arguments[at] + "?"); return 2;
            }
        }
        Suite suite = new Suite();
        TextTest.AddTo(suite);
        OptionsTest.AddTo(suite);
        ConversationTest.AddTo(suite);
        ReceiveTest.AddTo(suite);
        ToolTest.AddTo(suite);
        AudioTest.AddTo(suite);
        DocTest.AddTo(suite);
        LifeTest.AddTo(suite);
        ProcessTest.AddTo(suite);
        return suite.Run(only);
    }
}
