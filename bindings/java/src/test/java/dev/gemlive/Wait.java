package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what nothing tells of, such as a count or the garbage collector's work. */
final class Wait {
    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Take.DEADLINE_MS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail("did not come true in time: " + what);
            }
            Thread.yield();
        }
    }

    static void forThread(Thread thread) throws InterruptedException {
        thread.join(Take.DEADLINE_MS);
        assertFalse(thread.isAlive(), "the thread has to end");
    }

    /** All kinds: whatever a test made is given back. */
    static void untilNothingLives() {
        for (ObjectKind kind : ObjectKind.values()) {
            until("no " + kind + " lives", () -> Gemlive.liveObjects(kind) == 0);
        }
    }

    /** Objects of tests before may be waiting for the collector only. */
    static void untilAllIsCollected() {
        until("everything is collected", () -> {
            System.gc();
            for (ObjectKind kind : ObjectKind.values()) {
                if (Gemlive.liveObjects(kind) != 0) {
                    return false;
                }
            }
            return true;
        });
    }

    private Wait() {}
}
