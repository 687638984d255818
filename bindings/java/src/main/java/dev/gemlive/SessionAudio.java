package dev.gemlive;

import dev.gemlive.internal.Native;
import dev.gemlive.internal.Reclaimer;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * The audio of a session. Samples are interleaved: shorts, or floats from -1 to 1. Counts are frames: one sample for
 * each channel. Lengths of arrays and buffers are in samples, and have to be multiples of the channels; those of bytes, for a
 * {@link SampleFormat}, are in bytes.
 *
 * <p>One thread pushes or writes and one thread reads at a time; they may be different, and different from all others.
 * A second one at the same moment gets INVALID_STATE. {@code pushAudio} and {@code readAudio} with arrays or direct
 * buffers in native order never wait and allocate nothing. Direct buffers are read and filled where they are.
 *
 * <p>A sound device may go on after its session: on one that is closing, over or given up with {@code close()},
 * {@code pushAudio} takes 0 frames and {@code readAudio} gives silence, and neither throws.
 */
abstract class SessionAudio {
    private enum Call {
        PUSH_S16, PUSH_F32, PUSH_S16_DIRECT, PUSH_F32_DIRECT,
        WRITE_S16, WRITE_F32, WRITE_S16_DIRECT, WRITE_F32_DIRECT,
        READ_S16, READ_F32, READ_S16_DIRECT, READ_F32_DIRECT;

        /** Never waits, and does not fail for the end of the session. */
        boolean isForDevice() {
            return compareTo(WRITE_S16) < 0 || compareTo(READ_S16) >= 0;
        }
    }

    private final AudioDirection input = new AudioDirection("input");
    private final AudioDirection output = new AudioDirection("output");

    abstract long handle();

    abstract boolean isGivenUp();

    /**
     * How pushed and written samples are to be understood from now on; 16,000 Hz mono before the first call.
     *
     * @param sampleRate 1,000 to 384,000 Hz
     * @param channels 1 to 16
     * @throws GemliveException INVALID_STATE when the channels change while another thread pushes or writes
     */
    public final void setInputFormat(int sampleRate, int channels) {
        input.change(channels, () -> Native.gemlive_session_set_input_format(handle(), sampleRate, channels));
    }

    /**
     * How readAudio is to deliver; 24,000 Hz mono before the first call. Switches playout on: until then, or the first
     * readAudio, the model's voice comes in {@code Audio} events only.
     *
     * @param sampleRate 1,000 to 384,000 Hz
     * @param channels 1 to 16; the model's voice is on every one
     * @throws GemliveException INVALID_STATE when the channels change while another thread reads
     */
    public final void setOutputFormat(int sampleRate, int channels) {
        output.change(channels, () -> Native.gemlive_session_set_output_format(handle(), sampleRate, channels));
    }

    /** How much of the model's voice waits to be read, in microseconds; 0 also after close(). */
    public final long queuedAudioUs() {
        return Native.gemlive_session_queued_audio_us(handle());
    }

    /**
     * The largest sample of the microphone's last 50 ms, mixed to mono, from 0 to 1. 0 while muted, 250 ms after the last push is
     * over, and after close().
     */
    public final float inputPeak() {
        return Native.gemlive_session_input_peak(handle());
    }

    /** How loud the microphone's last 50 ms are, as root mean square; otherwise as {@link #inputPeak}. */
    public final float inputRms() {
        return Native.gemlive_session_input_rms(handle());
    }

    /** {@link #pushAudio(short[], int, int)} of the whole array. */
    public final int pushAudio(short[] samples) {
        return pushAudio(samples, 0, samples.length);
    }

    /**
     * Takes what the microphone has just heard: as much as the input ring (option input_ring_ms) has room for. Never
     * waits.
     *
     * @return how many frames were taken; fewer than given when the ring is full, 0 when the session is closing or over
     */
    public final int pushAudio(short[] samples, int offset, int length) {
        checkRange(samples.length, offset, length);
        return call(Call.PUSH_S16, samples, offset, length, 0);
    }

    /** {@link #pushAudio(float[], int, int)} of the whole array. */
    public final int pushAudio(float[] samples) {
        return pushAudio(samples, 0, samples.length);
    }

    /** As {@link #pushAudio(short[], int, int)}. */
    public final int pushAudio(float[] samples, int offset, int length) {
        checkRange(samples.length, offset, length);
        return call(Call.PUSH_F32, samples, offset, length, 0);
    }

