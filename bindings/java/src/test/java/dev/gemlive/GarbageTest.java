package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gemlive.event.Closed;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.TurnFinished;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What the garbage collector may and may not take. */
class GarbageTest {
    private interface Work {
        void run() throws Exception;
    }

    /** Collects without pause while the work is done. */
    private static void inStorm(Work work) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread storm = new Thread(() -> {
            while (!over.get()) {
                System.gc();
            }
        });
        storm.start();
        try {
            work.run();
        } finally {
            over.set(true);
            Wait.forThread(storm);
        }
    }

    @Test
    void aConversationOutlastsAStormOfCollections() throws Exception {
        try (Emulator emulator = Emulator.start("--speed", "8"); LiveModel model = emulator.model()) {
            inStorm(() -> {
                for (int round = 0; round < 3; round++) {
                    List<LiveEvent> events = new ArrayList<>();
                    try (LiveSession session = model.startSession()) {
                        session.pushAudio(new short[1_600]);
                        session.sendText("Round 🔥 " + round);
                        for (LiveEvent event : session.events()) {
                            events.add(event);
                            if (event instanceof TurnFinished) {
                                session.finish();
                            }
                        }
                    }
                    long seq = 1;
                    for (LiveEvent event : events) {
                        assertEquals(seq++, event.seq());
                        assertTrue(event.json().startsWith("{") && event.json().contains(event.type()), event.json());
                    }
                    assertTrue(events.stream().anyMatch(event -> event instanceof TurnFinished
                            && ((TurnFinished) event).transcript().contains("🔥")));
                }
            });
        }
        Wait.untilNothingLives();
    }

    @Test
    void anAbandonedSessionIsEndedAndReported() throws Exception {
        BlockingQueue<String> reports = new LinkedBlockingQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord report) {
                reports.add(report.getParameters()[0].toString());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("dev.gemlive");
        log.addHandler(handler);
        log.setUseParentHandlers(false);
        try {
            abandon(1);
            Wait.untilAllIsCollected();
            List<String> both = new ArrayList<>();
            both.add(Take.from(reports));
            both.add(Take.from(reports));
            both.sort(null);
            assertEquals("[LiveModel, LiveSession]", both.toString());

            abandon(200);
            Wait.untilAllIsCollected();
        } finally {
            log.removeHandler(handler);
            log.setUseParentHandlers(true);
        }
    }

    /** In a thread of its own, whose stack keeps nothing; some are closed, in both orders. */
    private static void abandon(int count) throws InterruptedException {
        Thread thread = new Thread(() -> {
            for (int number = 1; number <= count; number++) {
                LiveModel model = LiveModel.create(Dead.options().build());
                LiveSession session = model.startSession();
                session.next(0);
                if (number % 3 == 0) {
                    session.close();
                }
                if (number % 5 == 0) {
                    model.close();
                }
            }
        });
        thread.start();
        Wait.forThread(thread);
    }

    @Test
    void aSessionWithAListenerGoesOnWithoutAnyoneKeepingIt() throws Exception {
        BlockingQueue<Closed> end = new LinkedBlockingQueue<>();
        try (LiveModel model = LiveModel.create(Dead.options().build())) {
            listenOnly(model, end);
            System.gc();
            System.gc();
            assertEquals(1, Gemlive.liveObjects(ObjectKind.SESSION));
            model.finish();
            Closed closed = Take.from(end);
            assertEquals("requested", closed.reason());
            closed.session().close();
        }
        Wait.untilNothingLives();
    }

    private static void listenOnly(LiveModel model, BlockingQueue<Closed> end) {
        model.startSession(Runnable::run, new LiveListener() {
            @Override
            public void onClosed(Closed event) {
                end.add(event);
            }
        });
    }

    @Test
    void aWaitKeepsItsSession() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> {
            for (LiveEvent event : Dead.start().events()) {
                seen.add(event.type());
                if (event.type().equals("error")) {
                    event.session().finish();
                }
            }
        });
        inStorm(() -> {
            thread.start();
            while (!Take.from(seen).equals("closed")) {
                assertTrue(thread.isAlive() || !seen.isEmpty(), "closed comes last");
            }
        });
        Wait.forThread(thread);
        Wait.untilAllIsCollected();
    }

    @Test
    void eventsOutliveEverything() throws Exception {
        List<LiveEvent> events = new ArrayList<>();
        try (LiveSession session = Dead.start()) {
            for (int count = 0; count < 200; count++) {
                session.sendText("🔥 " + count);
            }
            session.finish(false, 0);
            session.events().forEach(events::add);
        }
        System.gc();
        Wait.untilNothingLives();
        assertTrue(events.size() > 200);
        for (LiveEvent event : events) {
            assertTrue(event.json().contains("\"" + event.type() + "\""), event.json());
            assertTrue(event.timeMs() >= 0);
            Take.thrown(Status.INVALID_HANDLE, event.session()::interrupt);
        }
    }
}
