// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The server has been silent for too long. */
public final class Stalled extends LiveEvent {
    private final long turn;
    private final String phase;
    private final long silentMs;

    Stalled(NativeEvent event) {
        super(event);
        turn = event.turn();
        phase = event.text(FieldNames.PHASE);
        silentMs = event.integer(FieldNames.SILENT_MS);
    }

    @Override
    public String type() {
        return "stalled";
    }

    /** The turn it belongs to. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** no_reply, mid_turn or no_traffic. */
    public String phase() {
        return phase;
    }

    /** For how long. In milliseconds. */
    public long silentMs() {
        return silentMs;
    }
}
