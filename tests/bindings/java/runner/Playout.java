package dev.gemlive.runner;

import dev.gemlive.LiveSession;

/** The listener's side: pulls 10 ms blocks in real time, as a sound device would. */
final class Playout {
    static final int DEFAULT_RATE = 24_000;
    private static final long BLOCK_MS = 10;

    static final class Pulled {
        long frames;
        long heard;
    }

    private final LiveSession session;
    private final Clock clock;
    private final Clock.Stop stop = new Clock.Stop();
    private Thread thread;
    private int rate;
    private int channels;

    Playout(LiveSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /** Switches playout on, or over to another format. */
    void setFormat(int newRate, int newChannels) {
        if (newRate != rate || newChannels != channels) {
            session.setOutputFormat(newRate, newChannels);
            rate = newRate;
            channels = newChannels;
        }
    }

    boolean isPlaying() {
        return thread != null;
    }

    void play() {
        setFormat(DEFAULT_RATE, 1);
        thread = new Thread(() -> pull(DEFAULT_RATE, 1, Long.MAX_VALUE / DEFAULT_RATE, stop), "playout");
        thread.start();
    }

    void end() throws InterruptedException {
        stop.request();
        if (thread != null) {
            thread.join();
        }
    }

    Pulled pull(int rate, int channels, long frames, Clock.Stop until) {
        Pulled pulled = new Pulled();
        short[] samples = new short[(int) (rate * BLOCK_MS / 1000 + 1) * channels];
        long start = System.nanoTime();
        for (long number = 1; pulled.frames < frames; number++) {
            if (!clock.sleepUntil(start + pulled.frames * 1_000_000_000L / rate, until)) {
                break;
            }
            int count = (int) (Math.min(frames, rate * number * BLOCK_MS / 1000) - pulled.frames);
            pulled.heard += session.readAudio(samples, 0, count * channels);
            pulled.frames += count;
        }
        return pulled;
    }
}
