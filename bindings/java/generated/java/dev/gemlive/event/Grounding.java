// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** What the server searched and found. */
public final class Grounding extends LiveEvent {
    private final long turn;
    private final String raw;

    Grounding(NativeEvent event) {
        super(event);
        turn = event.turn();
        raw = event.text(FieldNames.RAW);
    }

    @Override
    public String type() {
        return "grounding";
    }

    /** The turn it belongs to. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** In the form of the API. JSON text. */
    public String raw() {
        return raw;
    }
}
