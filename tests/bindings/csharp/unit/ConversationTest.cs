using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Gemlive;

internal static class ConversationTest
{
    public static void AddTo(Suite suite)
    {
        suite.Add("conversation: every event has its class, its number and its JSON", EveryEvent);
        suite.Add("conversation: audio events carry their samples", AudioSamples);
        suite.Add("conversation: extras of a turn have classes, media its bytes", Extras);
        suite.Add("conversation: the resumption handle is readable, and shown nowhere", ResumptionHandle);
        suite.Add("conversation: without a key it ends with one Closed, Auth", NoKey);
        suite.Add("conversation: an event that has died reads as an unknown one", UnknownEvent);
        suite.Add("conversation: the model's Finish ends its sessions in order", ModelFinish);
    }

    public static async Task<List<LiveEvent>> Hold(LiveSession session, Action<LiveEvent> also = null)
    {
        List<LiveEvent> events = new List<LiveEvent>();
        LiveEvent next;
        while ((next = await session.NextAsync()) != null)
        {
            events.Add(next);
            also?.Invoke(next);
            if (next is TurnMetrics)
            {
                session.Finish();
            }
        }
        return events;
    }

    private static void EveryEvent()
    {
        using (Emulator emulator = new Emulator())
        using (LiveSession session = emulator.Start())
        {
            long request = session.SendText("Do you sell swords?");
            Check.Equal(1L, request, "the first request");
            List<LiveEvent> events = Check.Result(Hold(session));
            for (int at = 0; at < events.Count; ++at)
            {
                Check.Equal(at + 1L, events[at].Seq, "numbers have no gaps");
                Check.Equal(events[at].Json, LineWriter.Rebuild(events[at]), "the class says what the JSON says");
                Check.Equal(EventLines.Word(events[at]), Json.Parse(events[at].ToString())["event"].Value, "the word");
                Check.That(ReferenceEquals(session, events[at].Session), "the session");
            }
            TurnStarted started = (TurnStarted)events.Find(e => e is TurnStarted);
            Check.Equal(request, started.Request, "the turn answers the request");
            Check.That(started.ServerMessage.Contains("serverContent"), "the message behind it: " + started.ServerMessage);
            Check.Equal("", events.Find(e => e is Connecting).ServerMessage, "no message behind a dial");
            TurnFinished finished = (TurnFinished)events.Find(e => e is TurnFinished);
            Check.Equal("completed", finished.Reason, "reason");
            Check.That(finished.HeardMs == null && finished.ServerReason == null, "absent fields are null");
            Check.That(finished.Transcript.Contains("Do you sell swords?"), finished.Transcript);
            Closed closed = (Closed)events[events.Count - 1];
            Check.Equal(GemliveStatus.Ok, closed.Status, "closed");
            Check.Equal("GEMLIVE_OK", closed.Code, "its word");
            Check.That(session.Ended, "ended");
            Check.Equal(SessionState.Closed, session.State, "state");
            LiveEvent none;
            Check.That(!session.TryNext(out none) && none == null, "nothing follows");
            Check.That(Check.Result(session.NextAsync()) == null, "null follows");
            Check.Equal(0, session.Dispatch(_ => { }), "nothing is handed out");
        }
    }

    private static void AudioSamples()
    {
        using (Emulator emulator = new Emulator("[{'on': 'text', 'do': [{'say': 'Of course.'}]}]"))
        using (LiveSession session = emulator.Start())
        {
            session.SendText("Speak.");
            long frames = 0;
            int loudest = 0;
            Check.Result(Hold(session, e =>
            {
                if (e is Audio audio)
                {
                    Check.Equal(audio.Frames * audio.Channels, (long)audio.Samples.Length, "samples");
                    Check.Equal(frames, audio.OffsetFrames, "offset");
                    frames += audio.Frames;
                    foreach (short sample in audio.Samples.Span)
                    {
                        loudest = Math.Max(loudest, Math.Abs((int)sample));
                    }
                }
            }));
            Check.That(frames > 12000 && loudest > 1000, frames + " frames, at most " + loudest);
        }
    }

    private static void Extras()
    {
        const string Part = "{'raw': {'message': {'serverContent': {'modelTurn': {'parts': [{'inlineData': " +
                            "{'mimeType': 'image/png', 'data': 'iVBORw0KGgo='}}]}}}}}";
        using (Emulator emulator = new Emulator("[{'on': 'text', 'do': [{'thought': 'Let me see.'}, " + Part +
                                                ", {'raw': {'message': {'newThing': {'of': 'tomorrow'}}}}, 'turn_complete']}]"))
        using (LiveSession session = emulator.Start())
        {
            session.SendText("Look.");
            List<LiveEvent> events = Check.Result(Hold(session));
            Media media = (Media)events.Find(e => e is Media);
            Check.Equal("image/png", media.MimeType, "type");
            Check.Equal(8L, media.Bytes, "count");
            Check.Equal("89504E470D0A1A0A", BitConverter.ToString(media.Content.ToArray()).Replace("-", ""), "bytes");
            Check.Equal("Let me see.", ((Thought)events.FindLast(e => e is Thought)).Text, "thought");
            Check.Equal("{\"newThing\":{\"of\":\"tomorrow\"}}", ((ServerMessage)events.Find(e => e is ServerMessage)).Raw, "raw");
        }
    }

    private static void ResumptionHandle()
    {
        using (Emulator emulator = new Emulator())
        using (LiveSession session = emulator.Start())
        {
            session.SendText("Hello.");
            List<LiveEvent> events = Check.Result(Hold(session));
            List<LiveEvent> updates = events.FindAll(e => e is ResumptionUpdated && ((ResumptionUpdated)e).Resumable);
            Check.That(updates.Count > 0, "there is a handle");
            foreach (ResumptionUpdated updated in updates)
            {
                Check.That(updated.Handle.Length > 5, "a handle: " + updated.Handle);
                Check.That(!updated.ToString().Contains(updated.Handle), "it is not in the text of the event");
            }
        }
    }

    private static void NoKey()
    {
        using (Emulator emulator = new Emulator())
        {
            LiveOptions options = emulator.Options();
            options.ApiKey = null;
            using (LiveModel model = new LiveModel(options))
            using (LiveSession session = model.StartSession())
            {
                List<LiveEvent> events = Check.Result(Hold(session));
                Closed closed = (Closed)events[events.Count - 1];
                Check.Equal(GemliveStatus.Auth, closed.Status, "status");
                Check.Equal("fatal", closed.Reason, "reason");
            }
        }
    }

    private static void UnknownEvent()
    {
        using (LiveSession session = Dead.Start())
        {
            LiveEvent unknown = EventFactory.Make(new EventReader(IntPtr.Zero, session));
            Check.That(unknown is UnknownEvent, "its class");
            Check.Equal("", unknown.ToString(), "its JSON");
            Check.Equal(0L, unknown.Turn, "its turn");
        }
    }

    private static void ModelFinish()
    {
        using (Emulator emulator = new Emulator())
        using (LiveModel model = new LiveModel(emulator.Options()))
        using (LiveSession one = model.StartSession())
        using (LiveSession other = model.StartSession())
        {
            model.Finish();
            Check.Equal("requested", Dead.Take<Closed>(one).Reason, "one");
            Check.Equal("requested", Dead.Take<Closed>(other).Reason, "other");
            Check.Fails(GemliveStatus.Closed, () => model.StartSession());
        }
    }
}
