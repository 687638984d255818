// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** A request ended without a turn. */
public final class ReplyFailed extends LiveEvent {
    private final long request;
    private final String reason;
    private final String message;

    ReplyFailed(NativeEvent event) {
        super(event);
        request = event.request();
        reason = event.text(FieldNames.REASON);
        message = event.text(FieldNames.MESSAGE);
    }

    @Override
    public String type() {
        return "reply_failed";
    }

    /** Which. From 1. */
    public long request() {
        return request;
    }

    /** Why, as a word. */
    public String reason() {
        return reason;
    }

    /** Why, as a sentence. */
    public String message() {
        return message;
    }
}
