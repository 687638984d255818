// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.runner;

import dev.gemlive.event.Audio;
import dev.gemlive.event.Closed;
import dev.gemlive.event.Code;
import dev.gemlive.event.Connected;
import dev.gemlive.event.Connecting;
import dev.gemlive.event.Disconnected;
import dev.gemlive.event.Dropped;
import dev.gemlive.event.ErrorEvent;
import dev.gemlive.event.GenerationComplete;
import dev.gemlive.event.GoAway;
import dev.gemlive.event.Grounding;
import dev.gemlive.event.InputTranscript;
import dev.gemlive.event.InteractionStatus;
import dev.gemlive.event.Interrupted;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.Media;
import dev.gemlive.event.NotApplied;
import dev.gemlive.event.OutputTranscript;
import dev.gemlive.event.PlayoutFinished;
import dev.gemlive.event.ReplyFailed;
import dev.gemlive.event.ResumptionUpdated;
import dev.gemlive.event.ServerMessage;
import dev.gemlive.event.SpeechStarted;
import dev.gemlive.event.SpeechStopped;
import dev.gemlive.event.Stalled;
import dev.gemlive.event.Text;
import dev.gemlive.event.Thought;
import dev.gemlive.event.ToolCall;
import dev.gemlive.event.ToolCallsCancelled;
import dev.gemlive.event.TurnFinished;
import dev.gemlive.event.TurnMetrics;
import dev.gemlive.event.TurnStarted;
import dev.gemlive.event.UrlContext;
import dev.gemlive.event.Usage;
import dev.gemlive.event.WaitingForInput;

/** Puts the fields of an event's class on its line. */
final class EventFields {
    static void put(LiveEvent any, EventLine line) {
        switch (any.type()) {
            case "connecting":
                put((Connecting) any, line);
                break;
            case "connected":
                put((Connected) any, line);
                break;
            case "disconnected":
                put((Disconnected) any, line);
                break;
            case "go_away":
                put((GoAway) any, line);
                break;
            case "resumption_updated":
                put((ResumptionUpdated) any, line);
                break;
            case "speech_started":
                put((SpeechStarted) any, line);
                break;
            case "speech_stopped":
                put((SpeechStopped) any, line);
                break;
            case "input_transcript":
                put((InputTranscript) any, line);
                break;
            case "turn_started":
                put((TurnStarted) any, line);
                break;
            case "text":
                put((Text) any, line);
                break;
            case "thought":
                put((Thought) any, line);
                break;
            case "output_transcript":
                put((OutputTranscript) any, line);
                break;
            case "audio":
                put((Audio) any, line);
                break;
            case "media":
                put((Media) any, line);
                break;
            case "generation_complete":
                put((GenerationComplete) any, line);
                break;
            case "interrupted":
                put((Interrupted) any, line);
                break;
            case "turn_finished":
                put((TurnFinished) any, line);
                break;
            case "playout_finished":
                put((PlayoutFinished) any, line);
                break;
            case "tool_call":
                put((ToolCall) any, line);
                break;
            case "tool_calls_cancelled":
                put((ToolCallsCancelled) any, line);
                break;
            case "reply_failed":
                put((ReplyFailed) any, line);
                break;
            case "usage":
                put((Usage) any, line);
                break;
            case "turn_metrics":
                put((TurnMetrics) any, line);
                break;
            case "grounding":
                put((Grounding) any, line);
                break;
            case "code":
                put((Code) any, line);
                break;
            case "url_context":
                put((UrlContext) any, line);
                break;
            case "interaction_status":
                put((InteractionStatus) any, line);
                break;
            case "waiting_for_input":
                put((WaitingForInput) any, line);
                break;
            case "stalled":
                put((Stalled) any, line);
                break;
            case "dropped":
                put((Dropped) any, line);
                break;
            case "not_applied":
                put((NotApplied) any, line);
                break;
            case "error":
                put((ErrorEvent) any, line);
                break;
            case "server_message":
                put((ServerMessage) any, line);
                break;
            case "closed":
                put((Closed) any, line);
                break;
            default:
                break;
        }
    }

    private static void put(Connecting event, EventLine line) {
        line.number("attempt", event.attempt());
        line.text("cause", event.cause());
    }

