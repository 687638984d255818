package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gemlive.event.Audio;
import dev.gemlive.event.Closed;
import dev.gemlive.event.Connected;
import dev.gemlive.event.Connecting;
import dev.gemlive.event.ErrorEvent;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.Media;
import dev.gemlive.event.OutputTranscript;
import dev.gemlive.event.ResumptionUpdated;
import dev.gemlive.event.Text;
import dev.gemlive.event.TurnFinished;
import dev.gemlive.event.TurnStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whole conversations, pulled and pushed. */
class ConversationTest {
    @Test
    void aTextTurnIsTakenWithALoop() throws Exception {
        try (Emulator emulator = Emulator.withRules("[{\"on\": {\"text\": \"swords\"}, \"do\": [{\"say\": \"Yes.\"}]}]");
                LiveModel model = emulator.model();
                LiveSession session = model.startSession()) {
            long request = session.sendText("Do you sell swords?");
            assertEquals(1, request);
            List<LiveEvent> events = new ArrayList<>();
            for (LiveEvent event : session.events()) {
                events.add(event);
                if (event instanceof TurnFinished) {
                    session.finish();
                }
            }
            assertTrue(events.get(0) instanceof Connecting);
            assertTrue(events.get(events.size() - 1) instanceof Closed);
            for (int at = 0; at < events.size(); at++) {
                assertEquals(at + 1, events.get(at).seq());
                assertSame(session, events.get(at).session());
            }
            TurnStarted started = first(events, TurnStarted.class);
            assertEquals(request, started.request());
            assertEquals(1, started.turn());
            assertEquals("request", started.trigger());
            assertTrue(started.serverMessage().contains("serverContent"), started.serverMessage());
            TurnFinished finished = first(events, TurnFinished.class);
            assertEquals("Yes.", finished.transcript());
            assertEquals(OptionalLong.empty(), finished.heardMs(), "playout is off");
            assertEquals("Yes.", events.stream().filter(event -> event instanceof OutputTranscript)
                    .map(event -> ((OutputTranscript) event).text()).collect(Collectors.joining()));
            Audio audio = first(events, Audio.class);
            assertEquals(audio.frames() * audio.channels(), audio.samples().length);
            assertEquals(24_000, audio.sampleRate());
            Closed closed = (Closed) events.get(events.size() - 1);
            assertEquals(Status.OK, closed.status());
            assertEquals("GEMLIVE_OK", closed.code());
            assertNull(session.next(-1), "nothing comes after closed");
            assertTrue(session.isOver());
            assertEquals(SessionState.CLOSED, session.state());
        }
    }

