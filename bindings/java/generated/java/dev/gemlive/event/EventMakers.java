// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeConstants;
import dev.gemlive.internal.NativeEvent;

/** The class for each type of event. */
final class EventMakers {
    static LiveEvent make(NativeEvent event) {
        switch (event.type()) {
            case NativeConstants.GEMLIVE_EVENT_CONNECTING:
                return new Connecting(event);
            case NativeConstants.GEMLIVE_EVENT_CONNECTED:
                return new Connected(event);
            case NativeConstants.GEMLIVE_EVENT_DISCONNECTED:
                return new Disconnected(event);
            case NativeConstants.GEMLIVE_EVENT_GO_AWAY:
                return new GoAway(event);
            case NativeConstants.GEMLIVE_EVENT_RESUMPTION_UPDATED:
                return new ResumptionUpdated(event);
            case NativeConstants.GEMLIVE_EVENT_SPEECH_STARTED:
                return new SpeechStarted(event);
            case NativeConstants.GEMLIVE_EVENT_SPEECH_STOPPED:
                return new SpeechStopped(event);
            case NativeConstants.GEMLIVE_EVENT_INPUT_TRANSCRIPT:
                return new InputTranscript(event);
            case NativeConstants.GEMLIVE_EVENT_TURN_STARTED:
                return new TurnStarted(event);
            case NativeConstants.GEMLIVE_EVENT_TEXT:
                return new Text(event);
            case NativeConstants.GEMLIVE_EVENT_THOUGHT:
                return new Thought(event);
            case NativeConstants.GEMLIVE_EVENT_OUTPUT_TRANSCRIPT:
                return new OutputTranscript(event);
            case NativeConstants.GEMLIVE_EVENT_AUDIO:
                return new Audio(event);
            case NativeConstants.GEMLIVE_EVENT_MEDIA:
                return new Media(event);
            case NativeConstants.GEMLIVE_EVENT_GENERATION_COMPLETE:
                return new GenerationComplete(event);
            case NativeConstants.GEMLIVE_EVENT_INTERRUPTED:
                return new Interrupted(event);
            case NativeConstants.GEMLIVE_EVENT_TURN_FINISHED:
                return new TurnFinished(event);
            case NativeConstants.GEMLIVE_EVENT_PLAYOUT_FINISHED:
                return new PlayoutFinished(event);
            case NativeConstants.GEMLIVE_EVENT_TOOL_CALL:
                return new ToolCall(event);
            case NativeConstants.GEMLIVE_EVENT_TOOL_CALLS_CANCELLED:
                return new ToolCallsCancelled(event);
            case NativeConstants.GEMLIVE_EVENT_REPLY_FAILED:
                return new ReplyFailed(event);
            case NativeConstants.GEMLIVE_EVENT_USAGE:
                return new Usage(event);
            case NativeConstants.GEMLIVE_EVENT_TURN_METRICS:
                return new TurnMetrics(event);
            case NativeConstants.GEMLIVE_EVENT_GROUNDING:
                return new Grounding(event);
            case NativeConstants.GEMLIVE_EVENT_CODE:
                return new Code(event);
            case NativeConstants.GEMLIVE_EVENT_URL_CONTEXT:
                return new UrlContext(event);
            case NativeConstants.GEMLIVE_EVENT_INTERACTION_STATUS:
                return new InteractionStatus(event);
            case NativeConstants.GEMLIVE_EVENT_WAITING_FOR_INPUT:
                return new WaitingForInput(event);
            case NativeConstants.GEMLIVE_EVENT_STALLED:
                return new Stalled(event);
            case NativeConstants.GEMLIVE_EVENT_DROPPED:
                return new Dropped(event);
            case NativeConstants.GEMLIVE_EVENT_NOT_APPLIED:
                return new NotApplied(event);
            case NativeConstants.GEMLIVE_EVENT_ERROR:
                return new ErrorEvent(event);
            case NativeConstants.GEMLIVE_EVENT_SERVER_MESSAGE:
                return new ServerMessage(event);
            case NativeConstants.GEMLIVE_EVENT_CLOSED:
                return new Closed(event);
            default:
                return new UnknownEvent(event);
        }
    }

    private EventMakers() {}
}
