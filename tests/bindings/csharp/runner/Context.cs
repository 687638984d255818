using System;
using System.IO;
using System.Threading;
using Gemlive;

// What commands act on.
internal sealed class Context
{
    public LiveModel Model;
    public LiveSession Session;
    public Conversation Conversation;
    public AudioIn AudioIn;
    public Output Output;
    public CancellationToken Stop;
    // Where relative file names begin.
    public string Folder;
    // --play pulls the playout already.
    public bool Playing;
    // The longest that a close was allowed.
    public long CloseTimeoutMs = 5000;
    public bool CommandFailed;
    public volatile bool BackgroundFailed;

    private int _outputRate;
    private int _outputChannels;

    public string FileOf(Json command) => Path.Combine(Folder, command["file"].Value);

    // Switches playout on, or over to another format.
    public void SetOutputFormat(int rate, int channels)
    {
        if (rate != _outputRate || channels != _outputChannels)
        {
            Session.SetOutputFormat(rate, channels);
            _outputRate = rate;
            _outputChannels = channels;
        }
    }

    public void BackgroundEnded(Result result)
    {
        if (!result.IsOk)
        {
            BackgroundFailed = true;
            Output.Diagnose("push_audio in the background: " + LiveLibrary.StatusName(result.Status) + ", " + result.Message);
        }
    }
}
