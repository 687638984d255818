import dev.gemlive.LiveListener;
import dev.gemlive.LiveModel;
import dev.gemlive.LiveOptions;
import dev.gemlive.LiveSession;
import dev.gemlive.event.Closed;
import dev.gemlive.event.OutputTranscript;
import dev.gemlive.event.ToolCall;
import dev.gemlive.event.TurnMetrics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A guide that is spoken to and opens a door: events by a listener on an executor of the application, such as that of a
 * user interface. {@code Guide WAV}: a sound file of at most ten seconds stands for the microphone.
 */
final class Guide {
    private static final String TOOLS = "[{\"functionDeclarations\": [{\"name\": \"open_door\", \"description\":"
            + " \"Opens the door of the museum.\"}]}]";

    public static void main(String[] arguments) throws Exception {
        ShortBuffer microphone = direct(Sound.read(Paths.get(arguments[0])));
        StringBuilder view = new StringBuilder();
        CompletableFuture<Closed> over = new CompletableFuture<>();
        ExecutorService mainExecutor = Executors.newSingleThreadExecutor();
        // snippet: guide
        LiveOptions options = LiveOptions.builder().instructions("You are a guide.").tools(TOOLS).inputRingMs(10_000).build();
        try (LiveModel model = LiveModel.create(options);
             LiveSession session = model.startSession(mainExecutor, new LiveListener() {
                 @Override public void onOutputTranscript(OutputTranscript e) { view.append(e.text()); }
                 @Override public void onToolCall(ToolCall call) { call.respond(Collections.singletonMap("ok", true)); }
                 @Override public void onTurnMetrics(TurnMetrics e) { e.session().finish(); }
                 @Override public void onClosed(Closed e) { over.complete(e); }
             })) {
            session.pushAudio(microphone);         // a direct ShortBuffer: read where it is
            over.join();
        }
        // end snippet
        mainExecutor.shutdown();
        System.out.println(view);
    }

    private static ShortBuffer direct(Sound speech) {
        ShortBuffer samples = ByteBuffer.allocateDirect(speech.samples.length * 2).order(ByteOrder.nativeOrder())
                .asShortBuffer();
        samples.put(speech.samples).flip();
        return samples;
    }
}
