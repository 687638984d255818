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

/**
 * Gets the events of a session, one at a time and in order, on the executor that the session was started with.
 * For each event {@link #onEvent} is called first, then the method of its class. What a method throws goes to the
 * thread's uncaught exception handler; the next event comes all the same.
 */
public interface LiveListener {
    /** Every event, before the method of its class. */
    default void onEvent(LiveEvent event) {}

    /** Before every dial. */
    default void onConnecting(Connecting event) {}

    /** The server has accepted the setup. */
    default void onConnected(Connected event) {}

    /** A connection that was up has ended, and we did not ask for it. */
    default void onDisconnected(Disconnected event) {}

    /** The server says that it will end the connection. */
    default void onGoAway(GoAway event) {}

    /** There is a new handle to resume with, or none any more. */
    default void onResumptionUpdated(ResumptionUpdated event) {}

    /** The user began to speak. */
    default void onSpeechStarted(SpeechStarted event) {}

    /** The user stopped. */
    default void onSpeechStopped(SpeechStopped event) {}

    /** The user's words. */
    default void onInputTranscript(InputTranscript event) {}

    /** The first output of a turn. */
    default void onTurnStarted(TurnStarted event) {}

    /** The model writes. */
    default void onText(Text event) {}

    /** The model thinks aloud. */
    default void onThought(Thought event) {}

    /** The words of the model's voice. */
    default void onOutputTranscript(OutputTranscript event) {}

    /** A piece of the model's voice. */
    default void onAudio(Audio event) {}

    /** Inline data that is not audio. */
    default void onMedia(Media event) {}

    /** The model has made all of this turn; it may still be playing. */
    default void onGenerationComplete(GenerationComplete event) {}

    /** The turn was cut; the playout is already empty. */
    default void onInterrupted(Interrupted event) {}

    /** The end of a turn: once for every turn_started. */
    default void onTurnFinished(TurnFinished event) {}

    /** The last sample of the turn was pulled. */
    default void onPlayoutFinished(PlayoutFinished event) {}

    /** The model wants a function called. */
    default void onToolCall(ToolCall event) {}

    /** These calls need no answer any more; an answer is refused. */
    default void onToolCallsCancelled(ToolCallsCancelled event) {}

    /** A request ended without a turn. */
    default void onReplyFailed(ReplyFailed event) {}

    /** The server counted tokens. */
    default void onUsage(Usage event) {}

    /** How fast a turn was; after turn_finished. */
    default void onTurnMetrics(TurnMetrics event) {}

    /** What the server searched and found. */
    default void onGrounding(Grounding event) {}

    /** Code that the server wrote or ran. */
    default void onCode(Code event) {}

    /** Pages that the server read. */
    default void onUrlContext(UrlContext event) {}

    /** A status of newer models. */
    default void onInteractionStatus(InteractionStatus event) {}

    /** A signal of newer models. */
    default void onWaitingForInput(WaitingForInput event) {}

    /** The server has been silent for too long. */
    default void onStalled(Stalled event) {}

    /** Something was lost on our side; every loss is counted. */
    default void onDropped(Dropped event) {}

    /** This model or service cannot take a part of what was given. */
    default void onNotApplied(NotApplied event) {}

    /** Something failed outside of a call. */
    default void onError(ErrorEvent event) {}

    /** The server said something that this version does not know. */
    default void onServerMessage(ServerMessage event) {}

    /** The last event, exactly once. */
    default void onClosed(Closed event) {}

    /** An event that is newer than this library. */
    default void onUnknown(UnknownEvent event) {}
}
