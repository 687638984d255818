// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.Json;
import dev.gemlive.internal.NativeEvent;
import java.util.List;

/** These calls need no answer any more; an answer is refused. */
public final class ToolCallsCancelled extends LiveEvent {
    private final long turn;
    private final String calls;
    private final String origin;

    ToolCallsCancelled(NativeEvent event) {
        super(event);
        turn = event.turn();
        calls = event.text(FieldNames.CALLS);
        origin = event.text(FieldNames.ORIGIN);
    }

    @Override
    public String type() {
        return "tool_calls_cancelled";
    }

    /** The turn it belongs to. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** Their ids. JSON text. */
    public String calls() {
        return calls;
    }

    /** server, connection or application: who cancelled. */
    public String origin() {
        return origin;
    }

    /** The ids as a list. */
    public List<String> callIds() {
        return Json.texts(calls);
    }
}
