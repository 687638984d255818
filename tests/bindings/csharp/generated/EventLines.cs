// Written by scripts/make_bindings.py. Do not edit.

using Gemlive;

internal static class EventLines
{
    // Writes what the class has under the name of the field; false when it has no such field.
    public static bool Write(LiveEvent e, string field, LineWriter line)
    {
        switch (e)
        {
        case Connecting own:
            switch (field)
            {
            case "attempt": return line.Int(own.Attempt);
            case "cause": return line.Text(own.Cause);
            default: return false;
            }
        case Connected own:
            switch (field)
            {
            case "cause": return line.Text(own.Cause);
            case "restored": return line.Text(own.Restored);
            case "resent": return line.Json(own.Resent);
            case "outage_ms": return line.Int(own.OutageMs);
            case "session_id": return line.Text(own.SessionId);
            case "steps_ms": return line.Json(own.StepsMs);
            default: return false;
            }
        case Disconnected own:
            switch (field)
            {
            case "close_code": return line.Int(own.CloseCode);
            case "close_reason": return line.Text(own.CloseReason);
            case "cause": return line.Text(own.Cause);
            case "will_retry": return line.Bool(own.WillRetry);
            case "retry_in_ms": return line.Int(own.RetryInMs);
            case "attempt": return line.Int(own.Attempt);
            default: return false;
            }
        case GoAway own:
            switch (field)
            {
            case "time_left_ms": return line.Int(own.TimeLeftMs);
            case "plan": return line.Text(own.Plan);
            default: return false;
            }
        case ResumptionUpdated own:
            switch (field)
            {
            case "resumable": return line.Bool(own.Resumable);
            case "age_ms": return line.Int(own.AgeMs);
            default: return false;
            }
        case SpeechStarted own:
            switch (field)
            {
            case "source": return line.Text(own.Source);
            case "offset_ms": return line.Int(own.OffsetMs);
            default: return false;
            }
        case SpeechStopped own:
            switch (field)
            {
            case "source": return line.Text(own.Source);
            case "offset_ms": return line.Int(own.OffsetMs);
            default: return false;
            }
        case InputTranscript own:
            switch (field)
            {
            case "text": return line.Text(own.Text);
            case "transcript": return line.Text(own.Transcript);
            case "final": return line.Bool(own.Final);
            case "interim": return line.Bool(own.Interim);
            default: return false;
            }
        case TurnStarted own:
            switch (field)
            {
            case "trigger": return line.Text(own.Trigger);
            default: return false;
            }
        case Text own:
            switch (field)
            {
            case "text": return line.Text(own.Value);
            default: return false;
            }
        case Thought own:
            switch (field)
            {
            case "text": return line.Text(own.Text);
            default: return false;
            }
        case OutputTranscript own:
            switch (field)
            {
            case "text": return line.Text(own.Text);
            default: return false;
            }
        case Audio own:
            switch (field)
            {
            case "frames": return line.Int(own.Frames);
            case "sample_rate": return line.Int(own.SampleRate);
            case "channels": return line.Int(own.Channels);
            case "offset_frames": return line.Int(own.OffsetFrames);
            default: return false;
            }
        case Media own:
            switch (field)
            {
            case "mime_type": return line.Text(own.MimeType);
            case "bytes": return line.Int(own.Bytes);
            default: return false;
            }
        case GenerationComplete own:
            switch (field)
            {
            default: return false;
            }
        case Interrupted own:
            switch (field)
            {
            case "by": return line.Text(own.By);
            case "heard_ms": return line.Int(own.HeardMs);
            case "flushed_ms": return line.Int(own.FlushedMs);
            default: return false;
            }
        case TurnFinished own:
            switch (field)
            {
            case "reason": return line.Text(own.Reason);
            case "server_reason": return line.Text(own.ServerReason);
            case "heard_ms": return line.Int(own.HeardMs);
            case "generated_ms": return line.Int(own.GeneratedMs);
            case "transcript": return line.Text(own.Transcript);
            default: return false;
            }
        case PlayoutFinished own:
            switch (field)
            {
            case "heard_ms": return line.Int(own.HeardMs);
            default: return false;
            }
        case ToolCall own:
            switch (field)
            {
            case "call": return line.Text(own.Call);
            case "name": return line.Text(own.Name);
            case "arguments": return line.Json(own.Arguments);
            case "behavior": return line.Text(own.Behavior);
            default: return false;
            }
        case ToolCallsCancelled own:
            switch (field)
            {
            case "calls": return line.Json(own.Calls);
            case "origin": return line.Text(own.Origin);
            default: return false;
            }
        case ReplyFailed own:
            switch (field)
            {
            case "reason": return line.Text(own.Reason);
            case "message": return line.Text(own.Message);
            default: return false;
            }
        case Usage own:
            switch (field)
            {
            case "prompt_tokens": return line.Int(own.PromptTokens);
            case "response_tokens": return line.Int(own.ResponseTokens);
            case "total_tokens": return line.Int(own.TotalTokens);
            case "cached_tokens": return line.Int(own.CachedTokens);
            case "thoughts_tokens": return line.Int(own.ThoughtsTokens);
            case "tool_use_tokens": return line.Int(own.ToolUseTokens);
            case "by_modality": return line.Json(own.ByModality);
            case "session_totals": return line.Json(own.SessionTotals);
            default: return false;
            }
        case TurnMetrics own:
            switch (field)
            {
            case "first_byte_ms": return line.Int(own.FirstByteMs);
            case "first_audio_ms": return line.Int(own.FirstAudioMs);
            case "generation_ms": return line.Int(own.GenerationMs);
            case "turn_ms": return line.Int(own.TurnMs);
            case "tokens_per_second": return line.Double(own.TokensPerSecond);
            case "interrupted": return line.Bool(own.Interrupted);
            default: return false;
            }
        case Grounding own:
            switch (field)
            {
            case "raw": return line.Json(own.Raw);
            default: return false;
            }
        case Code own:
            switch (field)
            {
            case "raw": return line.Json(own.Raw);
            default: return false;
            }
        case UrlContext own:
            switch (field)
            {
            case "raw": return line.Json(own.Raw);
            default: return false;
            }
        case InteractionStatus own:
            switch (field)
            {
            case "value": return line.Text(own.Value);
            default: return false;
            }
        case WaitingForInput own:
            switch (field)
            {
            case "value": return line.Bool(own.Value);
            default: return false;
            }
        case Stalled own:
            switch (field)
            {
            case "phase": return line.Text(own.Phase);
            case "silent_ms": return line.Int(own.SilentMs);
            default: return false;
            }
        case Dropped own:
            switch (field)
            {
            case "what": return line.Text(own.What);
            case "amount": return line.Int(own.Amount);
            case "unit": return line.Text(own.Unit);
            default: return false;
            }
        case NotApplied own:
            switch (field)
            {
            case "what": return line.Text(own.What);
            case "why": return line.Text(own.Why);
            default: return false;
            }
        case Error own:
            switch (field)
            {
            case "code": return line.Text(own.Code);
            case "message": return line.Text(own.Message);
            case "step": return line.Text(own.Step);
            case "fatal": return line.Bool(own.Fatal);
            case "retryable": return line.Bool(own.Retryable);
            case "http_status": return line.Int(own.HttpStatus);
            case "close_code": return line.Int(own.CloseCode);
            case "close_reason": return line.Text(own.CloseReason);
            default: return false;
            }
        case ServerMessage own:
            switch (field)
            {
            case "raw": return line.Json(own.Raw);
            default: return false;
            }
        case Closed own:
            switch (field)
            {
            case "reason": return line.Text(own.Reason);
            case "code": return line.Text(own.Code);
            case "message": return line.Text(own.Message);
            case "totals": return line.Json(own.Totals);
            default: return false;
            }
        default: return false;
        }
    }

