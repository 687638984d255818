// Written by scripts/make_bindings.py. Do not edit.

using Gemlive;

internal static class EventLines
{
    // Writes what the class has under the name of the field; false when it has no such field.
    public static bool Write(LiveEvent e, string field, LineWriter line)
    {
        switch (e.Type)
        {
        case LiveEventType.Connecting: return Write((Connecting)e, field, line);
        case LiveEventType.Connected: return Write((Connected)e, field, line);
        case LiveEventType.Disconnected: return Write((Disconnected)e, field, line);
        case LiveEventType.GoAway: return Write((GoAway)e, field, line);
        case LiveEventType.ResumptionUpdated: return Write((ResumptionUpdated)e, field, line);
        case LiveEventType.SpeechStarted: return Write((SpeechStarted)e, field, line);
        case LiveEventType.SpeechStopped: return Write((SpeechStopped)e, field, line);
        case LiveEventType.InputTranscript: return Write((InputTranscript)e, field, line);
        case LiveEventType.TurnStarted: return Write((TurnStarted)e, field, line);
        case LiveEventType.Text: return Write((Text)e, field, line);
        case LiveEventType.Thought: return Write((Thought)e, field, line);
        case LiveEventType.OutputTranscript: return Write((OutputTranscript)e, field, line);
        case LiveEventType.Audio: return Write((Audio)e, field, line);
        case LiveEventType.Media: return Write((Media)e, field, line);
        case LiveEventType.Interrupted: return Write((Interrupted)e, field, line);
        case LiveEventType.TurnFinished: return Write((TurnFinished)e, field, line);
        case LiveEventType.PlayoutFinished: return Write((PlayoutFinished)e, field, line);
        case LiveEventType.ToolCall: return Write((ToolCall)e, field, line);
        case LiveEventType.ToolCallsCancelled: return Write((ToolCallsCancelled)e, field, line);
        case LiveEventType.ReplyFailed: return Write((ReplyFailed)e, field, line);
        case LiveEventType.Usage: return Write((Usage)e, field, line);
        case LiveEventType.TurnMetrics: return Write((TurnMetrics)e, field, line);
        case LiveEventType.Grounding: return Write((Grounding)e, field, line);
        case LiveEventType.Code: return Write((Code)e, field, line);
        case LiveEventType.UrlContext: return Write((UrlContext)e, field, line);
        case LiveEventType.InteractionStatus: return Write((InteractionStatus)e, field, line);
        case LiveEventType.WaitingForInput: return Write((WaitingForInput)e, field, line);
        case LiveEventType.Stalled: return Write((Stalled)e, field, line);
        case LiveEventType.Dropped: return Write((Dropped)e, field, line);
        case LiveEventType.NotApplied: return Write((NotApplied)e, field, line);
        case LiveEventType.Error: return Write((Error)e, field, line);
        case LiveEventType.ServerMessage: return Write((ServerMessage)e, field, line);
        case LiveEventType.Closed: return Write((Closed)e, field, line);
        default: return false;
        }
    }

    // Its word in the vocabulary; null for one that this version does not know.
    public static string Word(LiveEvent e)
    {
        switch (e.Type)
        {
        case LiveEventType.Connecting: return "connecting";
        case LiveEventType.Connected: return "connected";
        case LiveEventType.Disconnected: return "disconnected";
        case LiveEventType.GoAway: return "go_away";
        case LiveEventType.ResumptionUpdated: return "resumption_updated";
        case LiveEventType.SpeechStarted: return "speech_started";
        case LiveEventType.SpeechStopped: return "speech_stopped";
        case LiveEventType.InputTranscript: return "input_transcript";
        case LiveEventType.TurnStarted: return "turn_started";
        case LiveEventType.Text: return "text";
        case LiveEventType.Thought: return "thought";
        case LiveEventType.OutputTranscript: return "output_transcript";
        case LiveEventType.Audio: return "audio";
        case LiveEventType.Media: return "media";
        case LiveEventType.GenerationComplete: return "generation_complete";
        case LiveEventType.Interrupted: return "interrupted";
        case LiveEventType.TurnFinished: return "turn_finished";
        case LiveEventType.PlayoutFinished: return "playout_finished";
        case LiveEventType.ToolCall: return "tool_call";
        case LiveEventType.ToolCallsCancelled: return "tool_calls_cancelled";
        case LiveEventType.ReplyFailed: return "reply_failed";
        case LiveEventType.Usage: return "usage";
        case LiveEventType.TurnMetrics: return "turn_metrics";
        case LiveEventType.Grounding: return "grounding";
        case LiveEventType.Code: return "code";
        case LiveEventType.UrlContext: return "url_context";
        case LiveEventType.InteractionStatus: return "interaction_status";
        case LiveEventType.WaitingForInput: return "waiting_for_input";
        case LiveEventType.Stalled: return "stalled";
        case LiveEventType.Dropped: return "dropped";
        case LiveEventType.NotApplied: return "not_applied";
        case LiveEventType.Error: return "error";
        case LiveEventType.ServerMessage: return "server_message";
        case LiveEventType.Closed: return "closed";
        default: return null;
        }
    }

