// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The model has made all of this turn; it may still be playing. */
public final class GenerationComplete extends LiveEvent {
    private final long turn;

    GenerationComplete(NativeEvent event) {
        super(event);
        turn = event.turn();
    }

    @Override
    public String type() {
        return "generation_complete";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }
}
