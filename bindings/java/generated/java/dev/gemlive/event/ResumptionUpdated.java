// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** There is a new handle to resume with, or none any more. */
public final class ResumptionUpdated extends LiveEvent {
    private final boolean resumable;
    private final long ageMs;
    private final String handle;

    ResumptionUpdated(NativeEvent event) {
        super(event);
        resumable = event.flag(FieldNames.RESUMABLE);
        ageMs = event.integer(FieldNames.AGE_MS);
        handle = event.resumptionHandle();
    }

    @Override
    public String type() {
        return "resumption_updated";
    }

    /** Whether the session can be resumed now. */
    public boolean resumable() {
        return resumable;
    }

    /** How old the newest handle is. In milliseconds. */
    public long ageMs() {
        return ageMs;
    }

    /**
     * The handle, which resumes the conversation in another process by the option session_resumption; "" when there is
     * none. Treat it like a password: it is in no JSON, in no log, and not in toString().
     */
    public String handle() {
        return handle;
    }
}
