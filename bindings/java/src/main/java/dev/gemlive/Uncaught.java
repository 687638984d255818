package dev.gemlive;

/** What the application's code throws is the application's to see, and stops nothing of ours. */
final class Uncaught {
    static void run(Runnable handler) {
        try {
            handler.run();
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    static void report(Throwable thrown) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable ignored) {
            // The platform ignores what such a handler throws, too.
        }
    }

    private Uncaught() {}
}
