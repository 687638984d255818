package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gemlive.event.Closed;
import dev.gemlive.event.ErrorEvent;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.TurnFinished;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Giving sessions and models up: at any time, from anywhere, in any order. */
class CloseTest {
    @BeforeEach
    void nothingIsLeftOfOthers() {
        Wait.untilAllIsCollected();
    }

    @AfterEach
    void nothingLives() {
        Wait.untilNothingLives();
    }

    private static List<Runnable> everyCommand(LiveSession session) {
        byte[] picture = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0};
        return Arrays.asList(
                () -> session.sendText("x"), () -> session.sendTextJson("{\"text\": \"x\"}"), session::generateReply,
                () -> session.generateReply("x"), () -> session.generateReplyJson("{}"),
                () -> session.toolResponse("a", "{}"), () -> session.toolResponseJson("{\"call\": \"a\", \"output\": 1}"),
                session::interrupt, session::startUserActivity, session::endUserActivity, session::audioStreamEnd,
                () -> session.pushImage(picture, "image/jpeg"), () -> session.sendRaw("{}"),
                () -> session.writeAudio(new short[1], 0), () -> session.writeAudio(new float[1], 0));
    }

    private static List<Runnable> everyAudioCallForADevice(LiveSession session) {
        return Arrays.asList(() -> session.pushAudio(new short[1]), () -> session.pushAudio(new float[1]),
                () -> session.readAudio(new short[1]), () -> session.readAudio(new float[1]));
    }

    private static List<Runnable> everyOtherCall(LiveSession session) {
        return Arrays.asList(session::getTools, session::getCapabilities, () -> session.setInputFormat(16_000, 1),
                () -> session.setOutputFormat(24_000, 1), () -> session.next(0), session::wake, session::finish,
                () -> session.finish(true, 1), () -> session.finishJson("{}"));
    }

    @Test
    void everyCommandAfterAnUnaskedEndThrowsWhatItEndedWith() throws Exception {
        try (Emulator emulator = Emulator.withRules("[]");
                LiveModel model = LiveModel.create(emulator.options().apiKey("invalid").build());
                LiveSession session = model.startSession()) {
            Closed closed = Take.next(session, Closed.class);
            assertEquals(Status.AUTH, closed.status());
            for (Runnable command : everyCommand(session)) {
                String said = Take.thrown(Status.AUTH, command).sentence();
                assertTrue(said.contains(closed.message()), said);
            }
            assertNull(session.next(-1));
            everyAudioCallForADevice(session).forEach(Runnable::run);
            everyOtherCall(session).forEach(Runnable::run);
        }
    }

    @Test
    void everyCallAfterCloseIsRefused() {
        LiveModel model = LiveModel.create(Dead.options().build());
        LiveSession session = model.startSession();
        session.close();
        session.close();
        for (Runnable call : everyCommand(session)) {
            Take.thrown(Status.INVALID_HANDLE, call);
        }
        for (Runnable call : everyOtherCall(session)) {
            Take.thrown(Status.INVALID_HANDLE, call);
        }
        assertEquals(SessionState.CLOSED, session.state());
        assertEquals(0, session.queuedAudioUs());
        assertTrue(session.isOver());
        assertFalse(session.events().iterator().hasNext());
        model.close();
        model.close();
        Take.thrown(Status.INVALID_HANDLE, model::startSession);
        Take.thrown(Status.INVALID_HANDLE, model::finish);
    }

    @Test
    void closeEndsAWaitForAnEvent() throws Exception {
        LiveSession session = Dead.start();
        Take.next(session, ErrorEvent.class);
        BlockingQueue<GemliveException> ended = new LinkedBlockingQueue<>();
        Thread waiting = new Thread(() -> ended.add(endOfWaiting(session)));
        waiting.start();
        Wait.until("it waits", () -> waits(session));
        session.close();
        Status status = Take.from(ended).status();
        // The latter when an event came just before.
        assertTrue(status == Status.CANCELLED || status == Status.INVALID_HANDLE, status.word());
        Wait.forThread(waiting);
    }

    private static GemliveException endOfWaiting(LiveSession session) {
        while (true) {
            try {
                session.next(-1);
            } catch (GemliveException e) {
                // The other thread's look was inside.
                if (e.status() != Status.INVALID_STATE) {
                    return e;
                }
            }
        }
    }

    /** A second taker is refused while one waits. */
    private static boolean waits(LiveSession session) {
        try {
            session.next(0);
            return false;
        } catch (GemliveException e) {
            return e.status() == Status.INVALID_STATE;
        }
    }

    @Test
    void closeFromManyThreadsAtOnce() throws Exception {
        for (int round = 0; round < 50; round++) {
            LiveModel model = LiveModel.create(Dead.options().build());
            LiveSession session = model.startSession();
            together(8, () -> {
                session.close();
                model.close();
            });
            Take.thrown(Status.INVALID_HANDLE, session::interrupt);
        }
    }

    @Test
    void closeWhileOthersCallEverything() throws Exception {
        BlockingQueue<Throwable> strange = new LinkedBlockingQueue<>();
        for (int round = 0; round < 20; round++) {
            LiveSession session = Dead.start();
            boolean[] first = {true};
            together(4, () -> {
                synchronized (first) {
                    if (first[0]) {
                        first[0] = false;
                        session.close();
                        return;
                    }
                }
                for (int count = 0; count < 20; count++) {
                    everyCommand(session).forEach(call -> refusedAtMost(call, strange));
                    everyAudioCallForADevice(session).forEach(call -> refusedAtMost(call, strange));
                    everyOtherCall(session).forEach(call -> refusedAtMost(call, strange));
                }
            });
        }
        assertNull(strange.peek(), () -> "not a GemliveException: " + strange);
    }

    private static void refusedAtMost(Runnable call, BlockingQueue<Throwable> strange) {
        try {
            call.run();
        } catch (GemliveException expected) {
            assertFalse(expected.getMessage().isEmpty());
        } catch (Throwable other) {
            strange.add(other);
        }
    }

    private static void together(int count, Runnable call) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(count);
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    call.run();
                } catch (Exception | Error e) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            Wait.forThread(thread);
        }
        assertNull(failures.peek(), failures::toString);
    }

    @Test
    void aModelGoesBeforeItsSessions() throws Exception {
        try (Emulator emulator = Emulator.start("--speed", "8")) {
            LiveModel model = emulator.model();
            try (LiveSession session = model.startSession()) {
                model.close();
                session.sendText("Are you still there?");
                assertEquals("completed", Take.next(session, TurnFinished.class).reason());
            }
        }
    }

    @Test
    void allSessionsOfAModelFinishWithIt() {
        try (LiveModel model = LiveModel.create(Dead.options().build());
                LiveSession one = model.startSession(); LiveSession other = model.startSession()) {
            model.finish();
            assertEquals("requested", Take.next(one, Closed.class).reason());
            assertEquals("requested", Take.next(other, Closed.class).reason());
            Take.thrown(Status.CLOSED, model::startSession);
            Take.thrown(Status.CLOSED, () -> one.sendText("Too late."));
        }
    }

    @Test
    void destroyAllEndsEverything() {
        LiveModel model = LiveModel.create(Dead.options().build());
        LiveSession session = model.startSession();
        Gemlive.destroyAll();
        Wait.untilNothingLives();
        Take.thrown(Status.INVALID_HANDLE, () -> session.sendText("x"));
        Take.thrown(Status.INVALID_HANDLE, model::startSession);
        session.close();
        model.close();
    }

    @Test
    void aFailedCreationLeavesNothing() {
        LiveOptions wrong = LiveOptions.builder().topP(2).build();
        for (int count = 0; count < 100; count++) {
            Take.thrown(Status.INVALID_ARGUMENT, () -> LiveModel.create(wrong));
            try (LiveModel model = LiveModel.create(Dead.options().build())) {
                Take.thrown(Status.INVALID_ARGUMENT, () -> model.startSession(wrong));
                Take.thrown(Status.INVALID_ARGUMENT, () -> model.startSession(wrong, Runnable::run, new LiveListener() {}));
            }
        }
    }

    @Test
    void theLibrarysThreadsEndAfterTheLastSession() {
        LiveSession session = Dead.start();
        assertFalse(Gemlive.awaitShutdown(0));
        session.close();
        assertTrue(Gemlive.awaitShutdown(Take.DEADLINE_MS));
    }

    @Test
    void wakeEndsOneWait() {
        try (LiveSession session = Dead.start()) {
            session.wake();
            boolean woken = false;
            while (!woken) {
                try {
                    LiveEvent event = session.next(Take.DEADLINE_MS);
                    assertTrue(event != null, "a wake-up is remembered");
                } catch (GemliveException e) {
                    assertEquals(Status.CANCELLED, e.status());
                    woken = true;
                }
            }
            session.finish();
            Take.next(session, Closed.class);
        }
    }
}
