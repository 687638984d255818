using System;
using System.Text;
using Gemlive;

// Shows the conversation line by line: who speaks, what is said, which tools are called, how long it took.
public sealed class Screen
{
    private const int LabelWidth = 7;

    private readonly StringBuilder _words = new StringBuilder();
    private string _speaker = "";

    public void Show(LiveEvent e, Latencies latencies)
    {
        latencies.See(e);
        if (e is InputTranscript said && !said.Interim)
        {
            Say("you", said.Text);
            if (said.Final && _speaker == "you")  // the model may speak already
            {
                EndWords();
            }
        }
        else if (e is OutputTranscript spoken)
        {
            Say("model", spoken.Text);
        }
        else if (e is Text written)
        {
            Say("model", written.Value);
        }
        else if (e is Connected)
        {
            Note("connected");
        }
        else if (e is Interrupted interrupted)
        {
            Note("interrupted by the " + interrupted.By);
        }
        else if (e is TurnFinished)
        {
            EndWords();
        }
        else if (e is TurnMetrics metrics)
        {
            Note(latencies.OfTurn(metrics));
        }
        else if (e is Error error)
        {
            Line("error", error.Code + ": " + error.Message);
        }
        else if (e is Closed closed)
        {
            Note(closed.Status == GemliveStatus.Ok ? "closed" : "closed: " + closed.Message);
        }
    }

    public void Tool(string text) => Line("tool", text);

    public void Note(string text) => Line("", text);

    private void Say(string who, string words)
    {
        if (words.Length == 0)
        {
            return;
        }
        if (who != _speaker)
        {
            EndWords();
            _speaker = who;
        }
        _words.Append(words);
    }

    private void EndWords()
    {
        string words = _words.ToString().Trim();
        _words.Clear();
        if (words.Length > 0)
        {
            Console.WriteLine(_speaker.PadRight(LabelWidth) + words);
        }
    }

    private void Line(string label, string text)
    {
        EndWords();
        Console.WriteLine(label.PadRight(LabelWidth) + text);
    }
}
