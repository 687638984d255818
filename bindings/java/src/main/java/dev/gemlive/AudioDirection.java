package dev.gemlive;

/**
 * The layout of a session's audio in one direction, and who is at work on it. The C library reads frames * channels
 * samples: what it takes for the layout must not change between the check of an array's bounds and the call.
 */
final class AudioDirection {
    private final String what;
    private int channels = 1;
    private boolean busy;

    AudioDirection(String what) {
        this.what = what;
    }

    /** The channels, which stay as they are until {@link #leave}. Never waits. */
    synchronized int enter() {
        if (busy) {
            throw new GemliveException(Status.INVALID_STATE, "another thread is at the session's audio " + what);
        }
        busy = true;
        return channels;
    }

    synchronized void leave() {
        busy = false;
    }

    /** A change of rate alone needs no pause. */
    synchronized void change(int newChannels, Runnable change) {
        if (busy && newChannels != channels) {
            throw new GemliveException(Status.INVALID_STATE,
                    "channels cannot change while another thread is at the session's audio " + what);
        }
        change.run();
        channels = newChannels;
    }
}