    // The fields that the class has, beside those of every event.
    public static string[] Fields(LiveEvent e)
    {
        switch (e.Type)
        {
        case LiveEventType.Connecting: return new[] { "attempt", "cause" };
        case LiveEventType.Connected: return new[] { "cause", "restored", "resent", "outage_ms", "session_id", "steps_ms" };
        case LiveEventType.Disconnected: return new[] { "close_code", "close_reason", "cause", "code", "message", "will_retry", "retry_in_ms", "attempt" };
        case LiveEventType.GoAway: return new[] { "time_left_ms", "plan" };
        case LiveEventType.ResumptionUpdated: return new[] { "resumable", "age_ms" };
        case LiveEventType.SpeechStarted: return new[] { "source", "offset_ms" };
        case LiveEventType.SpeechStopped: return new[] { "source", "offset_ms", "user_transcription" };
        case LiveEventType.InputTranscript: return new[] { "text", "transcript", "final", "interim", "correction", "words", "language", "speaker" };
        case LiveEventType.TurnStarted: return new[] { "trigger" };
        case LiveEventType.Text: return new[] { "text" };
        case LiveEventType.Thought: return new[] { "text" };
        case LiveEventType.OutputTranscript: return new[] { "text" };
        case LiveEventType.Audio: return new[] { "frames", "sample_rate", "channels", "offset_frames" };
        case LiveEventType.Media: return new[] { "mime_type", "bytes" };
        case LiveEventType.Interrupted: return new[] { "by", "heard_ms", "flushed_ms" };
        case LiveEventType.TurnFinished: return new[] { "reason", "server_reason", "heard_ms", "generated_ms", "transcript" };
        case LiveEventType.PlayoutFinished: return new[] { "heard_ms" };
        case LiveEventType.ToolCall: return new[] { "call", "name", "arguments", "behavior" };
        case LiveEventType.ToolCallsCancelled: return new[] { "calls", "origin" };
        case LiveEventType.ReplyFailed: return new[] { "reason", "message" };
        case LiveEventType.Usage: return new[] { "prompt_tokens", "response_tokens", "total_tokens", "cached_tokens", "thoughts_tokens", "tool_use_tokens", "by_modality", "session_totals" };
        case LiveEventType.TurnMetrics: return new[] { "first_byte_ms", "first_audio_ms", "generation_ms", "turn_ms", "tokens_per_second", "interrupted", "prompt_tokens", "response_tokens", "total_tokens", "cached_tokens", "thoughts_tokens", "tool_use_tokens" };
        case LiveEventType.Grounding: return new[] { "raw" };
        case LiveEventType.Code: return new[] { "raw" };
        case LiveEventType.UrlContext: return new[] { "raw" };
        case LiveEventType.InteractionStatus: return new[] { "value" };
        case LiveEventType.WaitingForInput: return new[] { "value" };
        case LiveEventType.Stalled: return new[] { "phase", "silent_ms" };
        case LiveEventType.Dropped: return new[] { "what", "amount", "unit" };
        case LiveEventType.NotApplied: return new[] { "what", "why" };
        case LiveEventType.Error: return new[] { "code", "message", "step", "call", "fatal", "retryable", "http_status", "close_code", "close_reason" };
        case LiveEventType.ServerMessage: return new[] { "raw" };
        case LiveEventType.Closed: return new[] { "reason", "code", "message", "totals" };
        default: return new string[0];
        }
    }

    private static bool Write(Connecting e, string field, LineWriter line)
    {
        switch (field)
        {
        case "attempt": return line.PutInt(e.Attempt);
        case "cause": return line.PutText(e.Cause);
        default: return false;
        }
    }

    private static bool Write(Connected e, string field, LineWriter line)
    {
        switch (field)
        {
        case "cause": return line.PutText(e.Cause);
        case "restored": return line.PutText(e.Restored);
        case "resent": return line.PutJson(e.Resent);
        case "outage_ms": return line.PutInt(e.OutageMs);
        case "session_id": return line.PutText(e.SessionId);
        case "steps_ms": return line.PutJson(e.StepsMs);
        default: return false;
        }
    }

