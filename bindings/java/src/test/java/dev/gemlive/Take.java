package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gemlive.event.LiveEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits of tests: each has a deadline. */
final class Take {
    static final long DEADLINE_MS = 20_000;

    /** Takes events until one of a type comes. */
    static <E extends LiveEvent> E next(LiveSession session, Class<E> type) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS);
        LiveEvent event = null;
        do {
            event = session.next(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            if (event == null) {
                fail(type.getSimpleName() + " did not come" + (session.isOver() ? " before the end" : " in time"));
            }
        } while (!type.isInstance(event));
        return type.cast(event);
    }

    static <T> T from(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(DEADLINE_MS, TimeUnit.MILLISECONDS);
        assertNotNull(taken, "nothing came in time");
        return taken;
    }

    static GemliveException thrown(Status status, Runnable call) {
        try {
            call.run();
        } catch (GemliveException e) {
            if (e.status() != status) {
                throw new AssertionError("expected " + status + ", but it was " + e, e);
            }
            return e;
        }
        return fail("expected " + status + ", but nothing was thrown");
    }

    private Take() {}
}
