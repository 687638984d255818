package dev.gemlive.runner;

import com.google.gson.JsonElement;
import dev.gemlive.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** The events that no `wait` has passed yet. */
final class EventLog {
    private final Deque<JsonElement> events = new ArrayDeque<>();
    private boolean closed;
    private long appended;

    synchronized void append(JsonElement event, boolean last) {
        events.add(event);
        closed |= last;
        appended++;
        notifyAll();
    }

    /** The first match after the match before it, whether it has come already or not. */
    synchronized Result await(JsonElement pattern, long deadline, Clock clock) throws InterruptedException {
        while (true) {
            JsonElement found = takeFirst(pattern);
            if (found != null) {
                return Result.ok().with("seq", Lines.compact(found.getAsJsonObject().get("seq")));
            }
            String wanted = Lines.compact(pattern);
            if (closed) {
                return Result.failed(Status.CLOSED, "the session is closed, and nothing matched " + wanted);
            }
            long seen = appended;
            while (appended == seen) {
                long left = clock.earlier(deadline) - System.nanoTime();
                if (left <= 0) {
                    return clock.isOver()
                            ? Result.failed(Status.CANCELLED, "stopped while waiting for " + wanted)
                            : Result.failed(Status.TIMEOUT, "nothing matched " + wanted + " in time");
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
    }

    private JsonElement takeFirst(JsonElement pattern) {
        Iterator<JsonElement> at = events.iterator();
        for (int count = 1; at.hasNext(); count++) {
            JsonElement event = at.next();
            if (Lines.matches(pattern, event)) {
                for (; count > 0; count--) {
                    events.remove();
                }
                return event;
            }
        }
        return null;
    }

    /** False when the time was over first. */
    synchronized boolean awaitClosed(long deadline) throws InterruptedException {
        for (long left = deadline - System.nanoTime(); !closed && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return closed;
    }
}
