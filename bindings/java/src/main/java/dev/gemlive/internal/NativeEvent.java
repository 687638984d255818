package dev.gemlive.internal;

/** Reads an event of the C library, while it lives, into what a Java object keeps. */
public final class NativeEvent {
    /** For an optional whole number that the event does not have. */
    public static final long ABSENT = Long.MIN_VALUE;

    private static final byte[] NONE = {};

    private final long handle;
    private final Object session;

    public NativeEvent(long handle, Object session) {
        this.handle = handle;
        this.session = session;
    }

    public int type() {
        return Native.gemlive_event_type(handle);
    }

    public Object session() {
        return session;
    }

    public long seq() {
        return Native.gemlive_event_seq(handle);
    }

    public long timeMs() {
        return Native.gemlive_event_time_ms(handle);
    }

    public long connection() {
        return Native.gemlive_event_connection(handle);
    }

    public long turn() {
        return Native.gemlive_event_turn(handle);
    }

    public long request() {
        return Native.gemlive_event_request(handle);
    }

    public long utterance() {
        return Native.gemlive_event_utterance(handle);
    }

    public byte[] json() {
        return Native.gemlive_event_json(handle);
    }

    public byte[] serverMessage() {
        byte[] message = Native.gemlive_event_server_message(handle);
        return message.length == 0 ? NONE : message;
    }

    public String text(byte[] field) {
        return Utf8.decode(Native.gemlive_event_field(handle, field));
    }

    /** null when the event does not have it. */
    public String optionalText(byte[] field) {
        byte[] text = Native.gemlive_event_field(handle, field);
        return text.length > 0 || Native.gemlive_event_has_field(handle, field) != 0 ? Utf8.decode(text) : null;
    }

    public long integer(byte[] field) {
        return Native.gemlive_event_field_int(handle, field, 0);
    }

    public long optionalInteger(byte[] field) {
        return Native.gemlive_event_field_int(handle, field, ABSENT);
    }

    public double number(byte[] field) {
        return Native.gemlive_event_field_double(handle, field, 0);
    }

    /** NaN, which JSON does not have, when the event does not have it. */
    public double optionalNumber(byte[] field) {
        return Native.gemlive_event_field_double(handle, field, Double.NaN);
    }

    public boolean flag(byte[] field) {
        return Native.gemlive_event_field_int(handle, field, 0) != 0;
    }

    public int code() {
        return Native.gemlive_event_code(handle);
    }

    public String resumptionHandle() {
        return Utf8.decode(Native.gemlive_event_resumption_handle(handle));
    }

    public short[] samples() {
        return Native.event_samples(handle);
    }

    public byte[] data() {
        return Native.event_data(handle);
    }
}