    /** As {@link #pushAudio(short[], int, int)} of what remains; the position moves behind what was taken. */
    public final int pushAudio(ShortBuffer samples) {
        return give(samples, Call.PUSH_S16, Call.PUSH_S16_DIRECT, 0);
    }

    /** As {@link #pushAudio(ShortBuffer)}. */
    public final int pushAudio(FloatBuffer samples) {
        return give(samples, Call.PUSH_F32, Call.PUSH_F32_DIRECT, 0);
    }

    /** {@link #pushAudio(SampleFormat, byte[], int, int)} of the whole array. */
    public final int pushAudio(SampleFormat format, byte[] samples) {
        return pushAudio(format, samples, 0, samples.length);
    }

    /**
     * As {@link #pushAudio(short[], int, int)}, for interleaved samples of any format. The format may differ from call to call.
     *
     * @param offset in bytes
     * @param length in bytes, of whole frames
     */
    public final int pushAudio(SampleFormat format, byte[] samples, int offset, int length) {
        checkRange(samples.length, offset, length);
        return pushBytes(format, samples, offset, length, null);
    }

    /**
     * As {@link #pushAudio(SampleFormat, byte[], int, int)} of what remains; the position moves behind what was taken. The bytes are
     * in the machine's order, whatever the buffer's own is.
     */
    public final int pushAudio(SampleFormat format, ByteBuffer samples) {
        return pushBytes(format, memory(samples), offset(samples), samples.remaining(), samples);
    }

    /**
     * As {@link #pushAudio(SampleFormat, ByteBuffer)}, for channels that lie one behind the other, each a plane of the same size. The
     * position stays.
     *
     * @param from the frame to begin with: how many of them were taken before
     */
    public final int pushPlanarAudio(SampleFormat format, ByteBuffer planes, int from) {
        Objects.requireNonNull(format, "format");
        if (isGivenUp()) {
            return 0;
        }
        int channels = input.enter();
        try {
            int frames = frames(format, planes.remaining(), channels);
            if (from < 0 || from > frames) {
                throw new GemliveException(Status.INVALID_ARGUMENT, "from has to be 0 to " + frames + ", not " + from);
            }
            return (int) Native.pcm_push_samples(handle(), format.number, memory(planes), offset(planes) + from * format.bytes,
                    format.bytes, channels, frames * format.bytes, frames - from);
        } finally {
            input.leave();
            Reclaimer.keep(this);
        }
    }

    /** Moves the position of what is interleaved in a buffer. */
    private int pushBytes(SampleFormat format, Object memory, int offset, int length, ByteBuffer moved) {
        Objects.requireNonNull(format, "format");
        if (isGivenUp()) {
            return 0;
        }
        int channels = input.enter();
        try {
            int frames = frames(format, length, channels);
            int taken = (int) Native.pcm_push_samples(handle(), format.number, memory, offset, format.bytes, channels, 0, frames);
            if (moved != null) {
                moved.position(moved.position() + taken * format.bytes * channels);
            }
            return taken;
        } finally {
            input.leave();
            Reclaimer.keep(this);
        }
    }

    private static int frames(SampleFormat format, int length, int channels) {
        int width = format.bytes * channels;
        if (length % width != 0) {
            throw new GemliveException(Status.INVALID_ARGUMENT, "the number of bytes has to be a multiple of the " + width
                    + " of a frame of " + channels + " channels, not " + length);
        }
        return length / width;
    }

    /** As C takes it: a direct buffer or an array. */
    private static Object memory(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            return buffer;
        }
        if (buffer.hasArray()) {
            return buffer.array();
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    private static int offset(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            return buffer.position();
        }
        return buffer.hasArray() ? buffer.arrayOffset() + buffer.position() : 0;
    }

    /** {@link #writeAudio(short[], int, int, long)} of the whole array. */
    public final int writeAudio(short[] samples, long timeoutMs) {
        return writeAudio(samples, 0, samples.length, timeoutMs);
    }

    /**
     * The blocking form, for files, streams and tests: any length; waits for room, also while there is no connection.
     *
     * @param timeoutMs 0 or more; negative: no limit
     * @return how many frames were placed; fewer than given when the time was over
     * @throws GemliveException CLOSED or CANCELLED when the session is closed or given up meanwhile, the status it ended
     *     with when that was unasked; {@link GemliveException#frames} were placed
     */
    public final int writeAudio(short[] samples, int offset, int length, long timeoutMs) {
        checkRange(samples.length, offset, length);
        return call(Call.WRITE_S16, samples, offset, length, timeoutMs);
    }

