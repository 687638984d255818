// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;
import java.util.OptionalLong;

/** The user began to speak. */
public final class SpeechStarted extends LiveEvent {
    private final long utterance;
    private final String source;
    private final long offsetMs;

    SpeechStarted(NativeEvent event) {
        super(event);
        utterance = event.utterance();
        source = event.text(FieldNames.SOURCE);
        offsetMs = event.optionalInteger(FieldNames.OFFSET_MS);
    }

    @Override
    public String type() {
        return "speech_started";
    }

    /** The utterance it belongs to. From 1. */
    public long utterance() {
        return utterance;
    }

    /** server, local or manual: who noticed. */
    public String source() {
        return source;
    }

    /** Where in the pushed audio. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong offsetMs() {
        return optional(offsetMs);
    }
}
