using System;
using System.IO;
using System.Text;

// Whole lines on stdout, from any thread, and diagnostics on stderr.
internal sealed class Output
{
    private readonly TextWriter _lines =
        new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };

    public void Line(string line)
    {
        lock (_lines)
        {
            _lines.WriteLine(line);
        }
    }

    public void Diagnose(string text) => Console.Error.WriteLine("scenario-runner: " + text);
}
