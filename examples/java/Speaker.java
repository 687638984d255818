import dev.gemlive.LiveSession;

/** A file in place of a speaker: pulls 10 ms at a time, when a sound device would. */
final class Speaker {
    private static final int BLOCK_MS = 10;

    private final LiveSession session;
    private final int rate;
    private final Recording recording;
    private final Latencies latencies;
    private final Thread thread = new Thread(this::run, "speaker");
    private volatile boolean stopped;

    Speaker(LiveSession session, int rate, Recording recording, Latencies latencies) {
        this.session = session;
        this.rate = rate;
        this.recording = recording;
        this.latencies = latencies;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    private void run() {
        short[] block = new short[rate * BLOCK_MS / 1000];
        boolean sounding = false;
        long start = System.nanoTime();
        for (long frames = 0; !stopped; frames += block.length) {
            Microphone.sleepUntil(start + frames * 1_000_000_000L / rate);
            boolean heard = session.readAudio(block) > 0;
            if (heard && !sounding) {
                latencies.sound();
            }
            sounding = heard;
            recording.right(block);
        }
    }
}
