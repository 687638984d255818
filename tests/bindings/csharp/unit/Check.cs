using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

internal sealed class CheckFailed : Exception
{
    public CheckFailed(string message) : base(message)
    {
    }
}

// What tests say about what they see.
internal static class Check
{
    public const int PatienceMs = 30000;

    public static void Equal<T>(T expected, T found, string what)
    {
        if (!Equals(expected, found))
        {
            throw new CheckFailed(what + ": expected " + expected + ", found " + found);
        }
    }

    public static void That(bool truth, string what)
    {
        if (!truth)
        {
            throw new CheckFailed("not true: " + what);
        }
    }

    public static GemliveException Fails(GemliveStatus status, Action call)
    {
        try
        {
            call();
        }
        catch (GemliveException failure)
        {
            Equal(status, failure.Status, "status of: " + failure.Message);
            That(failure.Message.Length > 5, "a sentence, not " + failure.Message);
            return failure;
        }
        throw new CheckFailed("expected " + status + ", but it succeeded");
    }

    public static T Result<T>(Task<T> task)
    {
        That(Task.WaitAny(new Task[] { task }, PatienceMs) == 0, "the task ends in time");
        return task.GetAwaiter().GetResult();
    }

    // Asks again until it is true.
    public static void Becomes(Func<bool> truth, string what)
    {
        Stopwatch since = Stopwatch.StartNew();
        while (!truth())
        {
            That(since.ElapsedMilliseconds < PatienceMs, what + ", in time");
            Thread.Yield();
        }
    }
}
