package dev.gemlive.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Gives a handle of the C library up once: when its owner is closed or, with a report, when that was forgotten. */
public final class NativeHandle implements Runnable {
    private static final Logger LOG = Logger.getLogger("dev.gemlive");

    private final long handle;
    private final String what;
    private final LongConsumer destroy;
    private final AtomicBoolean open = new AtomicBoolean(true);

    public NativeHandle(long handle, String what, LongConsumer destroy) {
        this.handle = handle;
        this.what = what;
        this.destroy = destroy;
    }

    /** A token, not an address: the C library answers one that was given up with INVALID_HANDLE. */
    public long value() {
        return handle;
    }

    public boolean isOpen() {
        return open.get();
    }

    public void close() {
        if (open.compareAndSet(true, false)) {
            destroy.accept(handle);
        }
    }

    /** After the owner was collected. */
    @Override
    public void run() {
        if (open.get()) {
            LOG.log(Level.WARNING, "A {0} was not closed; the garbage collector ended it.", what);
            close();
        }
    }
}
