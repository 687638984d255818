package dev.gemlive;

import dev.gemlive.internal.Native;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one thread of the process that learns which sessions have events, however many there are. It holds the sessions
 * with a listener: such a session goes on until it is over, whether or not anybody else remembers it.
 */
final class Waker {
    private static final Map<Long, Drain> DRAINS = new ConcurrentHashMap<>();
    private static final AtomicLong TOKENS = new AtomicLong();
    private static final long LONG_MS = 60_000;

    static {
        Thread thread = new Thread(Waker::run, "gemlive-events");
        thread.setDaemon(true);
        thread.start();
    }

    /** Never 0. */
    static long newToken() {
        return TOKENS.incrementAndGet();
    }

    static void watch(long token, long session, Drain drain) {
        DRAINS.put(token, drain);
        try {
            Native.waker_watch(session, token);
        } catch (RuntimeException e) {
            DRAINS.remove(token);
            throw e;
        }
    }

    static void forget(long token) {
        DRAINS.remove(token);
    }

    private static void run() {
        while (true) {
            Drain drain = DRAINS.get(Native.waker_wait(LONG_MS));
            if (drain != null) {
                drain.wake();
            }
        }
    }

    private Waker() {}
}