    private static bool Write(Disconnected e, string field, LineWriter line)
    {
        switch (field)
        {
        case "close_code": return line.PutInt(e.CloseCode);
        case "close_reason": return line.PutText(e.CloseReason);
        case "cause": return line.PutText(e.Cause);
        case "code": return line.PutText(e.Code);
        case "message": return line.PutText(e.Message);
        case "will_retry": return line.PutBool(e.WillRetry);
        case "retry_in_ms": return line.PutInt(e.RetryInMs);
        case "attempt": return line.PutInt(e.Attempt);
        default: return false;
        }
    }

    private static bool Write(GoAway e, string field, LineWriter line)
    {
        switch (field)
        {
        case "time_left_ms": return line.PutInt(e.TimeLeftMs);
        case "plan": return line.PutText(e.Plan);
        default: return false;
        }
    }

    private static bool Write(ResumptionUpdated e, string field, LineWriter line)
    {
        switch (field)
        {
        case "resumable": return line.PutBool(e.Resumable);
        case "age_ms": return line.PutInt(e.AgeMs);
        default: return false;
        }
    }

    private static bool Write(SpeechStarted e, string field, LineWriter line)
    {
        switch (field)
        {
        case "source": return line.PutText(e.Source);
        case "offset_ms": return line.PutInt(e.OffsetMs);
        default: return false;
        }
    }

    private static bool Write(SpeechStopped e, string field, LineWriter line)
    {
        switch (field)
        {
        case "source": return line.PutText(e.Source);
        case "offset_ms": return line.PutInt(e.OffsetMs);
        case "user_transcription": return line.PutBool(e.UserTranscription);
        default: return false;
        }
    }

    private static bool Write(InputTranscript e, string field, LineWriter line)
    {
        switch (field)
        {
        case "text": return line.PutText(e.Text);
        case "transcript": return line.PutText(e.Transcript);
        case "final": return line.PutBool(e.Final);
        case "interim": return line.PutBool(e.Interim);
        case "correction": return e.Correction && line.PutBool(e.Correction);
        case "words": return line.PutJson(e.Words);
        case "language": return line.PutText(e.Language);
        case "speaker": return line.PutText(e.Speaker);
        default: return false;
        }
    }

    private static bool Write(TurnStarted e, string field, LineWriter line)
    {
        switch (field)
        {
        case "trigger": return line.PutText(e.Trigger);
        default: return false;
        }
    }

    private static bool Write(Text e, string field, LineWriter line)
    {
        switch (field)
        {
        case "text": return line.PutText(e.Value);
        default: return false;
        }
    }

    private static bool Write(Thought e, string field, LineWriter line)
    {
        switch (field)
        {
        case "text": return line.PutText(e.Text);
        default: return false;
        }
    }

    private static bool Write(OutputTranscript e, string field, LineWriter line)
    {
        switch (field)
        {
        case "text": return line.PutText(e.Text);
        default: return false;
        }
    }

    private static bool Write(Audio e, string field, LineWriter line)
    {
        switch (field)
        {
        case "frames": return line.PutInt(e.Frames);
        case "sample_rate": return line.PutInt(e.SampleRate);
        case "channels": return line.PutInt(e.Channels);
        case "offset_frames": return line.PutInt(e.OffsetFrames);
        default: return false;
        }
    }

    private static bool Write(Media e, string field, LineWriter line)
    {
        switch (field)
        {
        case "mime_type": return line.PutText(e.MimeType);
        case "bytes": return line.PutInt(e.Bytes);
        default: return false;
        }
    }

    private static bool Write(Interrupted e, string field, LineWriter line)
    {
        switch (field)
        {
        case "by": return line.PutText(e.By);
        case "heard_ms": return line.PutInt(e.HeardMs);
        case "flushed_ms": return line.PutInt(e.FlushedMs);
        default: return false;
        }
    }

    private static bool Write(TurnFinished e, string field, LineWriter line)
    {
        switch (field)
        {
        case "reason": return line.PutText(e.Reason);
        case "server_reason": return line.PutText(e.ServerReason);
        case "heard_ms": return line.PutInt(e.HeardMs);
        case "generated_ms": return line.PutInt(e.GeneratedMs);
        case "transcript": return line.PutText(e.Transcript);
        default: return false;
        }
    }

    private static bool Write(PlayoutFinished e, string field, LineWriter line)
    {
        switch (field)
        {
        case "heard_ms": return line.PutInt(e.HeardMs);
        default: return false;
        }
    }

    private static bool Write(ToolCall e, string field, LineWriter line)
    {
        switch (field)
        {
        case "call": return line.PutText(e.Call);
        case "name": return line.PutText(e.Name);
        case "arguments": return line.PutJson(e.Arguments);
        case "behavior": return line.PutText(e.Behavior);
        default: return false;
        }
    }

    private static bool Write(ToolCallsCancelled e, string field, LineWriter line)
    {
        switch (field)
        {
        case "calls": return line.PutJson(e.Calls);
        case "origin": return line.PutText(e.Origin);
        default: return false;
        }
    }

