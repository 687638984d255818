package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gemlive.event.Closed;
import dev.gemlive.event.LiveEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One loop for the sessions that share their model's queue. */
class ModelEventsTest {
    private static final long DEADLINE_MS = 20_000;

    @BeforeEach
    void nothingIsLeftOfOthers() {
        Wait.untilAllIsCollected();
    }

    @AfterEach
    void nothingLives() {
        Wait.untilNothingLives();
    }

    private static LiveModel sharing() {
        return LiveModel.create(LiveOptions.builder().baseUrl("ws://127.0.0.1:1").apiKey("key").shareEvents(true)
                .drainTimeoutMs(100).build());
    }

    @Test
    void oneLoopServesTheSessionsOfAModel() {
        try (LiveModel model = sharing()) {
            List<LiveSession> sessions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sessions.add(model.startSession());
            }
            assertEquals(Status.INVALID_STATE,
                    assertThrows(GemliveException.class, () -> sessions.get(0).next(0)).status());
            model.finish();
            Set<LiveSession> closed = new HashSet<>();
            for (LiveEvent event = model.next(DEADLINE_MS); event != null; event = model.next(DEADLINE_MS)) {
                if (event instanceof Closed) {
                    closed.add(event.session());
                }
            }
            assertEquals(new HashSet<>(sessions), closed);
            sessions.forEach(LiveSession::close);
        }
    }

    @Test
    void dispatchGivesWhatWaits() {
        try (LiveModel model = sharing(); LiveSession session = model.startSession()) {
            List<LiveEvent> seen = new ArrayList<>();
            long begin = System.nanoTime();
            while (seen.isEmpty() && System.nanoTime() - begin < DEADLINE_MS * 1_000_000) {
                model.dispatch(seen::add);
            }
            assertEquals(session, seen.get(0).session());
        }
    }

    @Test
    void wakeEndsOneWait() {
        try (LiveModel model = sharing()) {
            model.wake();
            assertEquals(Status.CANCELLED, assertThrows(GemliveException.class, () -> model.next(-1)).status());
            assertNull(model.next(0));
        }
    }

    @Test
    void nobodyIsKeptByTheModel() {
        try (LiveModel model = sharing()) {
            model.startSession();
            Wait.until("the session is collected", () -> {
                System.gc();
                return Gemlive.liveObjects(ObjectKind.SESSION) == 0;
            });
        }
    }
}
