import dev.gemlive.LiveModel;
import dev.gemlive.LiveOptions;
import dev.gemlive.LiveSession;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.ReplyFailed;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * What a block of audio and an event cost in Java; tests/bench/binding_cost.c says how it is measured. The bytes are
 * those that the measuring thread took from the Java heap. Warms up longer than C, for the compiler.
 */
final class Bench {
    private static final int FRAMES = 160;
    private static final int PUSHES = 500;
    private static final int PUSH_WARM = 200;
    private static final int PUSH_BATCHES = 200;
    private static final int REQUESTS = 4_001;
    private static final int EVENTS_WARM = 100;
    private static final int EVENTS = 3_000;
    private static final int EVENT_WARM = 8;
    private static final int EVENT_BATCHES = 9;
    private static final int TRIES = 1_000;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The median time of a call, and the bytes of all counted calls divided by them. */
    private static final class Cost {
        double ns;
        double bytes;
    }

    public static void main(String[] arguments) {
        Cost push = pushes();
        Cost event = events();
        System.out.printf("{\"language\": \"java\", \"push_10ms_ns\": %.0f, \"push_10ms_bytes_allocated\": %.0f, "
                + "\"event_ns\": %.0f, \"event_bytes_allocated\": %.0f}%n", push.ns, push.bytes, event.ns, event.bytes);
    }

    private static LiveOptions.Builder options() {
        return LiveOptions.builder().baseUrl("ws://127.0.0.1:1").apiKey("bench").outageBudgetMs(86_400_000);
    }

    private static Cost pushes() {
        ShortBuffer block = ByteBuffer.allocateDirect(2 * FRAMES).order(ByteOrder.nativeOrder()).asShortBuffer();
        for (int at = 0; at < FRAMES; at++) {
            block.put(at, (short) (at * 97 % 2_000 - 1_000));
        }
        try (LiveModel model = LiveModel.create(options().inputRingMs(10_000).build());
                LiveSession session = model.startSession()) {
            return measure(PUSH_WARM, PUSH_BATCHES, PUSHES, batch -> {
                boolean whole = true;
                long bytes = allocated();
                long start = System.nanoTime();
                for (int at = 0; at < PUSHES; at++) {
                    block.position(0);
                    whole &= session.pushAudio(block) == FRAMES;
                }
                long taken = System.nanoTime() - start;
                batch.bytes = allocated() - bytes;
                letTheLibraryWork(30);
                return whole ? taken : -1;
            });
        }
    }

    private static Cost events() {
        try (LiveModel model = LiveModel.create(options().retryIntervalMs(86_400_000).commandQueue(8_192).build())) {
            return measure(EVENT_WARM, EVENT_BATCHES, EVENTS, batch -> {
                try (LiveSession session = model.startSession()) {
                    return receive(session, batch);
                }
            });
        }
    }

    /** The time for receiving EVENTS events; negative when they had not all come. */
    private static double receive(LiveSession session, Cost batch) {
        for (int at = 0; at < REQUESTS; at++) {
            session.sendText("x");
        }
        letTheLibraryWork(300);
        LiveEvent event = session.next(0);
        while (event != null && !(event instanceof ReplyFailed)) {
            event = session.next(0);
        }
        boolean whole = true;
        for (int at = 1; at < EVENTS_WARM; at++) {
            whole &= session.next(0) instanceof ReplyFailed;
        }
        long bytes = allocated();
        long start = System.nanoTime();
        for (int at = 0; at < EVENTS; at++) {
            whole &= session.next(0) instanceof ReplyFailed;
        }
        long taken = System.nanoTime() - start;
        batch.bytes = allocated() - bytes;
        return whole ? taken : -1;
    }

    private static Cost measure(int warm, int batches, int calls, ToDoubleFunction<Cost> run) {
        double[] times = new double[batches];
        Cost cost = new Cost();
        Cost batch = new Cost();
        int good = 0;
        for (int tries = 0; good < warm + batches; tries++) {
            if (tries > TRIES) {
                throw new IllegalStateException("a batch is never whole");
            }
            double taken = run.applyAsDouble(batch);
            if (taken >= 0 && good++ >= warm) {
                times[good - 1 - warm] = taken / calls;
                cost.bytes += batch.bytes / calls / batches;
            }
        }
        Arrays.sort(times);
        cost.ns = times[batches / 2];
        return cost;
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static void letTheLibraryWork(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
