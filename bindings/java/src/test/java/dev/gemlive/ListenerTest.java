package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gemlive.event.Closed;
import dev.gemlive.event.Connecting;
import dev.gemlive.event.ErrorEvent;
import dev.gemlive.event.LiveEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listeners that behave badly, and executors of every kind. */
class ListenerTest {
    private final BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    private final ExecutorService pool = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
        return thread;
    });

    @BeforeEach
    void nothingIsLeftOfOthers() {
        Wait.untilAllIsCollected();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        pool.shutdown();
        assertTrue(pool.awaitTermination(Take.DEADLINE_MS, TimeUnit.MILLISECONDS));
        Wait.untilNothingLives();
    }

    /** Keeps the end. */
    private static class Ending implements LiveListener {
        final BlockingQueue<Closed> end = new LinkedBlockingQueue<>();

        @Override
        public void onClosed(Closed event) {
            end.add(event);
            event.session().close();
        }
    }

    private static LiveSession start(Executor executor, LiveListener listener) {
        try (LiveModel model = LiveModel.create(Dead.options().build())) {
            return model.startSession(executor, listener);
        }
    }

    @Test
    void whatAHandlerThrowsIsReportedAndEventsGoOn() throws Exception {
        Ending listener = new Ending() {
            @Override
            public void onEvent(LiveEvent event) {
                throw new IllegalStateException("on " + event.seq());
            }

            @Override
            public void onConnecting(Connecting event) {
                throw new AssertionError("typed");
            }
        };
        LiveSession session = start(pool, listener);
        session.finish();
        long last = Take.from(listener.end).seq();
        assertEquals("on 1", Take.from(uncaught).getMessage());
        assertEquals("typed", Take.from(uncaught).getMessage());
        for (long seq = 2; seq <= last; seq++) {
            assertEquals("on " + seq, Take.from(uncaught).getMessage());
        }
    }

    @Test
    void aHandlerThatBlocksKeepsNoOtherSession() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        LiveSession slow = start(pool, new LiveListener() {
            @Override
            public void onConnecting(Connecting event) {
                blocked.countDown();
                try {
                    release.await(Take.DEADLINE_MS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        try {
            assertTrue(blocked.await(Take.DEADLINE_MS, TimeUnit.MILLISECONDS));
            for (int count = 0; count < 10; count++) {
                Ending listener = new Ending();
                start(pool, listener).finish();
                assertEquals("requested", Take.from(listener.end).reason());
            }
            assertEquals(1, release.getCount(), "it still blocks");
        } finally {
            release.countDown();
            slow.close();
        }
    }

    @Test
    void neverTwoAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Ending listener = new Ending() {
            @Override
            public void onEvent(LiveEvent event) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
            }
        };
        LiveSession session = start(pool, listener);
        for (int count = 0; count < 1_000; count++) {
            session.sendText("x");
        }
        session.finish(false, 0);
        assertTrue(Take.from(listener.end).seq() > 1_000);
        assertEquals(1, most.get());
    }

    @Test
    void closeInAHandlerIsTheLastOfIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            BlockingQueue<String> seen = new LinkedBlockingQueue<>();
            CountDownLatch done = new CountDownLatch(1);
            start(pool, new LiveListener() {
                @Override
                public void onEvent(LiveEvent event) {
                    seen.add(event.type());
                    event.session().close();
                    Take.thrown(Status.INVALID_HANDLE, () -> event.session().sendText("x"));
                    done.countDown();
                }

                @Override
                public void onConnecting(Connecting event) {
                    seen.add("a second call");
                }
            });
            assertTrue(done.await(Take.DEADLINE_MS, TimeUnit.MILLISECONDS));
            Wait.untilNothingLives();
            assertEquals("[connecting]", seen.toString());
        }
        assertTrue(uncaught.isEmpty(), uncaught::toString);
    }

    @Test
    void noHandlerBeginsAfterClose() throws Exception {
        for (int round = 0; round < 50; round++) {
            AtomicInteger begun = new AtomicInteger();
            ExecutorService single = Executors.newSingleThreadExecutor();
            try {
                LiveSession session = start(single, new LiveListener() {
                    @Override
                    public void onEvent(LiveEvent event) {
                        begun.incrementAndGet();
                    }
                });
                for (int count = 0; count < 100; count++) {
                    session.sendText("x");
                }
                session.close();
                // Behind a call that may have been running, and before any task that a later wake-up could bring.
                single.submit(() -> begun.set(0)).get(Take.DEADLINE_MS, TimeUnit.MILLISECONDS);
                Wait.untilNothingLives();
                assertEquals(0, single.submit(begun::get).get(Take.DEADLINE_MS, TimeUnit.MILLISECONDS).intValue());
            } finally {
                single.shutdown();
            }
        }
    }

    @Test
    void anExecutorThatRunsAtOnceNestsNothing() throws Exception {
        AtomicInteger depth = new AtomicInteger();
        Ending listener = new Ending() {
            @Override
            public void onEvent(LiveEvent event) {
                depth.accumulateAndGet(Thread.currentThread().getStackTrace().length, Math::max);
            }
        };
        LiveSession session = start(Runnable::run, listener);
        for (int count = 0; count < 1_000; count++) {
            session.sendText("x");
        }
        session.finish(false, 0);
        Take.from(listener.end);
        assertTrue(depth.get() < 40, "frames of the deepest call: " + depth);
    }

    @Test
    void anExecutorThatWasShutDownStopsOnlyItsSession() throws Exception {
        ExecutorService dead = Executors.newSingleThreadExecutor();
        dead.shutdown();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try (LiveSession session = start(dead, new LiveListener() {})) {
            assertTrue(Take.from(uncaught) instanceof RejectedExecutionException);
            Ending listener = new Ending();
            start(pool, listener).finish();
            Take.from(listener.end);
            assertFalse(session.isOver());
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void anExecutorThatRefusesForAWhileLosesNothing() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        AtomicInteger events = new AtomicInteger();
        Ending listener = new Ending() {
            @Override
            public void onEvent(LiveEvent event) {
                events.incrementAndGet();
            }
        };
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try (LiveSession session = start(task -> {
            if (refusals.incrementAndGet() <= 3) {
                throw new RejectedExecutionException("full");
            }
            pool.execute(task);
        }, listener)) {
            session.finish();
            Closed closed = Take.from(listener.end);
            assertEquals(closed.seq(), events.get());
            assertEquals("full", Take.from(uncaught).getMessage());
            assertTrue(uncaught.isEmpty(), "it is told once");
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void aHandlerMayCallEverything() throws Exception {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        Ending listener = new Ending() {
            @Override
            public void onError(ErrorEvent event) {
                LiveSession session = event.session();
                if (done.isEmpty()) {
                    Take.thrown(Status.INVALID_STATE, () -> session.next(0));
                    session.pushAudio(new short[160]);
                    session.readAudio(new short[240]);
                    session.interrupt();
                    done.add(session.state() + " " + session.sendText("x"));
                    session.finish(false, 0);
                }
            }
        };
        start(pool, listener);
        assertEquals("CONNECTING 1", Take.from(done));
        Take.from(listener.end);
    }
}
