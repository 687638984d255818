package dev.gemlive.runner;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.gemlive.GemliveException;
import dev.gemlive.LiveModel;
import dev.gemlive.LiveSession;
import dev.gemlive.event.Closed;
import dev.gemlive.event.LiveEvent;
import java.nio.file.Path;
import java.util.List;

/** One run of a scenario's commands. */
final class Conversation {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int CLOSED = 3;

    final LiveModel model;
    final LiveSession session;
    final Clock clock;
    final Path folder;
    final EventLog log = new EventLog();
    final AudioIn audioIn;
    final Playout playout;
    /** The longest that a close was allowed. */
    long closeTimeoutMs;

    private final Lines lines;
    private volatile Closed closed;
    private volatile boolean failed;

    Conversation(LiveModel model, LiveSession session, Scenario scenario, Clock clock, Lines lines) {
        this.model = model;
        this.session = session;
        this.clock = clock;
        this.lines = lines;
        folder = scenario.folder;
        audioIn = new AudioIn(session, clock);
        playout = new Playout(session, clock);
        closeTimeoutMs = scenario.drainTimeoutMs();
    }

    int run(Scenario scenario, boolean play) throws InterruptedException {
        if (play) {
            playout.play();
        } else if (scenario.firstReadAudio() != null) {
            startPlayout(scenario.firstReadAudio());
        }
        Thread events = new Thread(this::takeEvents, "events");
        events.start();
        boolean inFull = runCommands(scenario.client);
        if (!inFull) {
            audioIn.stopBackground();
        }
        audioIn.joinBackground();
        session.finish();
        // Draining and then writing the rest may each take the whole time.
        boolean ended = log.awaitClosed(Clock.in(2 * closeTimeoutMs + 5_000));
        playout.end();
        return verdict(inFull, ended);
    }

    void backgroundFailed(Result result) {
        failed = true;
        Main.say("push_audio in the background: " + result.status.word() + ", " + result.message);
    }

    private void startPlayout(JsonObject readAudio) {
        try {
            playout.setFormat(readAudio.has("sample_rate") ? readAudio.get("sample_rate").getAsInt() : Playout.DEFAULT_RATE,
                    readAudio.has("channels") ? readAudio.get("channels").getAsInt() : 1);
        } catch (GemliveException | NumberFormatException | IllegalStateException | UnsupportedOperationException e) {
            // Wrong values are answered when the command is run.
        }
    }

    private boolean runCommands(List<JsonObject> commands) throws InterruptedException {
        Commands known = new Commands(this);
        for (JsonObject command : commands) {
            if (clock.isOver()) {
                return false;
            }
            String name = command.get("do").getAsString();
            Result result = known.run(command);
            lines.print(result.line(name));
            failed |= !result.isOk();
            if (!result.isOk() && name.equals("wait")) {
                return false;
            }
        }
        return true;
    }

    private void takeEvents() {
        for (LiveEvent event : session.events()) {
            String line = EventLine.of(event);
            lines.print(line);
            if (event instanceof Closed) {
                closed = (Closed) event;
            }
            log.append(JsonParser.parseString(line), event instanceof Closed);
        }
    }

    private int verdict(boolean inFull, boolean ended) {
        Closed last = closed;
        if (last != null && !last.reason().equals("requested")) {
            Main.say("closed: " + last.reason() + ", " + last.code() + ", " + last.message());
            return CLOSED;
        }
        if (!ended) {
            Main.say("the session did not close in time");
        }
        if (clock.isOver()) {
            Main.say("--timeout is over");
        }
        return inFull && ended && !failed && !clock.isOver() ? DONE : FAILED;
    }
}
