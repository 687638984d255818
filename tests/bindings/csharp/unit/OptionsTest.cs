using System;
using Gemlive;

internal static class OptionsTest
{
    public static void AddTo(Suite suite)
    {
        suite.Add("options: a value that is refused is named in the sentence", Refused);
        suite.Add("options: every kind of value reaches the server", Kinds);
        suite.Add("options: what is set can be read, and taken back", Readable);
        suite.Add("options: names that do not exist are refused with the nearest one", UnknownName);
        suite.Add("options: from one JSON object", FromJson);
        suite.Add("options: a secret is in no sentence", Secret);
        suite.Add("options: one object serves many models", Reused);
    }

    private static void Refused()
    {
        foreach (LiveOptions options in new[]
        {
            new LiveOptions { MaxRetries = -1 }, new LiveOptions { Temperature = 3 },
            new LiveOptions { AudioEvents = "loud" }, new LiveOptions { ThinkingConfig = "[" },
        })
        {
            Check.That(Check.Fails(GemliveStatus.InvalidArgument, () => new LiveModel(options)).Message.Length > 20, "a sentence");
        }
        Check.That(Check.Fails(GemliveStatus.InvalidArgument, () => new LiveModel(new LiveOptions { MaxRetries = -1 }))
                        .Message.Contains("max_retries"), "the option is named");
        using (LiveModel model = new LiveModel(Dead.Options()))
        {
            Check.Fails(GemliveStatus.InvalidArgument, () => model.StartSession(new LiveOptions { TopP = 2 }));
        }
    }

    private static void Kinds()
    {
        using (Emulator emulator = new Emulator())
        {
            LiveOptions options = emulator.Options();
            options.Instructions = "Be a \U0001F525 blacksmith.";
            options.Temperature = 0.25;
            options.MaxOutputTokens = 77;
            options.EnableAffectiveDialog = true;
            options.InputAudioTranscription = "null";
            options.RealtimeInputConfig = "{\"activityHandling\": \"NO_INTERRUPTION\"}";
            options.Set("top_k", "5");
            options.SetJson("safety_settings", "[]");
            using (LiveModel model = new LiveModel(options))
            using (LiveSession session = model.StartSession(new LiveOptions { Voice = "Kore" }))
            {
                Dead.Take<Connected>(session);
                string setup = emulator.Received().Replace(" ", "");
                foreach (string part in new[]
                {
                    "blacksmith.", "\"enableAffectiveDialog\":true", "\"temperature\":0.25", "\"maxOutputTokens\":77",
                    "NO_INTERRUPTION", "\"topK\":5",
                    "\"Kore\"", "outputAudioTranscription",
                })
                {
                    Check.That(setup.Contains(part), part + " in " + setup);
                }
                Check.That(!setup.Contains("inputAudioTranscription"), "switched off");
            }
        }
    }

    private static void Readable()
    {
        LiveOptions options = new LiveOptions { Model = "a", MaxRetries = 3, TopP = 0.5, Vertexai = true, Labels = "{}" };
        Check.Equal("a", options.Model, "text");
        Check.Equal(3L, options.MaxRetries, "whole number");
        Check.Equal(0.5, options.TopP, "number");
        Check.Equal(true, options.Vertexai, "truth");
        Check.Equal("{}", options.Labels, "JSON");
        options.Model = null;
        options.MaxRetries = null;
        options.Labels = null;
        Check.That(options.Model == null && options.MaxRetries == null && options.Labels == null, "taken back");
        Check.That(options.Voice == null && options.TopK == null && options.AllowPlaintext == null, "never set");
    }

    private static void UnknownName()
    {
        LiveOptions options = new LiveOptions();
        options.Set("temprature", "0.5");
        GemliveException refused = Check.Fails(GemliveStatus.InvalidArgument, () => new LiveModel(options));
        Check.That(refused.Message.Contains("temperature"), refused.Message);
        Check.Fails(GemliveStatus.InvalidArgument, () => options.Set("", "x"));
        Check.Fails(GemliveStatus.InvalidArgument, () => options.SetJson(null, "1"));
    }

    private static void FromJson()
    {
        LiveOptions options = LiveOptions.FromJson("{\"base_url\": \"ws://127.0.0.1:1\", \"api_key\": \"k\", \"top_k\": 5}");
        options.TopK = 6;
        Dead.Start(options).Dispose();
        Check.Fails(GemliveStatus.InvalidArgument, () => Dead.Start(LiveOptions.FromJson("{\"top_k\": 0}")));
        Check.Fails(GemliveStatus.InvalidArgument, () => Dead.Start(LiveOptions.FromJson("no JSON")));
        Check.Fails(GemliveStatus.InvalidArgument, () => Dead.Start(LiveOptions.FromJson(null)));
    }

    private static void Secret()
    {
        const string Key = "very-secret-\uD800";
        LiveOptions options = new LiveOptions { ApiKey = Key };
        GemliveException refused = Check.Fails(GemliveStatus.InvalidArgument, () => new LiveModel(options));
        Check.That(!refused.ToString().Contains("very-secret"), refused.Message);
        Check.That(!options.ToString().Contains("very-secret"), "nor in the options' text");
    }

    private static void Reused()
    {
        LiveOptions options = Dead.Options();
        for (int number = 0; number < 3; ++number)
        {
            Dead.Start(options).Dispose();
        }
    }
}
