import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Both sides at their times: left what was said, right what was heard. */
final class Recording {
    private final int rate;
    private final long start = System.nanoTime();
    private short[] left = {};
    private short[] right = {};
    private int heard;

    Recording(int rate) {
        this.rate = rate;
    }

    /** Begins now. */
    synchronized void left(Sound sound) {
        Sound fitting = sound.at(rate);
        int from = (int) ((System.nanoTime() - start) / 1e9 * rate);
        left = Arrays.copyOf(left, Math.max(left.length, from + fitting.samples.length));
        System.arraycopy(fitting.samples, 0, left, from, fitting.samples.length);
    }

    /** Comes behind what came before. */
    synchronized void right(short[] block) {
        if (heard + block.length > right.length) {
            right = Arrays.copyOf(right, 2 * (heard + block.length));
        }
        System.arraycopy(block, 0, right, heard, block.length);
        heard += block.length;
    }

    synchronized void write(Path path) throws IOException {
        int frames = Math.max(left.length, heard);
        short[] both = new short[2 * frames];
        for (int at = 0; at < frames; at++) {
            both[2 * at] = at < left.length ? left[at] : 0;
            both[2 * at + 1] = at < heard ? right[at] : 0;
        }
        Sound.write(path, rate, 2, both);
    }
}