    /** {@link #writeAudio(float[], int, int, long)} of the whole array. */
    public final int writeAudio(float[] samples, long timeoutMs) {
        return writeAudio(samples, 0, samples.length, timeoutMs);
    }

    /** As {@link #writeAudio(short[], int, int, long)}. */
    public final int writeAudio(float[] samples, int offset, int length, long timeoutMs) {
        checkRange(samples.length, offset, length);
        return call(Call.WRITE_F32, samples, offset, length, timeoutMs);
    }

    /** As {@link #writeAudio(short[], int, int, long)} of what remains; the position moves behind what was placed. */
    public final int writeAudio(ShortBuffer samples, long timeoutMs) {
        return give(samples, Call.WRITE_S16, Call.WRITE_S16_DIRECT, timeoutMs);
    }

    /** As {@link #writeAudio(ShortBuffer, long)}. */
    public final int writeAudio(FloatBuffer samples, long timeoutMs) {
        return give(samples, Call.WRITE_F32, Call.WRITE_F32_DIRECT, timeoutMs);
    }

    /** {@link #readAudio(short[], int, int)} of the whole array. */
    public final int readAudio(short[] samples) {
        return readAudio(samples, 0, samples.length);
    }

    /**
     * Fills the speaker's array with what is due now: the model's voice, or silence. After an interruption the next call
     * is silent, but for a fade of 5 ms or less. The first call switches playout on. Never waits.
     *
     * @return how many frames are the model's voice and not filler; also after the session's end what is left can be read.
     *     0 after close(). Whatever comes of it, all that was asked for is written: silence, if nothing else
     */
    public final int readAudio(short[] samples, int offset, int length) {
        checkRange(samples.length, offset, length);
        return call(Call.READ_S16, samples, offset, length, 0);
    }

    /** {@link #readAudio(float[], int, int)} of the whole array. */
    public final int readAudio(float[] samples) {
        return readAudio(samples, 0, samples.length);
    }

    /** As {@link #readAudio(short[], int, int)}. */
    public final int readAudio(float[] samples, int offset, int length) {
        checkRange(samples.length, offset, length);
        return call(Call.READ_F32, samples, offset, length, 0);
    }

    /** As {@link #readAudio(short[], int, int)} for what remains; the position moves to the limit. */
    public final int readAudio(ShortBuffer samples) {
        int length = samples.remaining();
        int heard;
        if (isDirect(samples, samples.order())) {
            heard = call(Call.READ_S16_DIRECT, writable(samples), samples.position(), length, 0);
            samples.position(samples.limit());
        } else {
            short[] copy = new short[length];
            writable(samples);
            try {
                heard = call(Call.READ_S16, copy, 0, length, 0);
            } finally {
                samples.duplicate().put(copy);
            }
            samples.position(samples.limit());
        }
        return heard;
    }

    /** As {@link #readAudio(ShortBuffer)}. */
    public final int readAudio(FloatBuffer samples) {
        int length = samples.remaining();
        int heard;
        if (isDirect(samples, samples.order())) {
            heard = call(Call.READ_F32_DIRECT, writable(samples), samples.position(), length, 0);
            samples.position(samples.limit());
        } else {
            float[] copy = new float[length];
            writable(samples);
            try {
                heard = call(Call.READ_F32, copy, 0, length, 0);
            } finally {
                samples.duplicate().put(copy);
            }
            samples.position(samples.limit());
        }
        return heard;
    }

    private int give(ShortBuffer samples, Call array, Call direct, long timeoutMs) {
        if (isDirect(samples, samples.order())) {
            return give(samples, direct, samples, samples.position(), timeoutMs);
        }
        if (samples.hasArray()) {
            return give(samples, array, samples.array(), samples.arrayOffset() + samples.position(), timeoutMs);
        }
        short[] copy = new short[samples.remaining()];
        samples.duplicate().get(copy);
        return give(samples, array, copy, 0, timeoutMs);
    }

    private int give(FloatBuffer samples, Call array, Call direct, long timeoutMs) {
        if (isDirect(samples, samples.order())) {
            return give(samples, direct, samples, samples.position(), timeoutMs);
        }
        if (samples.hasArray()) {
            return give(samples, array, samples.array(), samples.arrayOffset() + samples.position(), timeoutMs);
        }
        float[] copy = new float[samples.remaining()];
        samples.duplicate().get(copy);
        return give(samples, array, copy, 0, timeoutMs);
    }

