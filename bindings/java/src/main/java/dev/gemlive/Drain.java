package dev.gemlive;

import dev.gemlive.event.LiveEvent;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives a session's events to its listener, on the listener's executor: at most one task of it is there at any time, and
 * events wait in the session, where their bound is.
 */
final class Drain implements Runnable {
    /** Events for one task: other tasks of the executor get their turn in between. */
    private static final int BATCH = 64;

    private enum State {
        IDLE,
        SCHEDULED,
        /** There was a wake-up since the task looked last. */
        SCHEDULED_AGAIN
    }

    /** A task at work on this thread. */
    private static final class Work {
        final Drain drain;
        boolean again;

        Work(Drain drain) {
            this.drain = drain;
        }
    }

    private static final ThreadLocal<Work> CURRENT = new ThreadLocal<>();

    private final LiveSession session;
    private final Executor executor;
    private final LiveListener listener;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile boolean refused;

    Drain(LiveSession session, Executor executor, LiveListener listener) {
        this.session = session;
        this.executor = executor;
        this.listener = listener;
    }

    /** Events wait. */
    void wake() {
        State before = state.getAndUpdate(now -> now == State.IDLE ? State.SCHEDULED : State.SCHEDULED_AGAIN);
        if (before == State.IDLE) {
            schedule();
        }
    }

    /** Nobody is to be told of its events any more. */
    boolean isOver() {
        return session.isOver();
    }

    @Override
    public void run() {
        Work outer = CURRENT.get();
        if (outer != null && outer.drain == this) {
            // The executor runs at once what it is given: the task that gave it goes on, instead of nesting deeper.
            outer.again = true;
            return;
        }
        Work work = new Work(this);
        CURRENT.set(work);
        try {
            do {
                work.again = false;
                // Wake-ups until now are answered by the polls that follow.
                state.set(State.SCHEDULED);
                if (deliver() || !state.compareAndSet(State.SCHEDULED, State.IDLE)) {
                    schedule();
                }
            } while (work.again);
        } finally {
            CURRENT.set(outer);
        }
    }

    private void schedule() {
        try {
            executor.execute(this);
            refused = false;
        } catch (RuntimeException | Error e) {
            // A pool that is full takes tasks again later; of one that was shut down somebody has to be told, once.
            state.set(State.IDLE);
            Waker.wakeLater(this);
            if (!refused) {
                refused = true;
                Uncaught.report(e);
            }
        }
    }

    /** False when no event waits, or none is to be given out any more. */
    private boolean deliver() {
        for (int count = 0; count < BATCH; count++) {
            LiveEvent event;
            try {
                event = session.take(0);
            } catch (GemliveException e) {
                if (!session.isGivenUp()) {
                    Uncaught.report(e);
                }
                return false;
            } catch (RuntimeException | Error e) {
                Uncaught.report(e);
                return true;
            }
            if (event == null || session.isGivenUp()) {
                return false;
            }
            Uncaught.run(() -> listener.onEvent(event));
            if (session.isGivenUp()) {
                return false;
            }
            Uncaught.run(() -> ListenerCalls.call(listener, event));
        }
        return true;
    }
}
