package dev.gemlive.event;

import dev.gemlive.internal.Json;
import dev.gemlive.internal.NativeEvent;

/** An event whose type is newer than this library. Its {@link #json} shows all of it. */
public final class UnknownEvent extends LiveEvent {
    UnknownEvent(NativeEvent event) {
        super(event);
    }

    @Override
    public String type() {
        Object word = Json.map(json()).get("event");
        return word instanceof String ? (String) word : "unknown";
    }
}
