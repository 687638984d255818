package dev.gemlive.runner;

import java.util.concurrent.TimeUnit;

/** The program's time, and the moment at which it is over. All times are those of System.nanoTime. */
final class Clock {
    private final long end;

    Clock(double seconds) {
        end = System.nanoTime() + (long) (seconds * 1e9);
    }

    static long in(long ms) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    boolean isOver() {
        return end - System.nanoTime() <= 0;
    }

    long earlier(long time) {
        return time - end < 0 ? time : end;
    }

    /** False when the program's time is over, or `stop` was set, before it. */
    boolean sleepUntil(long time, Stop stop) {
        return stop.awaitUntil(earlier(time)) && !isOver();
    }

    /** Something that can be asked to end. */
    static final class Stop {
        private boolean requested;

        synchronized void request() {
            requested = true;
            notifyAll();
        }

        synchronized boolean isRequested() {
            return requested;
        }

        /** False when it was requested before the time came. */
        synchronized boolean awaitUntil(long time) {
            try {
                for (long left = time - System.nanoTime(); left > 0 && !requested; left = time - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException e) {
                requested = true;
            }
            return !requested;
        }
    }
}
