// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** A connection that was up has ended, and we did not ask for it. */
public final class Disconnected extends LiveEvent {
    private final long closeCode;
    private final String closeReason;
    private final String cause;
    private final String code;
    private final String message;
    private final boolean willRetry;
    private final long retryInMs;
    private final long attempt;

    Disconnected(NativeEvent event) {
        super(event);
        closeCode = event.integer(FieldNames.CLOSE_CODE);
        closeReason = event.text(FieldNames.CLOSE_REASON);
        cause = event.text(FieldNames.CAUSE);
        code = event.text(FieldNames.CODE);
        message = event.text(FieldNames.MESSAGE);
        willRetry = event.flag(FieldNames.WILL_RETRY);
        retryInMs = event.integer(FieldNames.RETRY_IN_MS);
        attempt = event.integer(FieldNames.ATTEMPT);
    }

    @Override
    public String type() {
        return "disconnected";
    }

    /** The WebSocket's close code. */
    public long closeCode() {
        return closeCode;
    }

    /** The text of the close frame. */
    public String closeReason() {
        return closeReason;
    }

    /** What ended it. */
    public String cause() {
        return cause;
    }

    /** The status of that, such as GEMLIVE_ERROR_NETWORK. */
    public String code() {
        return code;
    }

    /** What happened, as a sentence. */
    public String message() {
        return message;
    }

    /** Whether it is tried again. */
    public boolean willRetry() {
        return willRetry;
    }

    /** When. In milliseconds. */
    public long retryInMs() {
        return retryInMs;
    }

    /** Which attempt that will be. */
    public long attempt() {
        return attempt;
    }
}
