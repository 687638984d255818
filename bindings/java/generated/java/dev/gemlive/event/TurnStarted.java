// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** The first output of a turn. */
public final class TurnStarted extends LiveEvent {
    private final long turn;
    private final String trigger;
    private final long request;
    private final long utterance;

    TurnStarted(NativeEvent event) {
        super(event);
        turn = event.turn();
        trigger = event.text(FieldNames.TRIGGER);
        request = event.request();
        utterance = event.utterance();
    }

    @Override
    public String type() {
        return "turn_started";
    }

    /** The turn it belongs to. From 1. */
    public long turn() {
        return turn;
    }

    /** user, request, tool or server: what it answers. */
    public String trigger() {
        return trigger;
    }

    /** The request it answers. From 1; 0: none. */
    public long request() {
        return request;
    }

    /** The utterance it answers. From 1; 0: none. */
    public long utterance() {
        return utterance;
    }
}
