// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.Status;
import dev.gemlive.internal.NativeEvent;

/** The last event, exactly once. */
public final class Closed extends LiveEvent {
    private final String reason;
    private final String code;
    private final String message;
    private final String totals;
    private final Status status;

    Closed(NativeEvent event) {
        super(event);
        reason = event.text(FieldNames.REASON);
        code = event.text(FieldNames.CODE);
        message = event.text(FieldNames.MESSAGE);
        totals = event.text(FieldNames.TOTALS);
        status = Status.of(event.code());
    }

    @Override
    public String type() {
        return "closed";
    }

    /** requested, fatal, budget or event_queue_full. */
    public String reason() {
        return reason;
    }

    /** GEMLIVE_OK, or the status of the last error. */
    public String code() {
        return code;
    }

    /** What ended it, as a sentence. */
    public String message() {
        return message;
    }

    /** What the session sent, received and used. JSON text. */
    public String totals() {
        return totals;
    }

    /** The code as a value to compare with: {@link Status#OK} when the session was asked to finish. */
    public Status status() {
        return status;
    }
}
