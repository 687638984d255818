using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Gemlive;

// A gemlive-emulator of its own, over TLS.
internal sealed class Emulator : IDisposable
{
    private readonly Process _process;

    // `server`: the rules of a scenario, as JSON with ' for "; null: small talk.
    public Emulator(string server = null)
    {
        Folder = Path.Combine(Path.GetTempPath(), "gemlive-csharp-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Folder);
        CaFile = Path.Combine(Folder, "ca.pem");
        string arguments = "--quiet --speed 20 --tls --ca-out " + CaFile + " --record " + Folder;
        if (server != null)
        {
            string scenario = Path.Combine(Folder, "scenario.json");
            File.WriteAllText(scenario, ("{'about': 'a test', 'server': " + server + "}").Replace('\'', '"'));
            arguments += " --scenario " + scenario;
        }
        _process = Process.Start(new ProcessStartInfo(Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        });
        string line = _process.StandardOutput.ReadLine();
        if (line == null)
        {
            throw new CheckFailed("the emulator did not start");
        }
        Url = Json.Parse(line)["listening"].Value;
    }

    public static string Program =>
        Path.Combine(Environment.GetEnvironmentVariable("GEMLIVE_BUILD_DIR") ?? "build/release", "bin", "gemlive-emulator");

    public string Folder { get; }
    public string CaFile { get; }
    public string Url { get; }

    public LiveOptions Options(params LiveTool[] tools)
    {
        LiveOptions options = new LiveOptions { BaseUrl = Url, CaFile = CaFile, ApiKey = "test-key" };
        tools.ToList().ForEach(options.Tools.Add);
        return options;
    }

    public LiveSession Start(params LiveTool[] tools)
    {
        using (LiveModel model = new LiveModel(Options(tools)))
        {
            return model.StartSession();
        }
    }

    // What a client said on the first connection, a JSON object a line.
    public string Received()
    {
        string file = Path.Combine(Folder, "connection-1.jsonl");
        using (FileStream stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        using (StreamReader reader = new StreamReader(stream))
        {
            return string.Join("\n", reader.ReadToEnd().Split('\n').Where(line => line.Contains("\"client\"")));
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(Folder, true);
    }
}
