package dev.gemlive.runner;

import dev.gemlive.Gemlive;
import dev.gemlive.GemliveException;
import dev.gemlive.LiveModel;
import dev.gemlive.LiveOptions;
import dev.gemlive.LiveSession;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * Runs the client's commands of a scenario as gemlive-talk --json --scenario does, through the Java binding:
 * --scenario FILE --url URL --ca-file PEM --api-key KEY --timeout S [--play]. The same lines on stdout, the same exit
 * code; whether they are what the scenario expects is for others to judge.
 */
final class Main {
    private static final int USAGE = 2;

    private Path scenario;
    private double timeoutS = 1e6;
    private boolean play;
    private final LiveOptions.Builder options = LiveOptions.builder();

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Main().run(arguments));
    }

    static void say(String sentence) {
        System.err.println("scenario-runner: " + sentence);
    }

    private int run(String[] arguments) throws InterruptedException {
        try {
            parse(arguments);
            Scenario read = Scenario.read(scenario);
            read.apply(options);
            return hold(read);
        } catch (Usage e) {
            say(e.getMessage());
            return USAGE;
        }
    }

    private int hold(Scenario read) throws InterruptedException {
        Lines lines = new Lines(new PrintStream(new FileOutputStream(FileDescriptor.out), false));
        try (LiveModel model = makeModel(); LiveSession session = model.startSession()) {
            return new Conversation(model, session, read, new Clock(timeoutS), lines).run(read, play);
        } finally {
            // The last connection says farewell on the library's thread.
            final long farewellMs = 2_000;
            Gemlive.awaitShutdown(farewellMs);
        }
    }

    private LiveModel makeModel() {
        try {
            return LiveModel.create(options.build());
        } catch (GemliveException e) {
            throw new Usage(e.sentence());
        }
    }

    private void parse(String[] arguments) {
        for (int at = 0; at < arguments.length; at++) {
            String name = arguments[at];
            if (name.equals("--play")) {
                play = true;
                continue;
            }
            if (at + 1 == arguments.length) {
                throw new Usage(name + " needs a value");
            }
            take(name, arguments[++at]);
        }
        if (scenario == null) {
            throw new Usage("--scenario FILE is missing");
        }
    }

    private void take(String name, String value) {
        switch (name) {
            case "--scenario":
                scenario = Paths.get(value);
                break;
            case "--url":
                options.baseUrl(value);
                break;
            case "--ca-file":
                options.caFile(value);
                break;
            case "--api-key":
                options.apiKey(value);
                break;
            case "--timeout":
                try {
                    timeoutS = Double.parseDouble(value);
                } catch (NumberFormatException e) {
                    throw new Usage("--timeout takes seconds, not '" + value + "'");
                }
                break;
            default:
                throw new Usage("unknown option " + name);
        }
    }
}
