package dev.gemlive.internal;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs an action after an object was collected. Java 9 and later have a cleaner of their own for this. */
public final class Reclaimer {
    private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();
    // A reference that is itself collected is never queued.
    private static final Set<Watch> WATCHES = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("unused")
    private static volatile Object kept;

    static {
        Thread thread = new Thread(Reclaimer::run, "gemlive-reclaimer");
        thread.setDaemon(true);
        thread.start();
    }

    /** The action must not reach the owner. */
    public static void watch(Object owner, Runnable action) {
        WATCHES.add(new Watch(owner, action));
    }

    /** The object counts as used until here. */
    public static void keep(Object owner) {
        kept = owner;
        kept = null;
    }

    private static void run() {
        while (true) {
            try {
                Watch watch = (Watch) COLLECTED.remove();
                WATCHES.remove(watch);
                watch.action.run();
            } catch (InterruptedException ignored) {
                // Nobody who has a reason to stop this thread can reach it.
            }
        }
    }

    private static final class Watch extends PhantomReference<Object> {
        final Runnable action;

        Watch(Object owner, Runnable action) {
            super(owner, COLLECTED);
            this.action = action;
        }
    }

    private Reclaimer() {}
}
