// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The server said something that this version does not know. */
public final class ServerMessage extends LiveEvent {
    private final String raw;

    ServerMessage(NativeEvent event) {
        super(event);
        raw = event.text(FieldNames.RAW);
    }

    @Override
    public String type() {
        return "server_message";
    }

    /** What it said. JSON text. */
    public String raw() {
        return raw;
    }
}
