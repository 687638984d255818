// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** A signal of newer models. */
public final class WaitingForInput extends LiveEvent {
    private final boolean value;

    WaitingForInput(NativeEvent event) {
        super(event);
        value = event.flag(FieldNames.VALUE);
    }

    @Override
    public String type() {
        return "waiting_for_input";
    }

    /** Whether the model waits for the user. */
    public boolean value() {
        return value;
    }
}
