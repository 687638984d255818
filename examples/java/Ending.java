import dev.gemlive.GemliveException;
import dev.gemlive.LiveModel;
import dev.gemlive.LiveOptions;
import dev.gemlive.LiveSession;
import dev.gemlive.Status;
import dev.gemlive.event.Closed;
import dev.gemlive.event.ErrorEvent;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.TurnFinished;

/** How it ends: refused at once, failed later, taking too long, or in order. */
final class Ending {
    public static void main(String[] arguments) {
        System.out.println("a call: " + refused());
        System.out.println("a wrong key: " + failed());
        System.out.println("nobody speaks: " + silent());
        System.out.println("in order: " + inOrder());
    }

    private static Status refused() {
        // snippet: call-errors
        try {
            LiveModel.create(LiveOptions.builder().temperature(3).build()).close();
            return Status.OK;
        } catch (GemliveException e) {
            System.err.println(e.sentence());    // names the option, and what is allowed
            return e.status();                   // Status.INVALID_ARGUMENT
        }
        // end snippet
    }

    private static Status failed() {
        Status end = null;
        LiveOptions wrong = LiveOptions.builder().apiKey("invalid").build();
        try (LiveModel model = LiveModel.create(wrong); LiveSession session = model.startSession()) {
            // snippet: conversation-errors
            for (LiveEvent event : session.events()) {
                if (event instanceof ErrorEvent && !((ErrorEvent) event).fatal()) {
                    System.err.println("trying again: " + ((ErrorEvent) event).message());
                } else if (event instanceof Closed) {
                    end = ((Closed) event).status();          // Status.OK when you asked for the end
                }
            }
            // end snippet
        }
        return end;
    }

    private static int silent() {
        int turns = 0;
        try (LiveModel model = LiveModel.create(); LiveSession session = model.startSession()) {
            // snippet: deadline
            LiveEvent event;
            while ((event = session.next(300)) != null) {     // null: nothing for 300 ms, or the session is over
                if (event instanceof TurnFinished) {
                    turns++;
                }
            }
            // end snippet
        }
        return turns;
    }

    private static String inOrder() {
        String goodbye = "";
        // snippet: options
        LiveOptions options = LiveOptions.builder()
                .voice("Kore")
                .temperature(0.7)
                .thinkingConfig("{\"includeThoughts\": true}")   // options that are JSON take JSON text
                .option("top_p", "0.9")                          // any option by its name
                .build();
        // end snippet
        // snippet: end
        try (LiveModel model = LiveModel.create(options); LiveSession session = model.startSession()) {
            session.sendText("Goodbye!");
            session.finish(true, 10_000);                        // the reply is still waited for
            for (LiveEvent event : session.events()) {
                if (event instanceof TurnFinished) {
                    goodbye = ((TurnFinished) event).transcript();
                }
            }
        }                                                        // close(): at once, whatever still waits
        // end snippet
        return goodbye;
    }
}
