// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive;

/** How a call, an error or a session ended: what to do about it. */
public enum Status {
    /** Success. */
    OK(0, "GEMLIVE_OK"),
    /** The message names the argument and what is allowed. */
    INVALID_ARGUMENT(-1, "GEMLIVE_ERROR_INVALID_ARGUMENT"),
    /** The object was given up with close(). */
    INVALID_HANDLE(-2, "GEMLIVE_ERROR_INVALID_HANDLE"),
    /** The right call at the wrong moment. */
    INVALID_STATE(-3, "GEMLIVE_ERROR_INVALID_STATE"),
    /** A buffer was too small; not met in Java. */
    TOO_SMALL(-4, "GEMLIVE_ERROR_TOO_SMALL"),
    /** A bounded queue is full: try again later. */
    WOULD_BLOCK(-5, "GEMLIVE_ERROR_WOULD_BLOCK"),
    /** The time was over. */
    TIMEOUT(-6, "GEMLIVE_ERROR_TIMEOUT"),
    /** The session is closing, or over as was asked for. */
    CLOSED(-7, "GEMLIVE_ERROR_CLOSED"),
    /** The wait was ended from outside, or the session was given up meanwhile. */
    CANCELLED(-8, "GEMLIVE_ERROR_CANCELLED"),
    /** A waiting call where none may wait. */
    WOULD_DEADLOCK(-9, "GEMLIVE_ERROR_WOULD_DEADLOCK"),
    /** The server cannot be reached, or the connection was lost. */
    NETWORK(-10, "GEMLIVE_ERROR_NETWORK"),
    /** The server is not trusted. */
    TLS(-11, "GEMLIVE_ERROR_TLS"),
    /** The key or token is missing, wrong or expired. */
    AUTH(-12, "GEMLIVE_ERROR_AUTH"),
    /** Too much was asked for. */
    QUOTA(-13, "GEMLIVE_ERROR_QUOTA"),
    /** The server refused a message, or said what is not the protocol. */
    PROTOCOL(-14, "GEMLIVE_ERROR_PROTOCOL"),
    /** By this version, this model, or this service. */
    UNSUPPORTED(-15, "GEMLIVE_ERROR_UNSUPPORTED"),
    /** There is no memory. */
    OUT_OF_MEMORY(-16, "GEMLIVE_ERROR_OUT_OF_MEMORY"),
    /** A mistake of this library, or a status newer than this class. */
    INTERNAL(-17, "GEMLIVE_ERROR_INTERNAL");

    private final int number;
    private final String word;

    Status(int number, String word) {
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

    /** The member of that number; INTERNAL for a number that this version does not know. */
    public static Status of(int number) {
        for (Status member : values()) {
            if (member.number == number) {
                return member;
            }
        }
        return INTERNAL;
    }
}
