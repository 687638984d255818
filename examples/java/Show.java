import dev.gemlive.LiveListener;
import dev.gemlive.event.Closed;
import dev.gemlive.event.Connected;
import dev.gemlive.event.Disconnected;
import dev.gemlive.event.ErrorEvent;
import dev.gemlive.event.InputTranscript;
import dev.gemlive.event.Interrupted;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.OutputTranscript;
import dev.gemlive.event.ToolCall;
import dev.gemlive.event.TurnFinished;
import dev.gemlive.event.TurnMetrics;

/** Shows a conversation as it happens. */
class Show implements LiveListener {
    private final Screen screen;
    private final Latencies latencies;

    Show(Screen screen, Latencies latencies) {
        this.screen = screen;
        this.latencies = latencies;
    }

    @Override
    public void onEvent(LiveEvent event) {
        latencies.event(event);
    }

    @Override
    public void onConnected(Connected event) {
        screen.note(event.restored().equals("new") ? "connected" : "connected again, conversation " + event.restored());
    }

    @Override
    public void onDisconnected(Disconnected event) {
        screen.note("disconnected: " + event.closeReason());
    }

    @Override
    public void onError(ErrorEvent event) {
        screen.note(event.code() + ": " + event.message());
    }

    @Override
    public void onInputTranscript(InputTranscript event) {
        if (!event.interim()) {
            screen.words("you", event.text());
        }
        if (event.isFinal()) {
            screen.endWords("you");
        }
    }

    @Override
    public void onOutputTranscript(OutputTranscript event) {
        screen.words("model", event.text());
    }

    @Override
    public void onToolCall(ToolCall call) {
        screen.line("tool", call.name() + " " + call.arguments());
    }

    @Override
    public void onInterrupted(Interrupted event) {
        screen.note("barge-in");
    }

    @Override
    public void onTurnFinished(TurnFinished event) {
        screen.endWords();
        if (!event.reason().equals("completed")) {
            screen.note("turn ended: " + event.reason());
        }
    }

    @Override
    public void onTurnMetrics(TurnMetrics event) {
        screen.note(latencies.ofTurn(event));
    }

    @Override
    public void onClosed(Closed event) {
        screen.note(event.reason().equals("requested") ? "closed" : "closed: " + event.reason() + ", " + event.message());
    }
}
