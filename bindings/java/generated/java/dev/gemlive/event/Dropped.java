// Written by scripts/make_bindings.py. Do not edit.
package dev.gemlive.event;

import dev.gemlive.internal.NativeEvent;

/** Something was lost on our side; every loss is counted. */
public final class Dropped extends LiveEvent {
    private final long turn;
    private final String what;
    private final long amount;
    private final String unit;

    Dropped(NativeEvent event) {
        super(event);
        turn = event.turn();
        what = event.text(FieldNames.WHAT);
        amount = event.integer(FieldNames.AMOUNT);
        unit = event.text(FieldNames.UNIT);
    }

    @Override
    public String type() {
        return "dropped";
    }

    /** The turn it belongs to. From 1; 0: none. */
    public long turn() {
        return turn;
    }

    /** input_audio, input_video, late_output, event_audio, playout_audio, commands or chat_context. */
    public String what() {
        return what;
    }

    /** How much. */
    public long amount() {
        return amount;
    }

    /** Of what. */
    public String unit() {
        return unit;
    }
}
