package dev.gemlive.runner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sound file in memory: 16-bit PCM only. */
final class Wav {
    final int rate;
    final int channels;
    final short[] samples;

    private Wav(int rate, int channels, short[] samples) {
        this.rate = rate;
        this.channels = channels;
        this.samples = samples;
    }

    /** @throws IOException with a sentence that names the file */
    static Wav read(Path path) throws IOException {
        ByteBuffer file;
        try {
            file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new IOException("cannot read '" + path + "' as a sound file: " + e.getMessage(), e);
        }
        final int riff = 0x46464952;
        final int wave = 0x45564157;
        if (file.remaining() < 12 || file.getInt() != riff || file.getInt() == 0 || file.getInt() != wave) {
            throw new IOException("cannot read '" + path + "' as a sound file: it is no WAV file");
        }
        return chunks(file, path);
    }

    private static Wav chunks(ByteBuffer file, Path path) throws IOException {
        final int format = 0x20746d66;
        final int data = 0x61746164;
        int channels = 0;
        int rate = 0;
        while (file.remaining() >= 8) {
            int name = file.getInt();
            int size = Math.min(file.getInt(), file.remaining());
            if (size < 0) {
                size = file.remaining();
            }
            int next = file.position() + size;
            if (name == format && size >= 16) {
                short kind = file.getShort();
                channels = file.getShort();
                rate = file.getInt();
                file.getInt();
                file.getShort();
                if (kind != 1 || file.getShort() != 16 || channels < 1) {
                    throw new IOException("cannot read '" + path + "': only 16-bit PCM is");
                }
            } else if (name == data && channels > 0) {
                short[] samples = new short[size / 2 / channels * channels];
                file.asShortBuffer().get(samples);
                return new Wav(rate, channels, samples);
            }
            file.position(Math.min(file.limit(), next + (size & 1)));
        }
        throw new IOException("cannot read '" + path + "' as a sound file: it has no samples");
    }
}
