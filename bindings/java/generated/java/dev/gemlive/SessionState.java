// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive;

/** Where a session stands. */
public enum SessionState {
    /** It dials, the first time or again. */
    CONNECTING(1, "GEMLIVE_SESSION_CONNECTING"),
    /** The conversation is on. */
    CONNECTED(2, "GEMLIVE_SESSION_CONNECTED"),
    /** It was asked to finish. */
    CLOSING(3, "GEMLIVE_SESSION_CLOSING"),
    /** It is over, or was given up. */
    CLOSED(4, "GEMLIVE_SESSION_CLOSED");

    private final int number;
    private final String word;

    SessionState(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /** The number in the C API. */
    public int number() {
        return number;
    }

    /** The name in the C API, as in events and logs. */
    public String word() {
        return word;
    }

    /** The member of that number; CLOSED for a number that this version does not know. */
    public static SessionState of(int number) {
        for (SessionState member : values()) {
            if (member.number == number) {
                return member;
            }
        }
        return CLOSED;
    }
}
