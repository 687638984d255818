import dev.gemlive.LiveSession;
import java.util.concurrent.locks.LockSupport;

/** A sound file in place of a microphone: pushes 20 ms at a time, when a microphone would have heard them. */
final class Microphone {
    private static final int BLOCK_MS = 20;
    /** Above -40 dBFS. */
    private static final int LOUD = 328;

    private final LiveSession session;
    private final Recording recording;
    private final Latencies latencies;

    Microphone(LiveSession session, Recording recording, Latencies latencies) {
        this.session = session;
        this.recording = recording;
        this.latencies = latencies;
    }

    void speak(Sound sound) {
        session.setInputFormat(sound.rate, 1);
        recording.left(sound);
        long start = System.nanoTime();
        int pushed = 0;
        for (int end = 0; pushed < sound.samples.length && !session.isOver(); ) {
            end = Math.min(end + sound.rate * BLOCK_MS / 1000, sound.samples.length);
            sleepUntil(start + end * 1_000_000_000L / sound.rate);
            if (isLoud(sound.samples, pushed, end)) {
                latencies.speech();
            }
            // What the session had no room for is pushed with the next block.
            pushed += session.pushAudio(sound.samples, pushed, end - pushed);
        }
    }

    static void sleepUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static boolean isLoud(short[] samples, int from, int to) {
        for (int at = from; at < to; at++) {
            if (Math.abs(samples[at]) > LOUD) {
                return true;
            }
        }
        return false;
    }
}
