import dev.gemlive.event.Connected;
import dev.gemlive.event.Connecting;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.OutputTranscript;
import dev.gemlive.event.ToolCall;
import dev.gemlive.event.TurnMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How long one waits for the other: from the events, and from what the microphone and the speaker notice. */
final class Latencies {
    private final List<Long> connects = new ArrayList<>();
    private final List<Long> audible = new ArrayList<>();
    private final List<Long> toolRounds = new ArrayList<>();
    private long connectingMs;
    private long callMs = -1;
    private long speechEnd;
    private boolean waiting;
    private long newest = -1;

    synchronized void event(LiveEvent event) {
        if (event instanceof Connecting) {
            connectingMs = event.timeMs();
        } else if (event instanceof Connected) {
            connects.add(event.timeMs() - connectingMs);
        } else if (event instanceof ToolCall) {
            callMs = event.timeMs();
        } else if (event instanceof OutputTranscript && callMs >= 0) {
            toolRounds.add(event.timeMs() - callMs);
            callMs = -1;
        }
    }

    /** The user is loud now. */
    synchronized void speech() {
        speechEnd = System.nanoTime();
        waiting = true;
    }

    /** The speaker begins to sound. */
    synchronized void sound() {
        if (waiting) {
            newest = (System.nanoTime() - speechEnd) / 1_000_000;
            audible.add(newest);
            waiting = false;
        }
    }

    synchronized String ofTurn(TurnMetrics event) {
        String heard = newest < 0 ? "" : "heard " + newest + " ms after the end of speech · ";
        newest = -1;
        return heard + "whole turn " + event.turnMs().orElse(0) + " ms";
    }

    synchronized List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add("connect: " + join(connects));
        lines.add("end of speech -> first audio heard: " + join(audible));
        lines.add("tool round, call -> first output after the answer: " + join(toolRounds));
        return lines;
    }

    private static String join(List<Long> values) {
        return values.isEmpty() ? "none" : values.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " ms";
    }
}
