// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** A signal of newer models. */
public final class WaitingForInput extends LiveEvent {
    private final long turn;
    private final boolean value;

    WaitingForInput(NativeEvent event) {
        super(event);
        turn = event.turn();
        value = event.flag(FieldNames.VALUE);
    }

    @Override
    public String type() {
        return "waiting_for_input";
    }

    /** The turn it belongs to. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** Whether the model waits for the user. */
    public boolean value() {
        return value;
    }
}
