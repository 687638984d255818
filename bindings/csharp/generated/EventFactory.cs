// Written by scripts/make_bindings.py. Do not edit.

namespace Gemlive
{
    // The names of fields, as the library reads them.
    internal static class Names
    {
        public static readonly byte[] AgeMs = Utf8.Terminated("age_ms", "name");
        public static readonly byte[] Amount = Utf8.Terminated("amount", "name");
        public static readonly byte[] Arguments = Utf8.Terminated("arguments", "name");
        public static readonly byte[] Attempt = Utf8.Terminated("attempt", "name");
        public static readonly byte[] Behavior = Utf8.Terminated("behavior", "name");
        public static readonly byte[] By = Utf8.Terminated("by", "name");
        public static readonly byte[] ByModality = Utf8.Terminated("by_modality", "name");
        public static readonly byte[] Bytes = Utf8.Terminated("bytes", "name");
        public static readonly byte[] CachedTokens = Utf8.Terminated("cached_tokens", "name");
        public static readonly byte[] Call = Utf8.Terminated("call", "name");
        public static readonly byte[] Calls = Utf8.Terminated("calls", "name");
        public static readonly byte[] Cause = Utf8.Terminated("cause", "name");
        public static readonly byte[] Channels = Utf8.Terminated("channels", "name");
        public static readonly byte[] CloseCode = Utf8.Terminated("close_code", "name");
        public static readonly byte[] CloseReason = Utf8.Terminated("close_reason", "name");
        public static readonly byte[] Code = Utf8.Terminated("code", "name");
        public static readonly byte[] Correction = Utf8.Terminated("correction", "name");
        public static readonly byte[] Fatal = Utf8.Terminated("fatal", "name");
        public static readonly byte[] Final = Utf8.Terminated("final", "name");
        public static readonly byte[] FirstAudioMs = Utf8.Terminated("first_audio_ms", "name");
        public static readonly byte[] FirstByteMs = Utf8.Terminated("first_byte_ms", "name");
        public static readonly byte[] FlushedMs = Utf8.Terminated("flushed_ms", "name");
        public static readonly byte[] Frames = Utf8.Terminated("frames", "name");
        public static readonly byte[] GeneratedMs = Utf8.Terminated("generated_ms", "name");
        public static readonly byte[] GenerationMs = Utf8.Terminated("generation_ms", "name");
        public static readonly byte[] HeardMs = Utf8.Terminated("heard_ms", "name");
        public static readonly byte[] HttpStatus = Utf8.Terminated("http_status", "name");
        public static readonly byte[] Interim = Utf8.Terminated("interim", "name");
        public static readonly byte[] Interrupted = Utf8.Terminated("interrupted", "name");
        public static readonly byte[] Language = Utf8.Terminated("language", "name");
        public static readonly byte[] Message = Utf8.Terminated("message", "name");
        public static readonly byte[] MimeType = Utf8.Terminated("mime_type", "name");
        public static readonly byte[] Name = Utf8.Terminated("name", "name");
        public static readonly byte[] OffsetFrames = Utf8.Terminated("offset_frames", "name");
        public static readonly byte[] OffsetMs = Utf8.Terminated("offset_ms", "name");
        public static readonly byte[] Origin = Utf8.Terminated("origin", "name");
        public static readonly byte[] OutageMs = Utf8.Terminated("outage_ms", "name");
        public static readonly byte[] Phase = Utf8.Terminated("phase", "name");
        public static readonly byte[] Plan = Utf8.Terminated("plan", "name");
        public static readonly byte[] PromptTokens = Utf8.Terminated("prompt_tokens", "name");
        public static readonly byte[] Raw = Utf8.Terminated("raw", "name");
        public static readonly byte[] Reason = Utf8.Terminated("reason", "name");
        public static readonly byte[] Resent = Utf8.Terminated("resent", "name");
        public static readonly byte[] ResponseTokens = Utf8.Terminated("response_tokens", "name");
        public static readonly byte[] Restored = Utf8.Terminated("restored", "name");
        public static readonly byte[] Resumable = Utf8.Terminated("resumable", "name");
        public static readonly byte[] RetryInMs = Utf8.Terminated("retry_in_ms", "name");
        public static readonly byte[] Retryable = Utf8.Terminated("retryable", "name");
        public static readonly byte[] SampleRate = Utf8.Terminated("sample_rate", "name");
        public static readonly byte[] ServerReason = Utf8.Terminated("server_reason", "name");
        public static readonly byte[] SessionId = Utf8.Terminated("session_id", "name");
        public static readonly byte[] SessionTotals = Utf8.Terminated("session_totals", "name");
        public static readonly byte[] SilentMs = Utf8.Terminated("silent_ms", "name");
        public static readonly byte[] Source = Utf8.Terminated("source", "name");
        public static readonly byte[] Speaker = Utf8.Terminated("speaker", "name");
        public static readonly byte[] Step = Utf8.Terminated("step", "name");
        public static readonly byte[] StepsMs = Utf8.Terminated("steps_ms", "name");
        public static readonly byte[] Text = Utf8.Terminated("text", "name");
        public static readonly byte[] ThoughtsTokens = Utf8.Terminated("thoughts_tokens", "name");
        public static readonly byte[] TimeLeftMs = Utf8.Terminated("time_left_ms", "name");
        public static readonly byte[] TokensPerSecond = Utf8.Terminated("tokens_per_second", "name");
        public static readonly byte[] ToolUseTokens = Utf8.Terminated("tool_use_tokens", "name");
        public static readonly byte[] TotalTokens = Utf8.Terminated("total_tokens", "name");
        public static readonly byte[] Totals = Utf8.Terminated("totals", "name");
        public static readonly byte[] Transcript = Utf8.Terminated("transcript", "name");
        public static readonly byte[] Trigger = Utf8.Terminated("trigger", "name");
        public static readonly byte[] TurnMs = Utf8.Terminated("turn_ms", "name");
        public static readonly byte[] Unit = Utf8.Terminated("unit", "name");
        public static readonly byte[] UserTranscription = Utf8.Terminated("user_transcription", "name");
        public static readonly byte[] Value = Utf8.Terminated("value", "name");
        public static readonly byte[] What = Utf8.Terminated("what", "name");
        public static readonly byte[] Why = Utf8.Terminated("why", "name");
        public static readonly byte[] WillRetry = Utf8.Terminated("will_retry", "name");
        public static readonly byte[] Words = Utf8.Terminated("words", "name");
    }

