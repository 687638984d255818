// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.Json;
import dev.gemlive.internal.NativeEvent;
import java.util.Map;
import java.util.Optional;

/** The model wants a function called. */
public final class ToolCall extends LiveEvent {
    private final long turn;
    private final String call;
    private final String name;
    private final String arguments;
    private final String behavior;

    ToolCall(NativeEvent event) {
        super(event);
        turn = event.turn();
        call = event.text(FieldNames.CALL);
        name = event.text(FieldNames.NAME);
        arguments = event.text(FieldNames.ARGUMENTS);
        behavior = event.optionalText(FieldNames.BEHAVIOR);
    }

    @Override
    public String type() {
        return "tool_call";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** Its id, to answer with. */
    public String call() {
        return call;
    }

    /** The function. */
    public String name() {
        return name;
    }

    /** Its arguments: a JSON object. JSON text. */
    public String arguments() {
        return arguments;
    }

    /** BLOCKING or NON_BLOCKING, where it was declared. Empty: unknown, or there is none. */
    public Optional<String> behavior() {
        return optional(behavior);
    }

    /** The arguments as a map; numbers are Doubles. */
    public Map<String, Object> argumentMap() {
        return Json.map(arguments);
    }

    /**
     * Answers the call.
     *
     * @param output anything that JSON can show: a Map, a record or bean, a List, a number, a text, null. What is no
     *     object in JSON is sent as {"output": value}.
     * @throws dev.gemlive.GemliveException CANCELLED for a call that was cancelled, INVALID_STATE for one already
     *     answered, or what a command throws when the session is over or given up
     */
    public void respond(Object output) {
        session().respond(this, output);
    }

    /** Answers the call with an error, which the model is told. Throws as {@link #respond}. */
    public void respondError(String message) {
        session().respondError(this, message);
    }
}
