// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;
import java.util.OptionalLong;

/** The turn was cut; the playout is already empty. */
public final class Interrupted extends LiveEvent {
    private final long turn;
    private final String by;
    private final long heardMs;
    private final long flushedMs;

    Interrupted(NativeEvent event) {
        super(event);
        turn = event.turn();
        by = event.text(FieldNames.BY);
        heardMs = event.optionalInteger(FieldNames.HEARD_MS);
        flushedMs = event.optionalInteger(FieldNames.FLUSHED_MS);
    }

    @Override
    public String type() {
        return "interrupted";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** server or application. */
    public String by() {
        return by;
    }

    /** How much of the turn was heard; absent when playout is off. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong heardMs() {
        return optional(heardMs);
    }

    /** How much was thrown away unheard; absent when playout is off. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong flushedMs() {
        return optional(flushedMs);
    }
}