    private static void put(Connected event, EventLine line) {
        line.text("cause", event.cause());
        line.text("restored", event.restored());
        line.json("resent", event.resent());
        event.outageMs().ifPresent(value -> line.number("outage_ms", value));
        event.sessionId().ifPresent(value -> line.text("session_id", value));
        line.json("steps_ms", event.stepsMs());
    }

    private static void put(Disconnected event, EventLine line) {
        line.number("close_code", event.closeCode());
        line.text("close_reason", event.closeReason());
        line.text("cause", event.cause());
        line.text("code", event.code());
        line.text("message", event.message());
        line.flag("will_retry", event.willRetry());
        line.number("retry_in_ms", event.retryInMs());
        line.number("attempt", event.attempt());
    }

    private static void put(GoAway event, EventLine line) {
        line.number("time_left_ms", event.timeLeftMs());
        line.text("plan", event.plan());
    }

    private static void put(ResumptionUpdated event, EventLine line) {
        line.flag("resumable", event.resumable());
        line.number("age_ms", event.ageMs());
    }

    private static void put(SpeechStarted event, EventLine line) {
        line.id("utterance", event.utterance());
        line.text("source", event.source());
        event.offsetMs().ifPresent(value -> line.number("offset_ms", value));
    }

    private static void put(SpeechStopped event, EventLine line) {
        line.id("utterance", event.utterance());
        line.text("source", event.source());
        event.offsetMs().ifPresent(value -> line.number("offset_ms", value));
        line.flag("user_transcription", event.userTranscription());
    }

    private static void put(InputTranscript event, EventLine line) {
        line.id("utterance", event.utterance());
        line.text("text", event.text());
        line.text("transcript", event.transcript());
        line.flag("final", event.isFinal());
        line.flag("interim", event.interim());
        if (event.correction()) {
            line.flag("correction", true);
        }
        event.words().ifPresent(value -> line.json("words", value));
        event.language().ifPresent(value -> line.text("language", value));
        event.speaker().ifPresent(value -> line.text("speaker", value));
    }

    private static void put(TurnStarted event, EventLine line) {
        line.id("turn", event.turn());
        line.text("trigger", event.trigger());
        line.id("request", event.request());
        line.id("utterance", event.utterance());
    }

    private static void put(Text event, EventLine line) {
        line.id("turn", event.turn());
        line.text("text", event.text());
    }

    private static void put(Thought event, EventLine line) {
        line.id("turn", event.turn());
        line.text("text", event.text());
    }

    private static void put(OutputTranscript event, EventLine line) {
        line.id("turn", event.turn());
        line.text("text", event.text());
    }

    private static void put(Audio event, EventLine line) {
        line.id("turn", event.turn());
        line.number("frames", event.frames());
        line.number("sample_rate", event.sampleRate());
        line.number("channels", event.channels());
        line.number("offset_frames", event.offsetFrames());
    }

    private static void put(Media event, EventLine line) {
        line.id("turn", event.turn());
        line.text("mime_type", event.mimeType());
        line.number("bytes", event.bytes());
    }

    private static void put(GenerationComplete event, EventLine line) {
        line.id("turn", event.turn());
    }

    private static void put(Interrupted event, EventLine line) {
        line.id("turn", event.turn());
        line.text("by", event.by());
        event.heardMs().ifPresent(value -> line.number("heard_ms", value));
        event.flushedMs().ifPresent(value -> line.number("flushed_ms", value));
    }

    private static void put(TurnFinished event, EventLine line) {
        line.id("turn", event.turn());
        line.id("request", event.request());
        line.text("reason", event.reason());
        event.serverReason().ifPresent(value -> line.text("server_reason", value));
        event.heardMs().ifPresent(value -> line.number("heard_ms", value));
        line.number("generated_ms", event.generatedMs());
        line.text("transcript", event.transcript());
    }

    private static void put(PlayoutFinished event, EventLine line) {
        line.id("turn", event.turn());
        line.number("heard_ms", event.heardMs());
    }

