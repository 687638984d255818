import dev.gemlive.LiveModel;
import dev.gemlive.LiveOptions;
import dev.gemlive.LiveSession;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.PlayoutFinished;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A stereo sound device of 48 kHz. A timer stands for its driver: every 10 ms it gives what was heard, and takes what is
 * to be played. Prints how much of the model's voice that was.
 */
final class Headset {
    private static final int BLOCK_MS = 10;
    private static final int SAMPLES = 48 * 2 * BLOCK_MS;

    private final LiveSession session;
    private final FloatBuffer silence = direct();
    private final FloatBuffer played = direct();
    private volatile long heard;

    private Headset(LiveSession session) {
        this.session = session;
        // snippet: formats
        session.setInputFormat(48_000, 2);
        session.setOutputFormat(48_000, 2);
        // end snippet
    }

    // snippet: device
    /** On the device's real-time thread, with direct buffers. */
    private void onDevice(FloatBuffer microphone, FloatBuffer speaker) {
        session.pushAudio(microphone);
        heard += session.readAudio(speaker);     // always fills: silence when nothing is due
    }
    // end snippet

    private void tick() {
        silence.clear();
        played.clear();
        onDevice(silence, played);
    }

    public static void main(String[] arguments) {
        LiveOptions options = LiveOptions.builder().instructions("You are a guide. Be brief.").build();
        ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor();
        try (LiveModel model = LiveModel.create(options); LiveSession session = model.startSession()) {
            Headset headset = new Headset(session);
            driver.scheduleAtFixedRate(headset::tick, 0, BLOCK_MS, TimeUnit.MILLISECONDS);
            session.generateReply("Welcome the visitors.");
            for (LiveEvent event : session.events()) {
                if (event instanceof PlayoutFinished) {
                    session.finish();
                }
            }
            System.out.println("heard " + headset.heard / 48 + " ms");
        } finally {
            driver.shutdownNow();
        }
    }

    private static FloatBuffer direct() {
        return ByteBuffer.allocateDirect(SAMPLES * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
