// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** A piece of the model's voice. */
public final class Audio extends LiveEvent {
    private final long turn;
    private final long frames;
    private final long sampleRate;
    private final long channels;
    private final long offsetFrames;
    private final short[] samples;

    Audio(NativeEvent event) {
        super(event);
        turn = event.turn();
        frames = event.integer(FieldNames.FRAMES);
        sampleRate = event.integer(FieldNames.SAMPLE_RATE);
        channels = event.integer(FieldNames.CHANNELS);
        offsetFrames = event.integer(FieldNames.OFFSET_FRAMES);
        samples = event.samples();
    }

    @Override
    public String type() {
        return "audio";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** How many frames: one sample per channel each. */
    public long frames() {
        return frames;
    }

    /** In Hz. */
    public long sampleRate() {
        return sampleRate;
    }

    /** How many. */
    public long channels() {
        return channels;
    }

    /** Where in its turn it begins. */
    public long offsetFrames() {
        return offsetFrames;
    }

    /** The samples, interleaved: frames() * channels() of them. A copy each time. */
    public short[] samples() {
        return samples.clone();
    }
}
