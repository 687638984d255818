// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;
import java.util.OptionalLong;

/** The user stopped. */
public final class SpeechStopped extends LiveEvent {
    private final long utterance;
    private final String source;
    private final long offsetMs;
    private final boolean userTranscription;

    SpeechStopped(NativeEvent event) {
        super(event);
        utterance = event.utterance();
        source = event.text(FieldNames.SOURCE);
        offsetMs = event.optionalInteger(FieldNames.OFFSET_MS);
        userTranscription = event.flag(FieldNames.USER_TRANSCRIPTION);
    }

    @Override
    public String type() {
        return "speech_stopped";
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

    /** Whether the service was asked for the words. */
    public boolean userTranscription() {
        return userTranscription;
    }
}
