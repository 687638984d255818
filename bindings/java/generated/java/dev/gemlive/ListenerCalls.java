// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive;

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
import dev.gemlive.event.UnknownEvent;
import dev.gemlive.event.UrlContext;
import dev.gemlive.event.Usage;
import dev.gemlive.event.WaitingForInput;

/** Finds the listener's method for an event. */
final class ListenerCalls {
    static void call(LiveListener listener, LiveEvent event) {
        switch (event.type()) {
            case "connecting":
                listener.onConnecting((Connecting) event);
                break;
            case "connected":
                listener.onConnected((Connected) event);
                break;
            case "disconnected":
                listener.onDisconnected((Disconnected) event);
                break;
            case "go_away":
                listener.onGoAway((GoAway) event);
                break;
            case "resumption_updated":
                listener.onResumptionUpdated((ResumptionUpdated) event);
                break;
            case "speech_started":
                listener.onSpeechStarted((SpeechStarted) event);
                break;
            case "speech_stopped":
                listener.onSpeechStopped((SpeechStopped) event);
                break;
            case "input_transcript":
                listener.onInputTranscript((InputTranscript) event);
                break;
            case "turn_started":
                listener.onTurnStarted((TurnStarted) event);
                break;
            case "text":
                listener.onText((Text) event);
                break;
            case "thought":
                listener.onThought((Thought) event);
                break;
            case "output_transcript":
                listener.onOutputTranscript((OutputTranscript) event);
                break;
            case "audio":
                listener.onAudio((Audio) event);
                break;
            case "media":
                listener.onMedia((Media) event);
                break;
            case "generation_complete":
                listener.onGenerationComplete((GenerationComplete) event);
                break;
            case "interrupted":
                listener.onInterrupted((Interrupted) event);
                break;
            case "turn_finished":
                listener.onTurnFinished((TurnFinished) event);
                break;
            case "playout_finished":
                listener.onPlayoutFinished((PlayoutFinished) event);
                break;
            case "tool_call":
                listener.onToolCall((ToolCall) event);
                break;
            case "tool_calls_cancelled":
                listener.onToolCallsCancelled((ToolCallsCancelled) event);
                break;
            case "reply_failed":
                listener.onReplyFailed((ReplyFailed) event);
                break;
            case "usage":
                listener.onUsage((Usage) event);
                break;
            case "turn_metrics":
                listener.onTurnMetrics((TurnMetrics) event);
                break;
            case "grounding":
                listener.onGrounding((Grounding) event);
                break;
            case "code":
                listener.onCode((Code) event);
                break;
            case "url_context":
                listener.onUrlContext((UrlContext) event);
                break;
            case "interaction_status":
                listener.onInteractionStatus((InteractionStatus) event);
                break;
            case "waiting_for_input":
                listener.onWaitingForInput((WaitingForInput) event);
                break;
            case "stalled":
                listener.onStalled((Stalled) event);
                break;
            case "dropped":
                listener.onDropped((Dropped) event);
                break;
            case "not_applied":
                listener.onNotApplied((NotApplied) event);
                break;
            case "error":
                listener.onError((ErrorEvent) event);
                break;
            case "server_message":
                listener.onServerMessage((ServerMessage) event);
                break;
            case "closed":
                listener.onClosed((Closed) event);
                break;
            default:
                listener.onUnknown((UnknownEvent) event);
                break;
        }
    }

    private ListenerCalls() {}
}
