package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gemlive.event.Closed;
import dev.gemlive.event.GenerationComplete;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Samples in and out, in every form that Java has for them. */
class AudioTest {
    private static final short[] NOISE = noise(1_600);

    /** 16 kHz mono goes to the server as it is: what it got must be the noise. */
    private interface Push {
        void to(LiveSession session);
    }

    private static short[] noise(int samples) {
        Random random = new Random(7);
        short[] noise = new short[samples];
        for (int at = 0; at < samples; at++) {
            noise[at] = (short) random.nextInt(1 << 16);
        }
        return noise;
    }

    private static short[] arrivesOf(Push push) throws Exception {
        try (Emulator emulator = Emulator.start(); LiveModel model = emulator.model()) {
            try (LiveSession session = model.startSession()) {
                push.to(session);
                session.finish();
                assertEquals("requested", Take.next(session, Closed.class).reason());
            }
            emulator.stop();
            ShortBuffer got = ByteBuffer.wrap(emulator.audio()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
            short[] samples = new short[got.remaining()];
            got.get(samples);
            return samples;
        }
    }

    private static float[] floats(short[] samples) {
        float[] floats = new float[samples.length];
        for (int at = 0; at < samples.length; at++) {
            floats[at] = samples[at] / 32768F;
        }
        return floats;
    }

    private static ShortBuffer direct(int samples, ByteOrder order) {
        return ByteBuffer.allocateDirect(2 * samples).order(order).asShortBuffer();
    }

    private static FloatBuffer directFloats(int samples) {
        return ByteBuffer.allocateDirect(4 * samples).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static LiveSession unconnected(LiveModel model) {
        return model.startSession(LiveOptions.builder().inputRingMs(250).build());
    }

    private static LiveModel nowhere() {
        return LiveModel.create(LiveOptions.builder().apiKey("k").baseUrl("ws://127.0.0.1:1").build());
    }

    @Test
    void partsOfArraysArrive() throws Exception {
        assertArrayEquals(NOISE, arrivesOf(session -> {
            short[] around = new short[NOISE.length + 10];
            System.arraycopy(NOISE, 0, around, 5, NOISE.length);
            assertEquals(600, session.pushAudio(around, 5, 600));
            assertEquals(1_000, session.writeAudio(around, 605, 1_000, Take.DEADLINE_MS));
        }));
    }

    @Test
    void floatsArriveAsTheShortsTheyWere() throws Exception {
        assertArrayEquals(NOISE, arrivesOf(session -> {
            float[] floats = floats(NOISE);
            assertEquals(600, session.pushAudio(floats, 0, 600));
            assertEquals(1_000, session.writeAudio(floats, 600, 1_000, Take.DEADLINE_MS));
        }));
    }

    @Test
    void aDirectBufferIsTakenBetweenPositionAndLimit() throws Exception {
        assertArrayEquals(NOISE, arrivesOf(session -> {
            ShortBuffer buffer = direct(NOISE.length + 20, ByteOrder.nativeOrder());
            buffer.position(10);
            buffer.put(NOISE).flip();
            buffer.position(10).limit(610);
            assertEquals(600, session.pushAudio(buffer));
            assertEquals(610, buffer.position());
            buffer.limit(10 + NOISE.length);
            ShortBuffer rest = buffer.slice();
            assertEquals(1_000, session.writeAudio(rest, Take.DEADLINE_MS));
            assertEquals(0, rest.remaining());
        }));
    }

    @Test
    void aDirectBufferOfFloatsArrives() throws Exception {
        assertArrayEquals(NOISE, arrivesOf(session -> {
            FloatBuffer buffer = directFloats(NOISE.length);
            buffer.put(floats(NOISE)).flip();
            buffer.limit(600);
            assertEquals(600, session.pushAudio(buffer));
            buffer.limit(NOISE.length);
            assertEquals(1_000, session.writeAudio(buffer, Take.DEADLINE_MS));
        }));
    }

    @Test
    void everyOtherBufferArrivesToo() throws Exception {
        assertArrayEquals(NOISE, arrivesOf(session -> {
            ShortBuffer heap = ShortBuffer.wrap(NOISE, 0, 400);
            assertEquals(400, session.pushAudio(heap));
            assertEquals(400, heap.position());
            ShortBuffer sliced = ShortBuffer.wrap(NOISE, 400, 400).slice();
            assertEquals(400, session.pushAudio(sliced));
            ByteOrder other = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            ShortBuffer swapped = direct(400, other);
            swapped.put(NOISE, 800, 400).flip();
            assertEquals(400, session.writeAudio(swapped, Take.DEADLINE_MS));
            ShortBuffer readOnly = ShortBuffer.wrap(NOISE, 1_200, 400).asReadOnlyBuffer();
            assertEquals(400, session.writeAudio(readOnly, Take.DEADLINE_MS));
        }));
    }

    @Test
    void aLongPushGoesInBlocksAndAWriteWaitsForRoom() throws Exception {
        short[] second = noise(160_000);
        short[] got = arrivesOf(session -> {
            int pushed = session.pushAudio(second);
            assertEquals(4_000, pushed, 40, "what the ring of 250 ms takes at once");
            assertEquals(second.length - pushed,
                    session.writeAudio(second, pushed, second.length - pushed, Take.DEADLINE_MS));
        });
        assertArrayEquals(second, got);
    }

    @Test
    void stereoIsMixed() throws Exception {
        short[] both = new short[2 * NOISE.length];
        for (int at = 0; at < NOISE.length; at++) {
            both[2 * at] = both[2 * at + 1] = NOISE[at];
        }
        assertArrayEquals(NOISE, arrivesOf(session -> {
            session.setInputFormat(16_000, 2);
            assertEquals(NOISE.length, session.pushAudio(both));
        }));
    }

    @Test
    void whatIsNoWholeFrameIsRefusedBeforeAnythingIsTaken() {
        try (LiveModel model = nowhere(); LiveSession session = unconnected(model)) {
            session.setInputFormat(48_000, 2);
            session.setOutputFormat(48_000, 3);
            assertTrue(Take.thrown(Status.INVALID_ARGUMENT, () -> session.pushAudio(new short[5])).sentence().contains("2"));
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.writeAudio(new float[3], 0));
            assertTrue(Take.thrown(Status.INVALID_ARGUMENT, () -> session.readAudio(new short[4])).sentence().contains("3"));
            ShortBuffer buffer = direct(5, ByteOrder.nativeOrder());
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.pushAudio(buffer));
            assertEquals(0, buffer.position());
            assertEquals(0, session.pushAudio(new short[0]));
            assertEquals(0, session.readAudio(new float[0]));
        }
    }

