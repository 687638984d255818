// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.Status;
import dev.gemlive.internal.NativeEvent;
import java.util.Optional;
import java.util.OptionalLong;

/** Something failed outside of a call. */
public final class ErrorEvent extends LiveEvent {
    private final long turn;
    private final String code;
    private final String message;
    private final String step;
    private final String call;
    private final boolean fatal;
    private final boolean retryable;
    private final long httpStatus;
    private final long closeCode;
    private final String closeReason;
    private final Status status;

    ErrorEvent(NativeEvent event) {
        super(event);
        turn = event.turn();
        code = event.text(FieldNames.CODE);
        message = event.text(FieldNames.MESSAGE);
        step = event.optionalText(FieldNames.STEP);
        call = event.optionalText(FieldNames.CALL);
        fatal = event.flag(FieldNames.FATAL);
        retryable = event.flag(FieldNames.RETRYABLE);
        httpStatus = event.optionalInteger(FieldNames.HTTP_STATUS);
        closeCode = event.optionalInteger(FieldNames.CLOSE_CODE);
        closeReason = event.optionalText(FieldNames.CLOSE_REASON);
        status = Status.of(event.code());
    }

    @Override
    public String type() {
        return "error";
    }

    /** The turn of the tool call. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** Its status, such as GEMLIVE_ERROR_NETWORK. */
    public String code() {
        return code;
    }

    /** What happened, as a sentence. */
    public String message() {
        return message;
    }

    /** In which step of the dial. Empty: unknown, or there is none. */
    public Optional<String> step() {
        return optional(step);
    }

    /** The tool call that the library answered in the application's place. Empty: unknown, or there is none. */
    public Optional<String> call() {
        return optional(call);
    }

    /** Whether the session ends. */
    public boolean fatal() {
        return fatal;
    }

    /** Whether the same thing may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** Of a refused upgrade. Empty: unknown, or there is none. */
    public OptionalLong httpStatus() {
        return optional(httpStatus);
    }

    /** The WebSocket's close code. Empty: unknown, or there is none. */
    public OptionalLong closeCode() {
        return optional(closeCode);
    }

    /** The text of the close frame. Empty: unknown, or there is none. */
    public Optional<String> closeReason() {
        return optional(closeReason);
    }

    /** The code as a value to compare with. */
    public Status status() {
        return status;
    }
}
