import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Mono sound of 16 bits, and the WAV files that hold it. */
final class Sound {
    private static final int HEADER = 44;

    final int rate;
    final short[] samples;

    private Sound(int rate, short[] samples) {
        this.rate = rate;
        this.samples = samples;
    }

    static Sound read(Path path) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int rate = 0;
        // Behind "RIFF", a size and "WAVE" come chunks: a name, a size, and that many bytes.
        for (int at = 12; at + 8 <= file.limit(); ) {
            String name = new String(file.array(), at, 4, StandardCharsets.US_ASCII);
            int size = Math.min(file.getInt(at + 4), file.limit() - at - 8);
            if (name.equals("fmt ")) {
                rate = file.getInt(at + 12);
                if (file.getShort(at + 8) != 1 || file.getShort(at + 10) != 1 || file.getShort(at + 22) != 16) {
                    throw new IOException(path + ": only 16-bit PCM mono is read");
                }
            } else if (name.equals("data") && rate > 0) {
                short[] samples = new short[size / 2];
                file.position(at + 8);
                file.asShortBuffer().get(samples);
                return new Sound(rate, samples);
            }
            at += 8 + size + (size & 1);
        }
        throw new IOException(path + " is no WAV file with sound");
    }

    /** At another rate, on a straight line between samples: good enough to listen to. */
    Sound at(int newRate) {
        short[] made = new short[(int) ((long) samples.length * newRate / rate)];
        for (int at = 0; at < made.length; at++) {
            double place = (double) at * rate / newRate;
            int before = (int) place;
            int after = Math.min(before + 1, samples.length - 1);
            made[at] = (short) (samples[before] + (place - before) * (samples[after] - samples[before]));
        }
        return new Sound(newRate, made);
    }

    static void write(Path path, int rate, int channels, short[] samples) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(HEADER + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + 2 * samples.length);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(2 * channels * rate);
        file.putShort((short) (2 * channels)).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        file.asShortBuffer().put(samples);
        Files.write(path, file.array());
    }
}
