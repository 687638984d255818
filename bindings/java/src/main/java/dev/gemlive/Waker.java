package dev.gemlive;

import dev.gemlive.internal.Native;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one thread of the process that learns which sessions have events, however many there are. It holds the sessions
 * with a listener: such a session goes on until it is over, whether or not anybody else remembers it.
 */
final class Waker {
    private static final Map<Long, Drain> DRAINS = new ConcurrentHashMap<>();
    private static final AtomicLong TOKENS = new AtomicLong();
    /** Those whose executor took no task. */
    private static final Set<Drain> REFUSED = ConcurrentHashMap.newKeySet();
    private static final long LONG_MS = 60_000;
    private static final long AGAIN_MS = 50;

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

    /** Its events wait already: nothing else will tell of them. */
    static void wakeLater(Drain drain) {
        REFUSED.add(drain);
        Native.waker_interrupt();
    }

    private static void run() {
        long again = System.nanoTime();
        while (true) {
            Drain drain = DRAINS.get(Native.waker_wait(REFUSED.isEmpty() ? LONG_MS : AGAIN_MS));
            if (drain != null) {
                drain.wake();
            }
            if (!REFUSED.isEmpty() && System.nanoTime() - again > 0) {
                again = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AGAIN_MS);
                wakeRefused();
            }
        }
    }

    private static void wakeRefused() {
        for (Drain drain : REFUSED) {
            REFUSED.remove(drain);
            if (!drain.isOver()) {
                drain.wake();
            }
        }
    }

    private Waker() {}
}
