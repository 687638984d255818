// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** Inline data that is not audio. */
public final class Media extends LiveEvent {
    private final long turn;
    private final String mimeType;
    private final long bytes;
    private final byte[] data;

    Media(NativeEvent event) {
        super(event);
        turn = event.turn();
        mimeType = event.text(FieldNames.MIME_TYPE);
        bytes = event.integer(FieldNames.BYTES);
        data = event.data();
    }

    @Override
    public String type() {
        return "media";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** What the bytes are. */
    public String mimeType() {
        return mimeType;
    }

    /** How many there are. */
    public long bytes() {
        return bytes;
    }

    /** The bytes themselves. A copy each time. */
    public byte[] data() {
        return data.clone();
    }
}