    @Test
    void aListenerGetsTheSameOnItsExecutor() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        BlockingQueue<Closed> end = new LinkedBlockingQueue<>();
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "the-executor"));
        try (Emulator emulator = Emulator.start("--speed", "8"); LiveModel model = emulator.model()) {
            LiveSession session = model.startSession(executor, new LiveListener() {
                @Override
                public void onEvent(LiveEvent event) {
                    seen.add(event.type() + " on " + Thread.currentThread().getName());
                }

                @Override
                public void onConnected(Connected event) {
                    seen.add("typed connected");
                    event.session().sendText("Hello!");
                }

                @Override
                public void onTurnFinished(TurnFinished event) {
                    event.session().finish();
                }

                @Override
                public void onClosed(Closed event) {
                    end.add(event);
                }
            });
            Closed closed = Take.from(end);
            assertEquals("requested", closed.reason());
            List<String> all = new ArrayList<>(seen);
            assertEquals("connecting on the-executor", all.get(0));
            assertEquals("connected on the-executor", all.get(1));
            assertEquals("typed connected", all.get(2));
            assertEquals(closed.seq() + 1, all.size(), "every event once, and the typed one");
            Take.thrown(Status.INVALID_STATE, () -> session.next(0));
            session.close();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aThousandEventsPassAPoolInOrder() throws Exception {
        final int texts = 1_000;
        BlockingQueue<Long> seqs = new LinkedBlockingQueue<>();
        BlockingQueue<Closed> end = new LinkedBlockingQueue<>();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (LiveModel model = LiveModel.create(LiveOptions.builder().apiKey("k").baseUrl("ws://127.0.0.1:1").build())) {
            LiveSession session = model.startSession(pool, new LiveListener() {
                @Override
                public void onEvent(LiveEvent event) {
                    seqs.add(event.seq());
                }

                @Override
                public void onClosed(Closed event) {
                    end.add(event);
                }
            });
            for (int count = 0; count < texts; count++) {
                session.sendText("x");
            }
            session.finish(false, 0);
            Closed closed = Take.from(end);
            assertTrue(closed.seq() > texts, "each text replaces the one before, which fails");
            long expected = 1;
            for (long seq : seqs) {
                assertEquals(expected++, seq);
            }
            assertEquals(closed.seq() + 1, expected);
            session.close();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void eventsCanBeReadLongAfterTheirSession() throws Exception {
        Text text;
        try (Emulator emulator = Emulator.withRules("[{\"on\": {\"text\": \"\"}, \"do\": [{\"text\": \"Größe 🙂\"}]}]");
                LiveModel model = emulator.model(); LiveSession session = model.startSession()) {
            session.sendText("Say it.");
            text = Take.next(session, Text.class);
        }
        assertEquals("Größe 🙂", text.text());
        assertTrue(text.json().contains("Größe 🙂"), text.json());
        assertEquals(text.json(), text.toString());
        assertTrue(text.serverMessage().contains("Größe 🙂"), text.serverMessage());
        Take.thrown(Status.INVALID_HANDLE, () -> text.session().sendText("Again."));
    }

    @Test
    void mediaHasItsBytes() throws Exception {
        String part = "{\"serverContent\": {\"modelTurn\": {\"parts\": [{\"inlineData\": {\"mimeType\": \"image/png\", \"data\": \"AAH/\"}}]}}}";
        try (Emulator emulator = Emulator.withRules("[{\"on\": {\"text\": \"\"}, \"do\": [{\"raw\": " + part + "}]}]");
                LiveModel model = emulator.model(); LiveSession session = model.startSession()) {
            session.sendText("Show it.");
            Media media = Take.next(session, Media.class);
            assertEquals("image/png", media.mimeType());
            assertEquals(3, media.bytes());
            assertArrayEquals(new byte[] {0, 1, -1}, media.data());
            media.data()[0] = 7;
            assertEquals(0, media.data()[0], "nobody can change an event");
        }
    }

    @Test
    void theResumptionHandleIsInNoText() throws Exception {
        try (Emulator emulator = Emulator.start();
                LiveModel model = LiveModel.create(emulator.options().sessionResumption("{}").build());
                LiveSession session = model.startSession()) {
            session.sendText("Hello!");
            ResumptionUpdated updated = Take.next(session, ResumptionUpdated.class);
            while (!updated.resumable()) {
                updated = Take.next(session, ResumptionUpdated.class);
            }
            assertTrue(updated.handle().length() > 8, "a real handle");
            assertFalse((updated.toString() + updated.json()).contains(updated.handle()));
        }
    }

    @Test
    void optionalTextsAreEmptyOrThere() throws Exception {
        try (LiveModel model = LiveModel.create(LiveOptions.builder().apiKey("k").baseUrl("ws://127.0.0.1:1").build());
                LiveSession session = model.startSession()) {
            ErrorEvent refused = Take.next(session, ErrorEvent.class);
            assertEquals(Status.NETWORK, refused.status());
            assertEquals("tcp", refused.step().orElse("none"));
            assertFalse(refused.closeReason().isPresent());
            assertFalse(refused.httpStatus().isPresent());
            assertTrue(refused.retryable());
        }
    }

    @Test
    void aSessionWithoutAKeyEndsWithASentence() {
        try (LiveModel model = LiveModel.create(LiveOptions.builder().apiKey("").baseUrl("ws://127.0.0.1:1").build());
                LiveSession session = model.startSession()) {
            Closed closed = Take.next(session, Closed.class);
            assertEquals(Status.AUTH, closed.status());
            assertTrue(closed.message().contains("key"), closed.message());
        }
    }

    private static <E> E first(List<LiveEvent> events, Class<E> type) {
        return type.cast(events.stream().filter(type::isInstance).findFirst().get());
    }
}
