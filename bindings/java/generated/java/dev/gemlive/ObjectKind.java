// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive;

/** What can be counted: for tests that look for leaks. */
public enum ObjectKind {
    /** Native options; they live while a model or session is made. */
    OPTIONS(1, "GEMLIVE_OBJECT_OPTIONS"),
    /** Models. */
    MODEL(2, "GEMLIVE_OBJECT_MODEL"),
    /** Sessions. */
    SESSION(3, "GEMLIVE_OBJECT_SESSION"),
    /** Native events; they live while an event object is made. */
    EVENT(4, "GEMLIVE_OBJECT_EVENT");

    private final int number;
    private final String word;

    ObjectKind(int number, String word) {
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
}
