package dev.gemlive.runner;

import dev.gemlive.GemliveException;
import dev.gemlive.LiveSession;
import dev.gemlive.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What the user says: one push at a time, in real time or as fast as the session takes it. */
final class AudioIn {
    /** A write that waits for room looks this often whether it is still wanted. */
    private static final long WRITE_SLICE_MS = 200;
    private static final Result ALREADY_PUSHING =
            Result.failed(Status.INVALID_STATE, "an audio push is running; wait for its end, or close");

    /** A part of a sound file, and how it is pushed. */
    static final class Request {
        Path path;
        boolean paced = true;
        int chunkMs = 20;
        long fromMs;
        long toMs = -1;
    }

    private final LiveSession session;
    private final Clock clock;
    private final Clock.Stop never = new Clock.Stop();
    private Clock.Stop stop = new Clock.Stop();
    private Thread background;
    private boolean busy;
    private int rate = 16_000;
    private int channels = 1;

    AudioIn(LiveSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    Result push(Request request) {
        if (!begin()) {
            return ALREADY_PUSHING;
        }
        try {
            return run(Part.of(request), request.paced, request.chunkMs, never);
        } catch (IOException e) {
            return Result.invalid(e.getMessage());
        } finally {
            end();
        }
    }

    Result pushSilence(long ms, boolean paced) {
        if (!begin()) {
            return ALREADY_PUSHING;
        }
        try {
            // In the format that is in force: a change of format would cost the resampler its history.
            return run(new Part(rate, channels, new short[(int) (ms * rate / 1000) * channels]), paced, 20, never);
        } finally {
            end();
        }
    }

    Result pushInBackground(Request request, Consumer<Result> failed) {
        if (!begin()) {
            return ALREADY_PUSHING;
        }
        Part part;
        try {
            part = Part.of(request);
        } catch (IOException e) {
            end();
            return Result.invalid(e.getMessage());
        }
        Clock.Stop asked = new Clock.Stop();
        stop = asked;
        background = new Thread(() -> {
            Result result = run(part, request.paced, request.chunkMs, asked);
            end();
            if (!result.isOk() && !asked.isRequested()) {
                failed.accept(result);
            }
        }, "background-push");
        background.start();
        return Result.ok();
    }

    void stopBackground() {
        stop.request();
    }

    void joinBackground() throws InterruptedException {
        if (background != null) {
            background.join();
        }
    }

    private synchronized boolean begin() {
        if (busy) {
            return false;
        }
        busy = true;
        return true;
    }

    private synchronized void end() {
        busy = false;
    }

    private Result run(Part part, boolean paced, int chunkMs, Clock.Stop asked) {
        long placed = 0;
        Result result = Result.ok();
        try {
            if (part.rate != rate || part.channels != channels) {
                session.setInputFormat(part.rate, part.channels);
                rate = part.rate;
                channels = part.channels;
            }
            int frames = part.samples.length / channels;
            long start = System.nanoTime();
            int done = 0;
            for (long chunk = 1; done < frames && result.isOk(); chunk++) {
                int end = (int) Math.min(frames, rate * chunk * chunkMs / 1000);
                if (asked.isRequested() || clock.isOver() || paced && !clock.sleepUntil(start + end * 1_000_000_000L / rate, asked)) {
                    result = Result.failed(Status.CANCELLED, "stopped before the end of the audio");
                    break;
                }
                while (done < end) {
                    int taken = session.writeAudio(part.samples, done * channels, (end - done) * channels, WRITE_SLICE_MS);
                    done += taken;
                    placed += taken;
                    if (done < end && (asked.isRequested() || clock.isOver())) {
                        result = Result.failed(Status.CANCELLED, "stopped before the end of the audio");
                        break;
                    }
                }
            }
        } catch (GemliveException e) {
            placed += e.frames();
            result = Result.of(e);
        }
        return result.with("frames", placed);
    }

    /** What of a sound file is to be pushed. */
    private static final class Part {
        final int rate;
        final int channels;
        final short[] samples;

        Part(int rate, int channels, short[] samples) {
            this.rate = rate;
            this.channels = channels;
            this.samples = samples;
        }

        static Part of(Request request) throws IOException {
            Wav wav = Wav.read(request.path);
            long frames = wav.samples.length / wav.channels;
            long lengthMs = frames * 1000 / wav.rate;
            if (request.fromMs > lengthMs) {
                throw new IOException("from_ms " + request.fromMs + " is past the end of '" + request.path
                        + "', which is " + lengthMs + " ms long");
            }
            long from = request.fromMs * wav.rate / 1000;
            long to = request.toMs < 0 ? frames : Math.min(frames, request.toMs * wav.rate / 1000);
            short[] part = new short[(int) Math.max(0, to - from) * wav.channels];
            System.arraycopy(wav.samples, (int) from * wav.channels, part, 0, part.length);
            return new Part(wav.rate, wav.channels, part);
        }
    }
}
