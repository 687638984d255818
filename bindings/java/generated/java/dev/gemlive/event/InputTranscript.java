// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The user's words. */
public final class InputTranscript extends LiveEvent {
    private final long utterance;
    private final String text;
    private final String transcript;
    private final boolean isFinal;
    private final boolean interim;
    private final boolean correction;

    InputTranscript(NativeEvent event) {
        super(event);
        utterance = event.utterance();
        text = event.text(FieldNames.TEXT);
        transcript = event.text(FieldNames.TRANSCRIPT);
        isFinal = event.flag(FieldNames.FINAL);
        interim = event.flag(FieldNames.INTERIM);
        correction = event.flag(FieldNames.CORRECTION);
    }

    @Override
    public String type() {
        return "input_transcript";
    }

    /** The utterance it belongs to. From 1. */
    public long utterance() {
        return utterance;
    }

    /** The new piece. */
    public String text() {
        return text;
    }

    /** All of the utterance so far. */
    public String transcript() {
        return transcript;
    }

    /** The last one of the utterance. */
    public boolean isFinal() {
        return isFinal;
    }

    /** May still be replaced. */
    public boolean interim() {
        return interim;
    }

    /** It came after the final one. */
    public boolean correction() {
        return correction;
    }
}