    internal static class EventFactory
    {
        public static LiveEvent Make(EventReader reader)
        {
            switch (reader.Type)
            {
            case LiveEventType.Connecting: return new Connecting(reader);
            case LiveEventType.Connected: return new Connected(reader);
            case LiveEventType.Disconnected: return new Disconnected(reader);
            case LiveEventType.GoAway: return new GoAway(reader);
            case LiveEventType.ResumptionUpdated: return new ResumptionUpdated(reader);
            case LiveEventType.SpeechStarted: return new SpeechStarted(reader);
            case LiveEventType.SpeechStopped: return new SpeechStopped(reader);
            case LiveEventType.InputTranscript: return new InputTranscript(reader);
            case LiveEventType.TurnStarted: return new TurnStarted(reader);
            case LiveEventType.Text: return new Text(reader);
            case LiveEventType.Thought: return new Thought(reader);
            case LiveEventType.OutputTranscript: return new OutputTranscript(reader);
            case LiveEventType.Audio: return new Audio(reader);
            case LiveEventType.Media: return new Media(reader);
            case LiveEventType.GenerationComplete: return new GenerationComplete(reader);
            case LiveEventType.Interrupted: return new Interrupted(reader);
            case LiveEventType.TurnFinished: return new TurnFinished(reader);
            case LiveEventType.PlayoutFinished: return new PlayoutFinished(reader);
            case LiveEventType.ToolCall: return new ToolCall(reader);
            case LiveEventType.ToolCallsCancelled: return new ToolCallsCancelled(reader);
            case LiveEventType.ReplyFailed: return new ReplyFailed(reader);
            case LiveEventType.Usage: return new Usage(reader);
            case LiveEventType.TurnMetrics: return new TurnMetrics(reader);
            case LiveEventType.Grounding: return new Grounding(reader);
            case LiveEventType.Code: return new Code(reader);
            case LiveEventType.UrlContext: return new UrlContext(reader);
            case LiveEventType.InteractionStatus: return new InteractionStatus(reader);
            case LiveEventType.WaitingForInput: return new WaitingForInput(reader);
            case LiveEventType.Stalled: return new Stalled(reader);
            case LiveEventType.Dropped: return new Dropped(reader);
            case LiveEventType.NotApplied: return new NotApplied(reader);
            case LiveEventType.Error: return new Error(reader);
            case LiveEventType.ServerMessage: return new ServerMessage(reader);
            case LiveEventType.Closed: return new Closed(reader);
            default: return new UnknownEvent(reader);
            }
        }
    }
}
