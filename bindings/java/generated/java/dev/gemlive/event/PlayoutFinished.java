// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The last sample of the turn was pulled. */
public final class PlayoutFinished extends LiveEvent {
    private final long turn;
    private final long heardMs;

    PlayoutFinished(NativeEvent event) {
        super(event);
        turn = event.turn();
        heardMs = event.integer(FieldNames.HEARD_MS);
    }

    @Override
    public String type() {
        return "playout_finished";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** How much of the turn was heard. In milliseconds. */
    public long heardMs() {
        return heardMs;
    }
}
