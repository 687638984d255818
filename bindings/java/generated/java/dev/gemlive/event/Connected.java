// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;
import java.util.Optional;
import java.util.OptionalLong;

/** The server has accepted the setup. */
public final class Connected extends LiveEvent {
    private final String cause;
    private final String restored;
    private final String resent;
    private final long outageMs;
    private final String sessionId;
    private final String stepsMs;

    Connected(NativeEvent event) {
        super(event);
        cause = event.text(FieldNames.CAUSE);
        restored = event.text(FieldNames.RESTORED);
        resent = event.text(FieldNames.RESENT);
        outageMs = event.optionalInteger(FieldNames.OUTAGE_MS);
        sessionId = event.optionalText(FieldNames.SESSION_ID);
        stepsMs = event.text(FieldNames.STEPS_MS);
    }

    @Override
    public String type() {
        return "connected";
    }

    /** What led to the dial, as in connecting. */
    public String cause() {
        return cause;
    }

    /** new, resumed, reseeded or empty: what the server still knows. */
    public String restored() {
        return restored;
    }

    /** What was written before and is sent again: {"audio": [[from, to]], "commands": n}. JSON text. */
    public String resent() {
        return resent;
    }

    /** How long there was no connection. Empty: unknown, or there is none. In milliseconds. */
    public OptionalLong outageMs() {
        return optional(outageMs);
    }

    /** The server's name for the session. Empty: unknown, or there is none. */
    public Optional<String> sessionId() {
        return optional(sessionId);
    }

    /** How long each step of the dial took. JSON text. */
    public String stepsMs() {
        return stepsMs;
    }
}
