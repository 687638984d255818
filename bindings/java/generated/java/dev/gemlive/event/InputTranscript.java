// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;
import java.util.Optional;

/** The user's words. */
public final class InputTranscript extends LiveEvent {
    private final long utterance;
    private final String text;
    private final String transcript;
    private final boolean isFinal;
    private final boolean interim;
    private final boolean correction;
    private final String words;
    private final String language;
    private final String speaker;

    InputTranscript(NativeEvent event) {
        super(event);
        utterance = event.utterance();
        text = event.text(FieldNames.TEXT);
        transcript = event.text(FieldNames.TRANSCRIPT);
        isFinal = event.flag(FieldNames.FINAL);
        interim = event.flag(FieldNames.INTERIM);
        correction = event.flag(FieldNames.CORRECTION);
        words = event.optionalText(FieldNames.WORDS);
        language = event.optionalText(FieldNames.LANGUAGE);
        speaker = event.optionalText(FieldNames.SPEAKER);
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

    /** The words of the piece with their times, from the start of the audio: word, start_ms, end_ms. JSON text. Empty: unknown, or there is none. */
    public Optional<String> words() {
        return optional(words);
    }

    /** The language of the piece, where the server says it. Empty: unknown, or there is none. */
    public Optional<String> language() {
        return optional(language);
    }

    /** Who speaks, such as spk_1, where the server says it. Empty: unknown, or there is none. */
    public Optional<String> speaker() {
        return optional(speaker);
    }
}