    private static void put(ToolCall event, EventLine line) {
        line.id("turn", event.turn());
        line.text("call", event.call());
        line.text("name", event.name());
        line.json("arguments", event.arguments());
        event.behavior().ifPresent(value -> line.text("behavior", value));
    }

    private static void put(ToolCallsCancelled event, EventLine line) {
        line.id("turn", event.turn());
        line.json("calls", event.calls());
        line.text("origin", event.origin());
    }

    private static void put(ReplyFailed event, EventLine line) {
        line.id("request", event.request());
        line.text("reason", event.reason());
        line.text("message", event.message());
    }

    private static void put(Usage event, EventLine line) {
        line.id("turn", event.turn());
        line.number("prompt_tokens", event.promptTokens());
        line.number("response_tokens", event.responseTokens());
        line.number("total_tokens", event.totalTokens());
        line.number("cached_tokens", event.cachedTokens());
        line.number("thoughts_tokens", event.thoughtsTokens());
        line.number("tool_use_tokens", event.toolUseTokens());
        line.json("by_modality", event.byModality());
        line.json("session_totals", event.sessionTotals());
    }

    private static void put(TurnMetrics event, EventLine line) {
        line.id("turn", event.turn());
        line.id("request", event.request());
        event.firstByteMs().ifPresent(value -> line.number("first_byte_ms", value));
        event.firstAudioMs().ifPresent(value -> line.number("first_audio_ms", value));
        event.generationMs().ifPresent(value -> line.number("generation_ms", value));
        event.turnMs().ifPresent(value -> line.number("turn_ms", value));
        event.tokensPerSecond().ifPresent(value -> line.number("tokens_per_second", value));
        line.flag("interrupted", event.interrupted());
        event.promptTokens().ifPresent(value -> line.number("prompt_tokens", value));
        event.responseTokens().ifPresent(value -> line.number("response_tokens", value));
        event.totalTokens().ifPresent(value -> line.number("total_tokens", value));
        event.cachedTokens().ifPresent(value -> line.number("cached_tokens", value));
        event.thoughtsTokens().ifPresent(value -> line.number("thoughts_tokens", value));
        event.toolUseTokens().ifPresent(value -> line.number("tool_use_tokens", value));
    }

    private static void put(Grounding event, EventLine line) {
        line.id("turn", event.turn());
        line.json("raw", event.raw());
    }

    private static void put(Code event, EventLine line) {
        line.id("turn", event.turn());
        line.json("raw", event.raw());
    }

    private static void put(UrlContext event, EventLine line) {
        line.id("turn", event.turn());
        line.json("raw", event.raw());
    }

    private static void put(InteractionStatus event, EventLine line) {
        line.id("turn", event.turn());
        line.text("value", event.value());
    }

    private static void put(WaitingForInput event, EventLine line) {
        line.id("turn", event.turn());
        line.flag("value", event.value());
    }

    private static void put(Stalled event, EventLine line) {
        line.id("turn", event.turn());
        line.text("phase", event.phase());
        line.number("silent_ms", event.silentMs());
    }

    private static void put(Dropped event, EventLine line) {
        line.id("turn", event.turn());
        line.text("what", event.what());
        line.number("amount", event.amount());
        line.text("unit", event.unit());
    }

    private static void put(NotApplied event, EventLine line) {
        line.text("what", event.what());
        line.text("why", event.why());
    }

    private static void put(ErrorEvent event, EventLine line) {
        line.id("turn", event.turn());
        line.text("code", event.code());
        line.text("message", event.message());
        event.step().ifPresent(value -> line.text("step", value));
        event.call().ifPresent(value -> line.text("call", value));
        line.flag("fatal", event.fatal());
        line.flag("retryable", event.retryable());
        event.httpStatus().ifPresent(value -> line.number("http_status", value));
        event.closeCode().ifPresent(value -> line.number("close_code", value));
        event.closeReason().ifPresent(value -> line.text("close_reason", value));
    }

    private static void put(ServerMessage event, EventLine line) {
        line.json("raw", event.raw());
    }

    private static void put(Closed event, EventLine line) {
        line.text("reason", event.reason());
        line.text("code", event.code());
        line.text("message", event.message());
        line.json("totals", event.totals());
    }

    private EventFields() {}
}
