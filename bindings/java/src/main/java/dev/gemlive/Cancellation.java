package dev.gemlive;

import java.util.ArrayList;
import java.util.List;

/** Says when a tool's answer is not needed any more. For any thread. */
public final class Cancellation {
    private final Object lock = new Object();
    private List<Runnable> actions = new ArrayList<>();

    Cancellation() {}

    public boolean isCancelled() {
        synchronized (lock) {
            return actions == null;
        }
    }

    /** Runs the action when the call is cancelled, on the thread that takes the events; at once when it is already. */
    public void onCancel(Runnable action) {
        synchronized (lock) {
            if (actions != null) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    void cancel() {
        List<Runnable> waiting;
        synchronized (lock) {
            waiting = actions;
            actions = null;
        }
        if (waiting != null) {
            waiting.forEach(Uncaught::run);
        }
    }
}
