// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** Before every dial. */
public final class Connecting extends LiveEvent {
    private final long attempt;
    private final String cause;

    Connecting(NativeEvent event) {
        super(event);
        attempt = event.integer(FieldNames.ATTEMPT);
        cause = event.text(FieldNames.CAUSE);
    }

    @Override
    public String type() {
        return "connecting";
    }

    /** From 1; from 1 again after each connected. */
    public long attempt() {
        return attempt;
    }

    /** first, lost, go_away, updated or network_changed. */
    public String cause() {
        return cause;
    }
}
