// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The server says that it will end the connection. */
public final class GoAway extends LiveEvent {
    private final long timeLeftMs;
    private final String plan;

    GoAway(NativeEvent event) {
        super(event);
        timeLeftMs = event.integer(FieldNames.TIME_LEFT_MS);
        plan = event.text(FieldNames.PLAN);
    }

    @Override
    public String type() {
        return "go_away";
    }

    /** When. In milliseconds. */
    public long timeLeftMs() {
        return timeLeftMs;
    }

    /** at_turn_end or now: when the session moves to a new connection. */
    public String plan() {
        return plan;
    }
}
