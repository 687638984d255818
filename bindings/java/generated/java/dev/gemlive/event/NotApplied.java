// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** This model or service cannot take a part of what was given. */
public final class NotApplied extends LiveEvent {
    private final String what;
    private final String why;

    NotApplied(NativeEvent event) {
        super(event);
        what = event.text(FieldNames.WHAT);
        why = event.text(FieldNames.WHY);
    }

    @Override
    public String type() {
        return "not_applied";
    }

    /** Which. */
    public String what() {
        return what;
    }

    /** Why. */
    public String why() {
        return why;
    }
}
