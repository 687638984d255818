// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;
import java.util.Optional;
import java.util.OptionalLong;

/** The end of a turn: once for every turn_started. */
public final class TurnFinished extends LiveEvent {
    private final long turn;
    private final long request;
    private final String reason;
    private final String serverReason;
    private final long heardMs;
    private final long generatedMs;
    private final String transcript;

    TurnFinished(NativeEvent event) {
        super(event);
        turn = event.turn();
        request = event.request();
        reason = event.text(FieldNames.REASON);
        serverReason = event.optionalText(FieldNames.SERVER_REASON);
        heardMs = event.optionalInteger(FieldNames.HEARD_MS);
        generatedMs = event.integer(FieldNames.GENERATED_MS);
        transcript = event.text(FieldNames.TRANSCRIPT);
    }

    @Override
    public String type() {
        return "turn_finished";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** The request it answers. From 1; 0: none. */
    public long request() {
        return request;
    }

    /** completed, interrupted, cancelled, lost, stalled or closed. */
    public String reason() {
        return reason;
    }

    /** The server's own word for it. Empty: unknown, or there is none. */
    public Optional<String> serverReason() {
        return optional(serverReason);
    }

    /** How much of the turn was heard; absent when playout is off. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong heardMs() {
        return optional(heardMs);
    }

    /** How much audio the model made. In milliseconds. */
    public long generatedMs() {
        return generatedMs;
    }

    /** All that was said, or written, in the turn. */
    public String transcript() {
        return transcript;
    }
}
