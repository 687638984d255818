package dev.gemlive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gemlive.event.LiveEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** How a process ends, and what a long one takes: each in a process of its own. */
class ProcessTest {
    /** Ends while sessions live, threads wait in them, and listeners run. */
    static final class LeaveAlive {
        // A collected model is reported, and this process is to end silently.
        private static LiveModel model;

        public static void main(String[] arguments) {
            model = LiveModel.create(Dead.options().build());
            ExecutorService pool = Executors.newFixedThreadPool(2, LeaveAlive::daemon);
            for (int number = 0; number < 10; number++) {
                LiveSession pulled = model.startSession();
                daemon(() -> pulled.events().forEach(LiveEvent::json)).start();
                daemon(() -> pulled.writeAudio(new short[16_000_000], -1)).start();
                model.startSession(pool, new LiveListener() {
                    @Override
                    public void onEvent(LiveEvent event) {
                        event.session().sendText("x");
                    }
                });
            }
        }

        private static Thread daemon(Runnable work) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }
    }

    @Test
    void itEndsWithSessionsAlive() throws Exception {
        for (int round = 0; round < 5; round++) {
            Child child = Child.run(LeaveAlive.class);
            assertEquals("", child.output);
            assertEquals(0, child.code);
        }
    }

    /** Prints the resident size in kB after each round of sessions. */
    static final class LiveManyTimes {
        static final int ROUNDS = 5;
        private static final int SESSIONS = 2_000;

        public static void main(String[] arguments) throws IOException {
            for (int round = 0; round < ROUNDS; round++) {
                try (LiveModel model = LiveModel.create(Dead.options().build())) {
                    for (int number = 0; number < SESSIONS; number++) {
                        try (LiveSession session = number % 2 == 0 ? model.startSession()
                                : model.startSession(Runnable::run, new LiveListener() {})) {
                            session.sendText("x");
                        }
                    }
                }
                System.gc();
                if (!Gemlive.awaitShutdown(30_000)) {
                    throw new IllegalStateException("sessions still live");
                }
                for (ObjectKind kind : ObjectKind.values()) {
                    if (Gemlive.liveObjects(kind) != 0) {
                        throw new IllegalStateException(kind + " still lives");
                    }
                }
                System.out.println(residentKb());
            }
        }

        private static long residentKb() throws IOException {
            return Files.readAllLines(Paths.get("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().getAsLong();
        }
    }

    @Test
    void tenThousandSessionsLeaveNothingAndTakeNoMemory() throws Exception {
        Child child = Child.run(LiveManyTimes.class, "-Xms32m", "-Xmx32m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");
        assertEquals(0, child.code, child.output);
        String[] resident = child.output.trim().split("\n");
        assertEquals(LiveManyTimes.ROUNDS, resident.length, child.output);
        // The runtime compiles and caches in the first rounds; then a session that left 4 kB would show.
        long growth = Long.parseLong(resident[LiveManyTimes.ROUNDS - 1]) - Long.parseLong(resident[1]);
        assertTrue(growth < 12 * 1024, "grown by " + growth + " kB: " + String.join(" ", resident));
    }
}
