package dev.gemlive;

import dev.gemlive.event.Closed;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A session that has ended by itself, and that nobody closed or kept. */
class ForgottenListenerTest {
    @Test
    void aSessionWithAListenerIsCollectedOnceItIsOver() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> {
            try (LiveModel model = LiveModel.create(Dead.options().build())) {
                model.startSession(Runnable::run, new LiveListener() {
                    @Override
                    public void onClosed(Closed event) {
                        ends.add(event.reason());
                    }
                }).finish();
            }
        });
        thread.start();
        Take.from(ends);
        Wait.forThread(thread);
        Wait.untilAllIsCollected();
    }
}