    // The fields that the class has a value for, beside those of every event.
    public static string[] Fields(LiveEvent e)
    {
        switch (e)
        {
        case Connecting _: return new string[] { "attempt", "cause" };
        case Connected _: return new string[] { "cause", "restored", "resent", "outage_ms", "session_id", "steps_ms" };
        case Disconnected _: return new string[] { "close_code", "close_reason", "cause", "will_retry", "retry_in_ms", "attempt" };
        case GoAway _: return new string[] { "time_left_ms", "plan" };
        case ResumptionUpdated _: return new string[] { "resumable", "age_ms" };
        case SpeechStarted _: return new string[] { "source", "offset_ms" };
        case SpeechStopped _: return new string[] { "source", "offset_ms" };
        case InputTranscript _: return new string[] { "text", "transcript", "final", "interim" };
        case TurnStarted _: return new string[] { "trigger" };
        case Text _: return new string[] { "text" };
        case Thought _: return new string[] { "text" };
        case OutputTranscript _: return new string[] { "text" };
        case Audio _: return new string[] { "frames", "sample_rate", "channels", "offset_frames" };
        case Media _: return new string[] { "mime_type", "bytes" };
        case GenerationComplete _: return new string[] { };
        case Interrupted _: return new string[] { "by", "heard_ms", "flushed_ms" };
        case TurnFinished _: return new string[] { "reason", "server_reason", "heard_ms", "generated_ms", "transcript" };
        case PlayoutFinished _: return new string[] { "heard_ms" };
        case ToolCall _: return new string[] { "call", "name", "arguments", "behavior" };
        case ToolCallsCancelled _: return new string[] { "calls", "origin" };
        case ReplyFailed _: return new string[] { "reason", "message" };
        case Usage _: return new string[] { "prompt_tokens", "response_tokens", "total_tokens", "cached_tokens", "thoughts_tokens", "tool_use_tokens", "by_modality", "session_totals" };
        case TurnMetrics _: return new string[] { "first_byte_ms", "first_audio_ms", "generation_ms", "turn_ms", "tokens_per_second", "interrupted" };
        case Grounding _: return new string[] { "raw" };
        case Code _: return new string[] { "raw" };
        case UrlContext _: return new string[] { "raw" };
        case InteractionStatus _: return new string[] { "value" };
        case WaitingForInput _: return new string[] { "value" };
        case Stalled _: return new string[] { "phase", "silent_ms" };
        case Dropped _: return new string[] { "what", "amount", "unit" };
        case NotApplied _: return new string[] { "what", "why" };
        case Error _: return new string[] { "code", "message", "step", "fatal", "retryable", "http_status", "close_code", "close_reason" };
        case ServerMessage _: return new string[] { "raw" };
        case Closed _: return new string[] { "reason", "code", "message", "totals" };
        default: return new string[0];
        }
    }
}
