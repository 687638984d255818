using System;
using System.Collections.Generic;
using System.Linq;
using Gemlive;

internal static class TextTest
{
    public static void AddTo(Suite suite)
    {
        suite.Add("text: every kind of character comes back as it went", RoundTrip);
        suite.Add("text: a lone surrogate is refused by the library", LoneSurrogates);
        suite.Add("text: NUL is taken where it can be, and refused by name elsewhere", Nul);
        suite.Add("text: null is refused where it means nothing", Null);
        suite.Add("text: JSON is quoted", Quoted);
        suite.Add("text: a raw message and a picture go out", RawAndPicture);
        suite.Add("text: replies are asked for with all their fields", Replies);
        suite.Add("text: the process's own facts", Library);
    }

    // The emulator's small talk repeats what it was told.
    private static string Echo(string text)
    {
        using (Emulator emulator = new Emulator())
        using (LiveSession session = emulator.Start())
        {
            session.SendText(text);
            List<LiveEvent> events = Check.Result(ConversationTest.Hold(session));
            return ((TurnFinished)events.Find(e => e is TurnFinished)).Transcript;
        }
    }

    private static void RoundTrip()
    {
        foreach (string text in new[] { "Käse, 鍛冶屋, \U0001F525\U0001F468\u200D\U0001F52C", "\u07FF\u0800\uFFFD\uFFFF\U00010000\U0010FFFF" })
        {
            Check.That(Echo(text).Contains(text), "unchanged: " + text);
        }
    }

    private static void LoneSurrogates()
    {
        using (LiveSession session = Dead.Start())
        {
            foreach (string text in new[] { "a\uD83D", "\uDD25a", "\uDD25\uD83D", "\uD83Da" })
            {
                GemliveException refused = Check.Fails(GemliveStatus.InvalidArgument, () => session.SendText(text));
                Check.That(refused.Message.Contains("UTF-8"), refused.Message);
                Check.Fails(GemliveStatus.InvalidArgument, () => session.GenerateReply(text));
                Check.Fails(GemliveStatus.InvalidArgument, () => session.GenerateReply(null, text));
                Check.Fails(GemliveStatus.InvalidArgument, () => session.SendText(text, false));
                LiveOptions options = Dead.Options();
                options.Instructions = text;
                Check.Fails(GemliveStatus.InvalidArgument, () => new LiveModel(options));
            }
        }
    }

    private static void Nul()
    {
        using (LiveSession session = Dead.Start())
        {
            Check.Equal(1L, session.SendText("a\0b"), "request");
            Check.Equal(2L, session.GenerateReply("a\0b"), "request");
            foreach (KeyValuePair<string, Action> call in new Dictionary<string, Action>
            {
                { "json", () => session.SendRaw("{\"a\0\": 1}") },
                { "call", () => session.ToolResponse("a\0", "{}") },
                { "outputJson", () => session.ToolResponse("a", "\"\0\"") },
                { "mimeType", () => session.PushImage(new byte[1], "image/\0") },
                { "feature", () => LiveLibrary.HasFeature("send\0text") },
                { "name", () => Dead.Start(Named("mod\0el")) },
                { "thinking_config", () => Dead.Start(new LiveOptions { ThinkingConfig = "{}\0" }) },
            })
            {
                GemliveException refused = Check.Fails(GemliveStatus.InvalidArgument, call.Value);
                Check.Equal(call.Key + " contains NUL", refused.Message, "sentence");
            }
        }
    }

    private static LiveOptions Named(string name)
    {
        LiveOptions options = new LiveOptions();
        options.Set(name, "x");
        return options;
    }

    private static void Null()
    {
        using (LiveSession session = Dead.Start())
        {
            Check.Fails(GemliveStatus.InvalidArgument, () => session.SendText(null));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.SendRaw(null));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.ToolResponse(null, "{}"));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.ToolResponse("a"));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.PushImage(new byte[10], null));
            Check.That(session.GenerateReply() == 1, "no instructions are fine");
            Check.That(!LiveLibrary.HasFeature(null), "no feature");
        }
    }

    private static void Quoted()
    {
        Check.Equal("\"\"", LiveLibrary.QuoteJson(""), "empty");
        string all = new string(Enumerable.Range(0, 0x800).Select(code => (char)code).ToArray()) + "\U0001F525";
        Check.Equal(all, Json.Parse(LiveLibrary.QuoteJson(all)).Value, "read back");
        string large = new string('x', 1 << 20);
        Check.Equal(large.Length + 2, LiveLibrary.QuoteJson(large).Length, "a large one");
        Check.Fails(GemliveStatus.InvalidArgument, () => LiveLibrary.QuoteJson("\uD800"));
    }

    private static void RawAndPicture()
    {
        using (Emulator emulator = new Emulator("[{'on': 'text', 'do': [{'text': 'I see.'}]}]"))
        using (LiveSession session = emulator.Start())
        {
            byte[] png = { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0 };
            session.PushImage(png, "image/png");
            Check.Fails(GemliveStatus.InvalidArgument, () => session.PushImage(png, "image/jpeg"));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.PushImage(ReadOnlySpan<byte>.Empty, "image/png"));
            Dead.Take<Connected>(session);
            session.SendRaw("{\"realtimeInput\": {\"text\": \"raw words\"}}");
            Check.Fails(GemliveStatus.InvalidArgument, () => session.SendRaw("[1]"));
            Check.Equal("I see.", Dead.Take<Text>(session).Value, "the reply");
            string received = emulator.Received();
            Check.That(received.Contains("raw words") && received.Contains("image/png"), received);
            Check.That(Json.Parse(session.GetCapabilities()).Members.Count > 0, "capabilities");
            Check.Equal("[]", session.GetTools(), "no tools");
        }
    }

    private static void Replies()
    {
        using (LiveSession session = Dead.Start())
        {
            Check.Equal(0L, session.SendText("only context", turnComplete: false), "no request");
            Check.Equal(1L, session.GenerateReply("Be brief.", "Hello?", 500), "request");
            Check.Equal(2L, session.GenerateReply(timeoutMs: 1000), "request");
            ReplyFailed failed = Dead.Take<ReplyFailed>(session);
            Check.Equal(1L, failed.Request, "the first");
            Check.Equal("superseded", failed.Reason, "why");
            session.Interrupt();
            session.AudioStreamEnd();
            Check.Fails(GemliveStatus.InvalidState, () => session.StartUserActivity());
            Check.Fails(GemliveStatus.InvalidState, () => session.EndUserActivity());
            Check.Equal(SessionState.Connecting, session.State, "state");
        }
    }

    private static void Library()
    {
        Check.Equal("0.1.0", LiveLibrary.Version, "version");
        Check.Equal(100, LiveLibrary.VersionNumber, "number");
        Check.That(LiveLibrary.HasFeature("send_text") && !LiveLibrary.HasFeature("telepathy"), "features");
        Check.Equal("GEMLIVE_ERROR_QUOTA", LiveLibrary.StatusName(GemliveStatus.Quota), "name");
    }
}
