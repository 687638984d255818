import com.google.gson.Gson;
import dev.gemlive.GemliveException;
import dev.gemlive.LiveModel;
import dev.gemlive.LiveOptions;
import dev.gemlive.LiveSession;
import dev.gemlive.LiveTool;
import dev.gemlive.event.Closed;
import dev.gemlive.event.PlayoutFinished;
import dev.gemlive.event.ToolCall;
import dev.gemlive.event.TurnStarted;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A spoken conversation: a question, a tool, the answer, thanks. Two sound files stand for the microphone, and what the
 * speaker would play goes into a third, stereo: left the user, right the model.
 *
 * <p>--question WAV --thanks WAV --record WAV [--instructions TEXT] [--url URL] [--ca-file PEM] [--api-key KEY]
 */
final class Demo {
    private static final long DEADLINE_S = 120;
    private static final int SPEAKER_RATE = 24_000;

    private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    private final BlockingQueue<TurnStarted> turns = new LinkedBlockingQueue<>();
    private final BlockingQueue<PlayoutFinished> playouts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();

    private volatile boolean called;

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> given = parse(arguments);
        boolean well = false;
        try {
            well = new Demo().hold(given);
        } catch (GemliveException | IOException e) {
            System.err.println("demo: " + e.getMessage());
        }
        System.exit(well ? 0 : 1);
    }

    /** Whether all of it happened. */
    private boolean hold(Map<String, String> given) throws IOException, InterruptedException {
        Sound question = Sound.read(Paths.get(given.get("--question")));
        Sound thanks = Sound.read(Paths.get(given.get("--thanks")));
        Path record = Paths.get(given.get("--record"));
        // What is said is of any language, whatever the terminal is set to.
        Screen screen = new Screen(new PrintStream(System.out, true, "UTF-8"));
        Latencies latencies = new Latencies();
        ExecutorService events = Executors.newSingleThreadExecutor();
        try (LiveModel model = LiveModel.create(options(given, weatherTool(events, screen)));
                LiveSession session = model.startSession(events, new Events(screen, latencies))) {
            session.setOutputFormat(SPEAKER_RATE, 1);
            Recording recording = new Recording(SPEAKER_RATE);
            Speaker speaker = new Speaker(session, SPEAKER_RATE, recording, latencies);
            Microphone microphone = new Microphone(session, recording, latencies);
            speaker.start();
            final Closed end;
            try {
                microphone.speak(question);
                await(turns, "the model did not answer the question");
                await(playouts, "the answer was not heard to its end");
                microphone.speak(thanks);
                await(turns, "the model did not answer the thanks");
                final long drainMs = 30_000;
                session.finish(true, drainMs);
                end = await(closed);
            } finally {
                speaker.stop();
            }
            recording.write(record);
            latencies.summary().forEach(screen::note);
            return called && end.reason().equals("requested");
        } catch (TimeoutException e) {
            screen.note(e.getMessage());
            return false;
        } finally {
            events.shutdown();
        }
    }

    private static LiveTool weatherTool(Executor service, Screen screen) {
        return LiveTool.create("get_weather", "The present weather of a city.",
                "{\"type\": \"OBJECT\", \"properties\": {\"city\": {\"type\": \"STRING\"}}, \"required\": [\"city\"]}",
                (call, cancellation) -> CompletableFuture.supplyAsync(() -> weatherIn(call.argumentMap().get("city")), service)
                        .whenComplete((answer, problem) -> screen.line("tool", "-> " + new Gson().toJson(answer))));
    }

    private static Map<String, Object> weatherIn(Object city) {
        Map<String, Object> weather = new LinkedHashMap<>();
        weather.put("celsius", 21);
        weather.put("sky", "sunny");
        return weather;
    }

    private static LiveOptions options(Map<String, String> given, LiveTool tool) {
        return LiveOptions.builder()
                .instructions(given.getOrDefault("--instructions", "You are a friendly guide. Be brief. Use your tools."))
                .baseUrl(given.get("--url"))
                .caFile(given.get("--ca-file"))
                .apiKey(given.get("--api-key"))
                .tool(tool)
                .build();
    }

    /** Shows what happens, and tells the conversation how far it is. */
    private final class Events extends Show {
        Events(Screen screen, Latencies latencies) {
            super(screen, latencies);
        }

        @Override
        public void onToolCall(ToolCall call) {
            super.onToolCall(call);
            called = true;
        }

        @Override
        public void onTurnStarted(TurnStarted event) {
            turns.add(event);
        }

        @Override
        public void onPlayoutFinished(PlayoutFinished event) {
            playouts.add(event);
        }

        @Override
        public void onClosed(Closed event) {
            super.onClosed(event);
            closed.complete(event);
        }
    }

    private <T> void await(BlockingQueue<T> queue, String otherwise) throws InterruptedException, TimeoutException {
        while (queue.poll(100, TimeUnit.MILLISECONDS) == null) {
            if (closed.isDone() || System.nanoTime() - deadline > 0) {
                throw new TimeoutException(otherwise);
            }
        }
    }

    private Closed await(CompletableFuture<Closed> end) throws InterruptedException, TimeoutException {
        try {
            return end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new TimeoutException("the session did not end in time");
        }
    }

    private static Map<String, String> parse(String[] arguments) {
        String[] known = {"--url", "--ca-file", "--api-key", "--question", "--thanks", "--record", "--instructions"};
        Map<String, String> given = new LinkedHashMap<>();
        for (int at = 0; at < arguments.length; at += 2) {
            if (!Arrays.asList(known).contains(arguments[at]) || at + 1 == arguments.length) {
                usage("'" + arguments[at] + "' is no option, or has no value");
            }
            given.put(arguments[at], arguments[at + 1]);
        }
        for (String needed : new String[] {"--question", "--thanks", "--record"}) {
            if (!given.containsKey(needed)) {
                usage(needed + " WAV is missing");
            }
        }
        return Collections.unmodifiableMap(given);
    }

    private static void usage(String problem) {
        System.err.println("demo: " + problem);
        System.exit(2);
    }
}
