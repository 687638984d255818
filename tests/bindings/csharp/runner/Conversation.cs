using System;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

// Takes the session's events, shows each as a line, and keeps them for `wait`.
internal sealed class Conversation
{
    private readonly LiveSession _session;
    private readonly Output _output;
    private readonly Task _taking;

    public Conversation(LiveSession session, Output output, CancellationToken stop)
    {
        _session = session;
        _output = output;
        Log = new EventLog(stop);
        _taking = TakeAsync();
    }

    public EventLog Log { get; }

    // A class lacks a field, or has another value for it.
    public bool LinesDiffer { get; private set; }

    // The last event, or null when it did not come in time.
    public Closed WaitClosed(TimeSpan patience)
    {
        return _taking.Wait(patience) ? _closed : null;
    }

    private Closed _closed;

    private async Task TakeAsync()
    {
        LiveEvent next;
        while ((next = await _session.NextAsync().ConfigureAwait(false)) != null)
        {
            string line = LineWriter.Rebuild(next);
            _output.Line(line);
            if (line != next.Json)
            {
                _output.Diagnose("the class says " + line + ", the library " + next.Json);
                LinesDiffer = true;
            }
            _closed = next as Closed;
            Log.Append(Json.Parse(line));
        }
    }
}
