package dev.gemlive;

import dev.gemlive.event.Closed;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.ToolCall;
import dev.gemlive.event.ToolCallsCancelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/** The calls of a session that handlers are at work on. */
final class ToolCalls {
    private final Map<String, LiveTool> tools = new ConcurrentHashMap<>();
    private final Map<String, Cancellation> running = new ConcurrentHashMap<>();

    private volatile boolean over;

    ToolCalls(List<LiveTool> tools) {
        tools.forEach(tool -> this.tools.put(tool.name(), tool));
    }

    /** On the thread that takes the events, before the event is given out. */
    void see(LiveEvent event) {
        if (event instanceof ToolCall) {
            ToolCall call = (ToolCall) event;
            LiveTool tool = tools.get(call.name());
            if (tool != null) {
                start(call, tool.handler());
            }
        } else if (event instanceof ToolCallsCancelled) {
            ((ToolCallsCancelled) event).callIds().forEach(this::cancel);
        } else if (event instanceof Closed) {
            end();
        }
    }

    /** No call is taken up any more. */
    void end() {
        over = true;
        new ArrayList<>(running.keySet()).forEach(this::cancel);
    }

    private void cancel(String call) {
        Cancellation cancellation = running.remove(call);
        if (cancellation != null) {
            cancellation.cancel();
        }
    }

    private void start(ToolCall call, LiveTool.Handler handler) {
        Cancellation cancellation = new Cancellation();
        running.put(call.call(), cancellation);
        if (over) {
            // The end, on another thread, may have come too early to find it.
            cancel(call.call());
            return;
        }
        try {
            Object output = handler.call(call, cancellation);
            if (output instanceof Future) {
                cancellation.onCancel(() -> ((Future<?>) output).cancel(true));
            }
            if (output instanceof CompletionStage) {
                ((CompletionStage<?>) output).whenComplete((value, thrown) -> finish(call, cancellation, value, thrown));
            } else {
                finish(call, cancellation, output, null);
            }
        } catch (Throwable thrown) {
            finish(call, cancellation, null, thrown);
        }
    }

    private void finish(ToolCall call, Cancellation cancellation, Object output, Throwable thrown) {
        // Who takes it out answers: a call that was cancelled meanwhile wants no answer.
        if (!running.remove(call.call(), cancellation)) {
            return;
        }
        try {
            if (thrown == null) {
                call.respond(output);
            } else {
                call.respondError(sentence(thrown));
            }
        } catch (GemliveException e) {
            if (!wantsNoAnswer(call, e.status())) {
                Uncaught.report(e);
            }
        } catch (RuntimeException e) {
            // What no JSON can show.
            finishWith(call, e);
        }
    }

    private static void finishWith(ToolCall call, RuntimeException thrown) {
        try {
            call.respondError(sentence(thrown));
        } catch (GemliveException e) {
            if (!wantsNoAnswer(call, e.status())) {
                Uncaught.report(e);
            }
        }
    }

    /** The handler has answered by itself, or was overtaken by the end of the call or the session. */
    private static boolean wantsNoAnswer(ToolCall call, Status status) {
        return status == Status.CANCELLED || status == Status.INVALID_STATE || status == Status.CLOSED
                || status == Status.INVALID_HANDLE || call.session().state() == SessionState.CLOSED;
    }

    private static String sentence(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
