package dev.gemlive.event;

import dev.gemlive.LiveSession;
import dev.gemlive.internal.EventMaker;
import dev.gemlive.internal.NativeEvent;
import dev.gemlive.internal.Utf8;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Something that happened in a session. Immutable and complete: it can be kept as long as it is wanted, and read from
 * any thread, also after its session was closed.
 *
 * <p>Types that are newer than this library come as {@link UnknownEvent}: ignore them, or show their JSON.
 */
public abstract class LiveEvent {
    static {
        EventMaker.set(EventMakers::make);
    }

    private final LiveSession session;
    private final long seq;
    private final long timeMs;
    private final long connection;
    // Shown seldom: kept as the bytes they came in.
    private final byte[] json;
    private final byte[] serverMessage;

    LiveEvent(NativeEvent event) {
        session = (LiveSession) event.session();
        seq = event.seq();
        timeMs = event.timeMs();
        connection = event.connection();
        json = event.json();
        serverMessage = event.serverMessage();
    }

    /** The word of its type, such as "turn_started". */
    public abstract String type();

    /** The session it happened in. */
    public final LiveSession session() {
        return session;
    }

    /** Its number in the session: from 1, without gaps. */
    public final long seq() {
        return seq;
    }

    /** When: in milliseconds since the session was started. */
    public final long timeMs() {
        return timeMs;
    }

    /** The connection it came from: from 1; 0: none. */
    public final long connection() {
        return connection;
    }

    /** The whole event as one JSON object; without samples, the bytes of media, and the resumption handle. */
    public final String json() {
        return Utf8.decode(json);
    }

    /** The JSON of the server's message that caused it, audio data left out; "" when none did. */
    public final String serverMessage() {
        return Utf8.decode(serverMessage);
    }

    /** As {@link #json}. */
    @Override
    public final String toString() {
        return json();
    }

    static OptionalLong optional(long value) {
        return value == NativeEvent.ABSENT ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static OptionalDouble optional(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static Optional<String> optional(String value) {
        return Optional.ofNullable(value);
    }
}
