package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gemlive.event.Closed;
import dev.gemlive.event.Connected;
import dev.gemlive.event.GenerationComplete;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Samples in arrays and buffers of every kind. */
class AudioTest {
    private static final int BLOCK = 1_600;

    private static short[] ramp(int start) {
        short[] samples = new short[BLOCK];
        for (int at = 0; at < BLOCK; at++) {
            samples[at] = (short) (start + at);
        }
        return samples;
    }

    private static ShortBuffer direct(ByteOrder order, int samples) {
        return ByteBuffer.allocateDirect(2 * samples).order(order).asShortBuffer();
    }

    private static FloatBuffer directFloats(int samples) {
        return ByteBuffer.allocateDirect(4 * samples).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static float[] floats(short[] samples) {
        float[] converted = new float[samples.length];
        for (int at = 0; at < samples.length; at++) {
            converted[at] = samples[at] / 32768f;
        }
        return converted;
    }

    @Test
    void everyKindOfArrayAndBufferArrivesWhole() throws Exception {
        ByteOrder foreign = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        try (Emulator emulator = Emulator.start(); LiveModel model = emulator.model()) {
            try (LiveSession session = model.startSession()) {
                Take.next(session, Connected.class);
                int start = 0;
                assertEquals(BLOCK, session.writeAudio(ramp(start), Take.DEADLINE_MS));
                start += BLOCK;

                short[] within = new short[BLOCK + 7];
                System.arraycopy(ramp(start), 0, within, 3, BLOCK);
                assertEquals(BLOCK, session.writeAudio(within, 3, BLOCK, Take.DEADLINE_MS));
                start += BLOCK;

                for (ShortBuffer buffer : Arrays.asList(ShortBuffer.allocate(BLOCK + 7),
                        direct(ByteOrder.nativeOrder(), BLOCK + 7), direct(foreign, BLOCK + 7))) {
                    buffer.position(5);
                    buffer.put(ramp(start));
                    buffer.flip().position(5);
                    assertEquals(BLOCK, session.writeAudio(buffer, Take.DEADLINE_MS));
                    assertEquals(0, buffer.remaining(), "the position moves behind what was placed");
                    start += BLOCK;
                }

                ShortBuffer sliced = ShortBuffer.wrap(within, 2, BLOCK + 2).slice();
                sliced.position(1);
                sliced.put(ramp(start));
                sliced.flip().position(1);
                ShortBuffer readOnly = sliced.asReadOnlyBuffer();
                assertEquals(BLOCK, session.writeAudio(readOnly, Take.DEADLINE_MS));
                assertEquals(0, readOnly.remaining());
                start += BLOCK;

                assertEquals(BLOCK, session.writeAudio(floats(ramp(start)), Take.DEADLINE_MS));
                start += BLOCK;
                FloatBuffer pointed = directFloats(BLOCK + 1);
                pointed.position(1);
                pointed.put(floats(ramp(start)));
                pointed.flip().position(1);
                assertEquals(BLOCK, session.writeAudio(pointed, Take.DEADLINE_MS));
                start += BLOCK;
                session.finish(true, Take.DEADLINE_MS);
                Take.next(session, Closed.class);

                emulator.stop();
                ShortBuffer arrived = ByteBuffer.wrap(emulator.audio()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
                short[] samples = new short[arrived.remaining()];
                arrived.get(samples);
                short[] expected = new short[start];
                for (int at = 0; at < start; at++) {
                    expected[at] = (short) at;
                }
                assertTrue(samples.length >= start, samples.length + " of " + start + " samples arrived");
                assertArrayEquals(expected, Arrays.copyOf(samples, start));
            }
        }
    }

    @Test
    void aFullRingTakesLessAndThePositionSaysSo() {
        try (LiveSession session = Dead.start()) {
            ShortBuffer tenSeconds = ShortBuffer.allocate(160_000);
            int accepted = session.pushAudio(tenSeconds);
            assertTrue(accepted > 0 && accepted < 160_000, accepted + " frames");
            assertEquals(accepted, tenSeconds.position());
        }
    }

    @Test
    void silenceFillsWhatIsReadAndNothingElse() {
        try (LiveSession session = Dead.start()) {
            short[] shorts = {7, 7, 7, 7};
            assertEquals(0, session.readAudio(shorts, 1, 2));
            assertArrayEquals(new short[] {7, 0, 0, 7}, shorts);
            float[] floats = {7, 7, 7, 7};
            assertEquals(0, session.readAudio(floats, 1, 2));
            assertArrayEquals(new float[] {7, 0, 0, 7}, floats);
            for (ShortBuffer buffer : Arrays.asList(ShortBuffer.wrap(new short[] {7, 7, 7, 7}),
                    direct(ByteOrder.nativeOrder(), 4).put(new short[] {7, 7, 7, 7}))) {
                buffer.limit(3).position(1);
                assertEquals(0, session.readAudio(buffer));
                assertEquals(3, buffer.position());
                assertEquals("7 0 0 7", buffer.get(0) + " " + buffer.get(1) + " " + buffer.get(2) + " "
                        + ((ShortBuffer) buffer.clear()).get(3));
            }
        }
    }

    @Test
    void aReadOnlyBufferIsNotWritten() {
        try (LiveSession session = Dead.start()) {
            assertThrows(ReadOnlyBufferException.class, () -> session.readAudio(ShortBuffer.allocate(4).asReadOnlyBuffer()));
            ShortBuffer direct = direct(ByteOrder.nativeOrder(), 4).asReadOnlyBuffer();
            assertThrows(ReadOnlyBufferException.class, () -> session.readAudio(direct));
            assertThrows(ReadOnlyBufferException.class, () -> session.readAudio(directFloats(4).asReadOnlyBuffer()));
            assertEquals(4, session.pushAudio(direct), "it can be pushed");
        }
    }

    @Test
    void rangesOutsideOfAnArrayAreRefused() {
        try (LiveSession session = Dead.start()) {
            short[] samples = new short[10];
            for (int[] range : new int[][] {{-1, 2}, {0, 11}, {10, 1}, {11, 0}, {0, -1}, {Integer.MAX_VALUE, 2},
                    {2, Integer.MAX_VALUE}, {Integer.MIN_VALUE, Integer.MIN_VALUE}}) {
                assertThrows(IndexOutOfBoundsException.class, () -> session.pushAudio(samples, range[0], range[1]));
                assertThrows(IndexOutOfBoundsException.class, () -> session.writeAudio(new float[10], range[0], range[1], 0));
                assertThrows(IndexOutOfBoundsException.class, () -> session.readAudio(samples, range[0], range[1]));
            }
            assertEquals(0, session.pushAudio(samples, 10, 0));
            assertEquals(0, session.readAudio(new float[0]));
            assertThrows(NullPointerException.class, () -> session.pushAudio((short[]) null));
            assertThrows(NullPointerException.class, () -> session.readAudio((ShortBuffer) null));
            assertEquals(1, session.pushAudio(new short[1]), "the direction is free again");
        }
    }

    @Test
    void samplesAreWholeFrames() {
        try (LiveSession session = Dead.start()) {
            session.setInputFormat(48_000, 2);
            assertEquals(480, session.pushAudio(new short[960]));
            GemliveException odd = Take.thrown(Status.INVALID_ARGUMENT, () -> session.pushAudio(new short[961]));
            assertTrue(odd.sentence().contains("2 channels") && odd.sentence().contains("961"), odd.sentence());
            session.setOutputFormat(48_000, 3);
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.readAudio(new short[4]));
            assertEquals(0, session.readAudio(new short[3]));
            assertEquals(1, session.pushAudio(new short[2]));
        }
    }

    private static final int SECOND = 16_000;

    private static LiveSession roomy() {
        return Dead.start(Dead.options().inputRingMs(10_000));
    }

    /** A second of two channels, a float each in the machine's order: first all of one, then all of the other. */
    private static ByteBuffer twoPlanes(ByteBuffer buffer, float first, float second) {
        buffer.order(ByteOrder.nativeOrder());
        for (int at = 0; at < SECOND; at++) {
            buffer.putFloat(4 * at, first);
            buffer.putFloat(4 * (SECOND + at), second);
        }
        return buffer;
    }

    /** What was understood is told by the level: the mean of both channels. */
    @Test
    void bytesOfEveryFormatAreUnderstoodInBothLayouts() {
        for (ByteBuffer planes : Arrays.asList(ByteBuffer.allocate(8 * SECOND), ByteBuffer.allocateDirect(8 * SECOND))) {
            twoPlanes(planes, 0.5f, 0.25f);
            try (LiveSession session = roomy()) {
                session.setInputFormat(SECOND, 2);
                assertEquals(SECOND, session.pushPlanarAudio(SampleFormat.F32, planes, 0));
                assertEquals(0.375f, session.inputPeak());
                assertEquals(0.375f, session.inputRms(), 0.001f);
                assertEquals(0, planes.position());
                assertEquals(10, session.pushPlanarAudio(SampleFormat.F32, planes.asReadOnlyBuffer(), SECOND - 10));
                assertEquals(SECOND, session.pushAudio(SampleFormat.F32, planes));
                assertEquals(0, planes.remaining(), "the position moves behind what was taken");
                assertEquals(0.25f, session.inputPeak());
                session.mute(true);
                assertEquals(0f, session.inputPeak());
            }
        }
        try (LiveSession session = roomy()) {
            byte[] bytes = new byte[2 * SECOND + 1];
            Arrays.fill(bytes, (byte) 0x40);
            assertEquals(2 * SECOND, session.pushAudio(SampleFormat.U8, bytes, 1, 2 * SECOND));
            assertEquals(0.5f, session.inputPeak());
            Arrays.fill(bytes, (byte) 0x80);
            assertEquals(2 * SECOND + 1, session.pushAudio(SampleFormat.MULAW, bytes));
            assertEquals(32124 / 32768f, session.inputPeak());
            Arrays.fill(bytes, (byte) 0x2A);
            assertEquals(2 * SECOND, session.pushAudio(SampleFormat.ALAW, bytes, 0, 2 * SECOND));
            assertEquals(32256 / 32768f, session.inputPeak());
            Arrays.fill(bytes, (byte) 0);
            assertEquals(SECOND, session.pushAudio(SampleFormat.S16, bytes, 1, 2 * SECOND));
            assertEquals(SECOND / 2, session.pushAudio(SampleFormat.S32, bytes, 1, 2 * SECOND));
            assertEquals(0f, session.inputPeak());
        }
    }

    @Test
    void bytesAreWholeFrames() {
        try (LiveSession session = Dead.start()) {
            session.setInputFormat(48_000, 3);
            GemliveException odd = Take.thrown(Status.INVALID_ARGUMENT, () -> session.pushAudio(SampleFormat.S32, new byte[13]));
            assertTrue(odd.sentence().contains("12") && odd.sentence().contains("13"), odd.sentence());
            ByteBuffer planes = ByteBuffer.allocateDirect(12);
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.pushPlanarAudio(SampleFormat.S32, planes, 2));
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.pushPlanarAudio(SampleFormat.S32, planes, -1));
            assertThrows(NullPointerException.class, () -> session.pushAudio(null, planes));
            assertThrows(IndexOutOfBoundsException.class, () -> session.pushAudio(SampleFormat.U8, new byte[3], 1, 3));
            assertEquals(0, session.pushPlanarAudio(SampleFormat.S32, planes, 1));
            assertEquals(1, session.pushAudio(SampleFormat.S32, planes), "the direction is free again");
            assertEquals(0, session.pushAudio(SampleFormat.S32, planes), "nothing remains");
        }
    }

    @Test
    void formatsOutOfRangeAreRefused() {
        try (LiveSession session = Dead.start()) {
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.setInputFormat(999, 1));
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.setInputFormat(16_000, 0));
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.setOutputFormat(16_000, 17));
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.setOutputFormat(384_001, -1));
            assertEquals(3, session.pushAudio(new short[3]), "the format before holds");
        }
    }

    @Test
    void afterCloseAPushTakesNothingAndAReadIsSilentAndNeitherThrows() {
        LiveSession session = Dead.start();
        session.setOutputFormat(24_000, 2);
        session.close();
        assertNothingIsTakenAndAllIsSilent(session);
        assertEquals(0, session.readAudio(new short[3]), "not even for half a frame");
        assertEquals(0, session.pushAudio(ShortBuffer.allocate(3)));
        assertEquals(0, session.pushAudio(SampleFormat.S32, new byte[3]));
        assertEquals(0, session.pushPlanarAudio(SampleFormat.S32, ByteBuffer.allocate(3), 9));
        assertEquals(0f, session.inputPeak());
        assertEquals(0f, session.inputRms());
    }

    @Test
    void afterFinishAPushTakesNothingAndDoesNotThrow() {
        try (LiveSession session = Dead.start()) {
            session.setOutputFormat(24_000, 2);
            session.finish(false, 0);
            assertEquals(0, session.pushAudio(new short[160]), "closing");
            Take.next(session, Closed.class);
            assertNothingIsTakenAndAllIsSilent(session);
            assertEquals(0, Take.thrown(Status.CLOSED, () -> session.writeAudio(new short[160], 0)).frames());
            Take.thrown(Status.CLOSED, () -> session.sendText("Too late."));
        }
    }

    @Test
    void afterAnUnaskedEndAPushTakesNothingAndDoesNotThrow() throws Exception {
        try (Emulator emulator = Emulator.withRules("[]");
                LiveModel model = LiveModel.create(emulator.options().apiKey("invalid").build());
                LiveSession session = model.startSession()) {
            session.setOutputFormat(24_000, 2);
            assertEquals(Status.AUTH, Take.next(session, Closed.class).status());
            assertNothingIsTakenAndAllIsSilent(session);
            assertEquals(0, Take.thrown(Status.AUTH, () -> session.writeAudio(new short[160], -1)).frames());
        }
    }

    /** In stereo. */
    private static void assertNothingIsTakenAndAllIsSilent(LiveSession session) {
        assertEquals(0, session.pushAudio(new short[160]));
        assertEquals(0, session.pushAudio(new float[160]));
        ShortBuffer pushed = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()).asShortBuffer();
        assertEquals(0, session.pushAudio(pushed));
        assertEquals(0, pushed.position());
        short[] shorts = {7, 7, 7, 7, 7, 7};
        assertEquals(0, session.readAudio(shorts, 1, 4));
        assertArrayEquals(new short[] {7, 0, 0, 0, 0, 7}, shorts);
        float[] floats = {7, 7, 7, 7};
        assertEquals(0, session.readAudio(floats));
        assertArrayEquals(new float[4], floats);
        for (ByteBuffer memory : new ByteBuffer[] {ByteBuffer.allocate(16), ByteBuffer.allocateDirect(16)}) {
            memory.order(ByteOrder.nativeOrder());
            Arrays.asList(0, 8).forEach(at -> memory.putLong(at, -1));
            ShortBuffer block = memory.asShortBuffer();
            assertEquals(0, session.readAudio(block));
            assertEquals(8, block.position());
            assertEquals(0, memory.getLong(0) | memory.getLong(8));
            Arrays.asList(0, 8).forEach(at -> memory.putLong(at, -1));
            FloatBuffer words = memory.asFloatBuffer();
            assertEquals(0, session.readAudio(words));
            assertEquals(0, memory.getLong(0) | memory.getLong(8));
        }
    }

    @Test
    void aReadThatIsRefusedIsSilent() {
        try (LiveSession session = Dead.start()) {
            session.setOutputFormat(24_000, 2);
            short[] shorts = {7, 7, 7};
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.readAudio(shorts));
            assertArrayEquals(new short[3], shorts);
            FloatBuffer heap = FloatBuffer.wrap(new float[] {7, 7, 7});
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.readAudio(heap));
            assertArrayEquals(new float[3], heap.array());
            assertEquals(0, heap.position());
        }
    }

    @Test
    void theVoiceIsHeardOnEveryChannel() throws Exception {
        try (Emulator emulator = Emulator.withRules("[{\"on\": {\"text\": \"\"}, \"do\": [{\"say\": \"Good morning.\"}]}]");
                LiveModel model = emulator.model(); LiveSession session = model.startSession()) {
            session.setOutputFormat(16_000, 2);
            session.sendText("Hello!");
            Take.next(session, GenerationComplete.class);
            assertTrue(session.queuedAudioUs() > 100_000);
            assertEquals(1_600, session.readAudio(new short[3_200]), "no filler");
            float[] voice = new float[16_000];
            session.readAudio(voice);
            float peak = 0;
            for (int at = 0; at < voice.length; at += 2) {
                assertEquals(voice[at], voice[at + 1]);
                peak = Math.max(peak, Math.abs(voice[at]));
            }
            assertTrue(peak > 0.05F && peak <= 1F, "the peak is " + peak);
        }
    }

    @Test
    void aWriteThatWaitsIsAloneAndEndsWithClose() throws Exception {
        LiveSession session = Dead.start(Dead.options().journalMs(250).inputRingMs(100));
        BlockingQueue<GemliveException> ended = new LinkedBlockingQueue<>();
        ShortBuffer hundredSeconds = ShortBuffer.allocate(1_600_000);
        Thread writing = new Thread(() -> ended.add(endOfWriting(session, hundredSeconds)));
        writing.start();
        Wait.until("it writes", () -> {
            try {
                session.pushAudio(new short[1]);
                return false;
            } catch (GemliveException e) {
                return e.status() == Status.INVALID_STATE;
            }
        });
        Take.thrown(Status.INVALID_STATE, () -> session.writeAudio(new float[1], -1));
        Take.thrown(Status.INVALID_STATE, () -> session.setInputFormat(48_000, 2));
        assertEquals(0, session.readAudio(new short[10]), "the other direction is free");
        session.close();
        GemliveException end = Take.from(ended);
        // It may have been on its way in only.
        assertTrue(end.status() == Status.CANCELLED || end.status() == Status.INVALID_HANDLE, end.toString());
        assertEquals(end.frames(), hundredSeconds.position(), "what was placed is told");
        Wait.forThread(writing);
    }

    private static GemliveException endOfWriting(LiveSession session, ShortBuffer samples) {
        while (true) {
            try {
                session.writeAudio(samples, -1);
            } catch (GemliveException e) {
                // The other thread's look was inside.
                if (e.status() != Status.INVALID_STATE) {
                    return e;
                }
            }
        }
    }

    @Test
    void pushesReadsAndFormatsAtOnceDoNoHarm() throws Exception {
        LiveSession session = Dead.start();
        BlockingQueue<Throwable> strange = new LinkedBlockingQueue<>();
        Thread[] threads = new Thread[4];
        for (int number = 0; number < threads.length; number++) {
            int channels = 1 + number;
            threads[number] = new Thread(() -> {
                for (int count = 0; count < 2_000; count++) {
                    for (Runnable call : Arrays.<Runnable>asList(
                            () -> session.setInputFormat(16_000 * channels, channels),
                            () -> session.pushAudio(new short[12 * channels]),
                            () -> session.setOutputFormat(8_000 * channels, channels),
                            () -> session.readAudio(new float[12 * channels]))) {
                        try {
                            call.run();
                        } catch (GemliveException e) {
                            // WOULD_BLOCK: the input format was changed too often in a moment.
                            if (!Arrays.asList(Status.INVALID_STATE, Status.INVALID_ARGUMENT, Status.WOULD_BLOCK)
                                    .contains(e.status())) {
                                strange.add(e);
                            }
                        } catch (Throwable e) {
                            strange.add(e);
                        }
                    }
                }
            });
            threads[number].start();
        }
        for (Thread thread : threads) {
            Wait.forThread(thread);
        }
        session.close();
        assertNull(strange.peek());
    }
}
