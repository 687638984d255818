// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** Pages that the server read. */
public final class UrlContext extends LiveEvent {
    private final long turn;
    private final String raw;

    UrlContext(NativeEvent event) {
        super(event);
        turn = event.turn();
        raw = event.text(FieldNames.RAW);
    }

    @Override
    public String type() {
        return "url_context";
    }

    /** The turn it belongs to. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** In the form of the API. JSON text. */
    public String raw() {
        return raw;
    }
}
