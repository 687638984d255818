package dev.gemlive.internal;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/** Runs an action after an object was collected. */
public final class Reclaimer {
    private static final Cleaner CLEANER = Cleaner.create();

    /** The action must not reach the owner. */
    public static void watch(Object owner, Runnable action) {
        CLEANER.register(owner, action);
    }

    /** The object counts as used until here. */
    public static void keep(Object owner) {
        Reference.reachabilityFence(owner);
    }

    private Reclaimer() {}
}
