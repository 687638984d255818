package dev.gemlive;

import java.nio.charset.StandardCharsets;

/** A call that failed: what to do about it is in {@link #status}, what was wrong in {@link #sentence}. */
public final class GemliveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Status status;
    private final String sentence;
    private final long frames;

    public GemliveException(Status status, String sentence) {
        this(status, sentence, 0);
    }

    private GemliveException(Status status, String sentence, long frames) {
        super(sentence.isEmpty() ? status.word() : status.word() + ": " + sentence);
        this.status = status;
        this.sentence = sentence;
        this.frames = frames;
    }

    // For the native code, which finds it by this signature.
    @SuppressWarnings("unused")
    private GemliveException(int status, byte[] sentence, long frames) {
        this(Status.of(status), new String(sentence, StandardCharsets.UTF_8), frames);
    }

    public Status status() {
        return status;
    }

    /** What was wrong and what is allowed; "" when there is nothing to add to the status. */
    public String sentence() {
        return sentence;
    }

    /** How many frames a pushAudio or writeAudio had handed over before it failed: those are not lost. Else 0. */
    public long frames() {
        return frames;
    }
}
