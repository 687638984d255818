package dev.gemlive;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The sessions whose events are taken from their model. It does not keep them: one that nobody keeps is given up like any
 * other.
 */
final class SessionsByHandle {
    private final Map<Long, WeakReference<LiveSession>> known = new HashMap<>();

    /** Nobody finds an event's session before it is known here, however early the event comes. */
    synchronized LiveSession add(Supplier<LiveSession> maker) {
        known.values().removeIf(session -> session.get() == null);
        LiveSession session = maker.get();
        known.put(session.handle(), new WeakReference<>(session));
        return session;
    }

    /** null for one that is gone. */
    synchronized LiveSession find(long handle) {
        WeakReference<LiveSession> session = known.get(handle);
        return session == null ? null : session.get();
    }
}