    @Test
    void rangesAreChecked() {
        try (LiveModel model = nowhere(); LiveSession session = unconnected(model)) {
            short[] array = new short[10];
            int[][] wrong = {{-1, 1}, {0, -1}, {0, 11}, {5, 6}, {11, 0}, {Integer.MAX_VALUE, 1}, {1, Integer.MAX_VALUE}};
            for (int[] range : wrong) {
                String what = Arrays.toString(range);
                assertThrows(IndexOutOfBoundsException.class, () -> session.pushAudio(array, range[0], range[1]), what);
                assertThrows(IndexOutOfBoundsException.class, () -> session.readAudio(array, range[0], range[1]), what);
                assertThrows(IndexOutOfBoundsException.class, () -> session.writeAudio(array, range[0], range[1], 0), what);
            }
            assertThrows(NullPointerException.class, () -> session.pushAudio((short[]) null));
            assertThrows(NullPointerException.class, () -> session.readAudio((FloatBuffer) null));
        }
    }

    @Test
    void formatsThatAreNoneAreRefusedAndTheOldOneStays() {
        try (LiveModel model = nowhere(); LiveSession session = unconnected(model)) {
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.setInputFormat(999, 1));
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.setInputFormat(16_000, 17));
            Take.thrown(Status.INVALID_ARGUMENT, () -> session.setOutputFormat(16_000, 0));
            assertEquals(3, session.pushAudio(new short[3]), "still mono");
        }
    }

    @Test
    void readingFillsEveryForm() {
        try (LiveModel model = nowhere(); LiveSession session = unconnected(model)) {
            short[] array = filled(5_000);
            assertEquals(0, session.readAudio(array, 10, 4_980));
            assertEquals(7, array[9]);
            assertEquals(0, array[10]);
            assertEquals(0, array[4_989]);
            assertEquals(7, array[4_990]);
            ShortBuffer direct = direct(100, ByteOrder.nativeOrder());
            direct.put(filled(100)).flip();
            direct.position(10).limit(90);
            assertEquals(0, session.readAudio(direct));
            assertEquals(90, direct.position());
            assertEquals(7, direct.get(9));
            assertEquals(0, direct.get(10));
            ShortBuffer heap = ShortBuffer.wrap(filled(100), 10, 80);
            assertEquals(0, session.readAudio(heap));
            assertEquals(0, heap.remaining());
            assertEquals(7, heap.array()[9]);
            assertEquals(0, heap.array()[89]);
            FloatBuffer floats = directFloats(10);
            floats.put(0, 1F);
            assertEquals(0, session.readAudio(floats));
            assertEquals(0F, floats.get(0));
            assertThrows(ReadOnlyBufferException.class, () -> session.readAudio(direct(1, ByteOrder.nativeOrder()).asReadOnlyBuffer()));
            assertThrows(ReadOnlyBufferException.class, () -> session.readAudio(ShortBuffer.wrap(new short[1]).asReadOnlyBuffer()));
        }
    }

    @Test
    void afterCloseTheSpeakerHearsSilence() {
        try (LiveModel model = nowhere()) {
            LiveSession session = unconnected(model);
            session.setOutputFormat(48_000, 2);
            session.close();
            short[] array = filled(8);
            Take.thrown(Status.INVALID_HANDLE, () -> session.readAudio(array));
            assertArrayEquals(new short[8], array);
            ShortBuffer direct = direct(8, ByteOrder.nativeOrder());
            direct.put(filled(8)).flip();
            Take.thrown(Status.INVALID_HANDLE, () -> session.readAudio(direct));
            assertEquals(0, direct.get(7));
        }
    }

    @Test
    void theVoiceIsHeard() throws Exception {
        try (Emulator emulator = Emulator.withRules("[{\"on\": {\"text\": \"\"}, \"do\": [{\"say\": \"Good morning.\"}]}]");
                LiveModel model = emulator.model(); LiveSession session = model.startSession()) {
            session.setOutputFormat(16_000, 2);
            session.sendText("Hello!");
            Take.next(session, GenerationComplete.class);
            assertTrue(session.queuedAudioUs() > 100_000);
            short[] loud = new short[3_200];
            assertEquals(1_600, session.readAudio(loud));
            float[] louder = new float[16_000];
            session.readAudio(louder);
            float peak = 0;
            for (float sample : louder) {
                peak = Math.max(peak, Math.abs(sample));
            }
            assertTrue(peak > 0.05F, "the peak is " + peak);
            for (int at = 0; at < louder.length; at += 2) {
                assertEquals(louder[at], louder[at + 1], "the same on both channels");
            }
        }
    }

    @Test
    void aWriteThatWaitsIsEndedByClose() throws Exception {
        try (LiveModel model = nowhere()) {
            LiveSession session = model.startSession(LiveOptions.builder().inputRingMs(20).journalMs(250).build());
            BlockingQueue<Object> ended = new LinkedBlockingQueue<>();
            Thread writer = new Thread(() -> {
                try {
                    ended.add("started");
                    ended.add(session.writeAudio(new short[1 << 22], -1));
                } catch (GemliveException e) {
                    ended.add(e);
                }
            });
            writer.start();
            assertEquals("started", Take.from(ended));
            Take.thrown(Status.INVALID_STATE, () -> {
                // As soon as the writer is in.
                while (true) {
                    session.pushAudio(new short[1]);
                    Thread.yield();
                }
            });
            Take.thrown(Status.INVALID_STATE, () -> session.setInputFormat(16_000, 2));
            session.setInputFormat(16_000, 1);
            session.close();
            GemliveException e = (GemliveException) Take.from(ended);
            // It may have been on its way in only.
            assertTrue(e.status() == Status.CANCELLED || e.status() == Status.INVALID_HANDLE, e.toString());
            assertTrue(e.frames() < 1 << 22, "not all were placed");
            writer.join();
        }
    }

    @Test
    void aWriteWithoutRoomSaysHowMuchItPlaced() {
        try (LiveModel model = nowhere(); LiveSession session = unconnected(model)) {
            ShortBuffer direct = direct(1 << 20, ByteOrder.nativeOrder());
            int placed = session.writeAudio(direct, 50);
            assertTrue(placed > 0 && placed < 1 << 20, "placed " + placed);
            assertEquals(placed, direct.position());
        }
    }

    private static short[] filled(int samples) {
        short[] filled = new short[samples];
        Arrays.fill(filled, (short) 7);
        return filled;
    }
}
