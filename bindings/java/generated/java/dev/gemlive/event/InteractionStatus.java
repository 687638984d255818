// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** A status of newer models. */
public final class InteractionStatus extends LiveEvent {
    private final long turn;
    private final String value;

    InteractionStatus(NativeEvent event) {
        super(event);
        turn = event.turn();
        value = event.text(FieldNames.VALUE);
    }

    @Override
    public String type() {
        return "interaction_status";
    }

    /** The turn it belongs to. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** The server's word. */
    public String value() {
        return value;
    }
}