    private static bool Write(ReplyFailed e, string field, LineWriter line)
    {
        switch (field)
        {
        case "reason": return line.PutText(e.Reason);
        case "message": return line.PutText(e.Message);
        default: return false;
        }
    }

    private static bool Write(Usage e, string field, LineWriter line)
    {
        switch (field)
        {
        case "prompt_tokens": return line.PutInt(e.PromptTokens);
        case "response_tokens": return line.PutInt(e.ResponseTokens);
        case "total_tokens": return line.PutInt(e.TotalTokens);
        case "cached_tokens": return line.PutInt(e.CachedTokens);
        case "thoughts_tokens": return line.PutInt(e.ThoughtsTokens);
        case "tool_use_tokens": return line.PutInt(e.ToolUseTokens);
        case "by_modality": return line.PutJson(e.ByModality);
        case "session_totals": return line.PutJson(e.SessionTotals);
        default: return false;
        }
    }

    private static bool Write(TurnMetrics e, string field, LineWriter line)
    {
        switch (field)
        {
        case "first_byte_ms": return line.PutInt(e.FirstByteMs);
        case "first_audio_ms": return line.PutInt(e.FirstAudioMs);
        case "generation_ms": return line.PutInt(e.GenerationMs);
        case "turn_ms": return line.PutInt(e.TurnMs);
        case "tokens_per_second": return line.PutDouble(e.TokensPerSecond);
        case "interrupted": return line.PutBool(e.Interrupted);
        case "prompt_tokens": return line.PutInt(e.PromptTokens);
        case "response_tokens": return line.PutInt(e.ResponseTokens);
        case "total_tokens": return line.PutInt(e.TotalTokens);
        case "cached_tokens": return line.PutInt(e.CachedTokens);
        case "thoughts_tokens": return line.PutInt(e.ThoughtsTokens);
        case "tool_use_tokens": return line.PutInt(e.ToolUseTokens);
        default: return false;
        }
    }

    private static bool Write(Grounding e, string field, LineWriter line)
    {
        switch (field)
        {
        case "raw": return line.PutJson(e.Raw);
        default: return false;
        }
    }

    private static bool Write(Code e, string field, LineWriter line)
    {
        switch (field)
        {
        case "raw": return line.PutJson(e.Raw);
        default: return false;
        }
    }

    private static bool Write(UrlContext e, string field, LineWriter line)
    {
        switch (field)
        {
        case "raw": return line.PutJson(e.Raw);
        default: return false;
        }
    }

    private static bool Write(InteractionStatus e, string field, LineWriter line)
    {
        switch (field)
        {
        case "value": return line.PutText(e.Value);
        default: return false;
        }
    }

    private static bool Write(WaitingForInput e, string field, LineWriter line)
    {
        switch (field)
        {
        case "value": return line.PutBool(e.Value);
        default: return false;
        }
    }

    private static bool Write(Stalled e, string field, LineWriter line)
    {
        switch (field)
        {
        case "phase": return line.PutText(e.Phase);
        case "silent_ms": return line.PutInt(e.SilentMs);
        default: return false;
        }
    }

    private static bool Write(Dropped e, string field, LineWriter line)
    {
        switch (field)
        {
        case "what": return line.PutText(e.What);
        case "amount": return line.PutInt(e.Amount);
        case "unit": return line.PutText(e.Unit);
        default: return false;
        }
    }

    private static bool Write(NotApplied e, string field, LineWriter line)
    {
        switch (field)
        {
        case "what": return line.PutText(e.What);
        case "why": return line.PutText(e.Why);
        default: return false;
        }
    }

    private static bool Write(Error e, string field, LineWriter line)
    {
        switch (field)
        {
        case "code": return line.PutText(e.Code);
        case "message": return line.PutText(e.Message);
        case "step": return line.PutText(e.Step);
        case "call": return line.PutText(e.Call);
        case "fatal": return line.PutBool(e.Fatal);
        case "retryable": return line.PutBool(e.Retryable);
        case "http_status": return line.PutInt(e.HttpStatus);
        case "close_code": return line.PutInt(e.CloseCode);
        case "close_reason": return line.PutText(e.CloseReason);
        default: return false;
        }
    }

    private static bool Write(ServerMessage e, string field, LineWriter line)
    {
        switch (field)
        {
        case "raw": return line.PutJson(e.Raw);
        default: return false;
        }
    }

    private static bool Write(Closed e, string field, LineWriter line)
    {
        switch (field)
        {
        case "reason": return line.PutText(e.Reason);
        case "code": return line.PutText(e.Code);
        case "message": return line.PutText(e.Message);
        case "totals": return line.PutJson(e.Totals);
        default: return false;
        }
    }
}