    /** Moves the position behind what was handed over, also when the call fails later. */
    private int give(Buffer buffer, Call call, Object samples, int offset, long timeoutMs) {
        if (call.isForDevice() && isGivenUp()) {
            return 0;
        }
        int start = buffer.position();
        int channels = input.enter();
        long frames = 0;
        try {
            frames = cross(call, samples, offset, frames(buffer.remaining(), channels), channels, timeoutMs);
        } catch (GemliveException e) {
            frames = e.frames();
            throw e;
        } finally {
            input.leave();
            Reclaimer.keep(this);
            buffer.position(start + (int) frames * channels);
        }
        return (int) frames;
    }

    private int call(Call call, Object samples, int offset, int length, long timeoutMs) {
        if (call.isForDevice() && isGivenUp()) {
            silence(call, samples, offset, length);
            return 0;
        }
        try {
            return callUnlessBusy(call, samples, offset, length, timeoutMs);
        } catch (GemliveException e) {
            silence(call, samples, offset, length);
            throw e;
        }
    }

    private int callUnlessBusy(Call call, Object samples, int offset, int length, long timeoutMs) {
        AudioDirection direction = call.compareTo(Call.READ_S16) < 0 ? input : output;
        int channels = direction.enter();
        try {
            return (int) cross(call, samples, offset, frames(length, channels), channels, timeoutMs);
        } finally {
            direction.leave();
            // A session that only a waiting call knows must not be collected before the call returns.
            Reclaimer.keep(this);
        }
    }

    /** What a read was to fill; nothing for the other calls. */
    private static void silence(Call call, Object samples, int offset, int length) {
        switch (call) {
            case READ_S16: Arrays.fill((short[]) samples, offset, offset + length, (short) 0); break;
            case READ_F32: Arrays.fill((float[]) samples, offset, offset + length, 0); break;
            case READ_S16_DIRECT: {
                ShortBuffer rest = ((ShortBuffer) samples).duplicate();
                while (rest.hasRemaining()) {
                    rest.put((short) 0);
                }
                break;
            }
            case READ_F32_DIRECT: {
                FloatBuffer rest = ((FloatBuffer) samples).duplicate();
                while (rest.hasRemaining()) {
                    rest.put(0);
                }
                break;
            }
            default: break;
        }
    }

    private long cross(Call call, Object samples, int offset, int frames, int channels, long timeoutMs) {
        long session = handle();
        switch (call) {
            case PUSH_S16: return Native.pcm_push_s16(session, (short[]) samples, offset, frames, channels);
            case PUSH_F32: return Native.pcm_push_f32(session, (float[]) samples, offset, frames, channels);
            case PUSH_S16_DIRECT: return Native.pcm_push_s16_direct(session, samples, offset, frames, channels);
            case PUSH_F32_DIRECT: return Native.pcm_push_f32_direct(session, samples, offset, frames, channels);
            case WRITE_S16: return Native.pcm_write_s16(session, (short[]) samples, offset, frames, channels, timeoutMs);
            case WRITE_F32: return Native.pcm_write_f32(session, (float[]) samples, offset, frames, channels, timeoutMs);
            case WRITE_S16_DIRECT: return Native.pcm_write_s16_direct(session, samples, offset, frames, channels, timeoutMs);
            case WRITE_F32_DIRECT: return Native.pcm_write_f32_direct(session, samples, offset, frames, channels, timeoutMs);
            case READ_S16: return Native.pcm_read_s16(session, (short[]) samples, offset, frames, channels);
            case READ_F32: return Native.pcm_read_f32(session, (float[]) samples, offset, frames, channels);
            case READ_S16_DIRECT: return Native.pcm_read_s16_direct(session, samples, offset, frames, channels);
            case READ_F32_DIRECT: return Native.pcm_read_f32_direct(session, samples, offset, frames, channels);
            default: throw new AssertionError(call);
        }
    }

    /** The C library reads native order only. */
    private static boolean isDirect(Buffer buffer, ByteOrder order) {
        return buffer.isDirect() && order == ByteOrder.nativeOrder();
    }

    private static <B extends Buffer> B writable(B buffer) {
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return buffer;
    }

    private static int frames(int length, int channels) {
        if (length % channels != 0) {
            throw new GemliveException(Status.INVALID_ARGUMENT,
                    "the number of samples has to be a multiple of the " + channels + " channels, not " + length);
        }
        return length / channels;
    }

    private static void checkRange(int size, int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IndexOutOfBoundsException(
                    "offset " + offset + " and length " + length + " are not within " + size + " samples");
        }
    }
}
