import dev.gemlive.GemliveException;
import dev.gemlive.LiveModel;
import dev.gemlive.LiveOptions;
import dev.gemlive.LiveSession;
import dev.gemlive.Status;
import dev.gemlive.event.Closed;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.OutputTranscript;
import dev.gemlive.event.TurnFinished;

/** The smallest conversation: one sentence in writing, and the reply. The key is GOOGLE_API_KEY. */
final class Hello {
    // snippet: hello
    public static void main(String[] arguments) {
        LiveOptions options = LiveOptions.builder().instructions("You are a blacksmith. Be brief.").build();
        try (LiveModel model = LiveModel.create(options); LiveSession session = model.startSession()) {
            session.sendText("Do you sell swords?");
            for (LiveEvent event : session.events()) {
                if (event instanceof OutputTranscript) {
                    System.out.print(((OutputTranscript) event).text());
                } else if (event instanceof TurnFinished) {
                    session.finish();
                } else if (event instanceof Closed && ((Closed) event).status() != Status.OK) {
                    throw new GemliveException(((Closed) event).status(), ((Closed) event).message());
                }
            }
            System.out.println();
        } catch (GemliveException e) {    // also of a command, when the session had ended before it
            System.err.println(e.sentence());
            System.exit(1);
        }
    }
    // end snippet
}
