// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The words of the model's voice. */
public final class OutputTranscript extends LiveEvent {
    private final long turn;
    private final String text;

    OutputTranscript(NativeEvent event) {
        super(event);
        turn = event.turn();
        text = event.text(FieldNames.TEXT);
    }

    @Override
    public String type() {
        return "output_transcript";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** The new piece. */
    public String text() {
        return text;
    }
}
