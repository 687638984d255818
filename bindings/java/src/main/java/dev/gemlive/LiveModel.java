package dev.gemlive;

import dev.gemlive.event.LiveEvent;
import dev.gemlive.internal.Native;
import dev.gemlive.internal.NativeHandle;
import dev.gemlive.internal.NativeLoader;
import dev.gemlive.internal.Reclaimer;
import dev.gemlive.internal.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Options, credentials and trust, from which sessions are made. For any thread. */
public final class LiveModel implements AutoCloseable {
    private final NativeHandle handle;
    private final List<LiveTool> tools;
    private final SessionsByHandle sessions = new SessionsByHandle();

    private LiveModel(long created, List<LiveTool> tools) {
        handle = new NativeHandle(created, "LiveModel", Native::gemlive_model_destroy);
        this.tools = tools;
        Reclaimer.watch(this, handle);
    }

    /** A model with all defaults, and the key of the environment. */
    public static LiveModel create() {
        return create(LiveOptions.NONE);
    }

    /**
     * Makes a model. No connection is opened and no key is needed yet: a session without a key ends with one
     * {@code Closed} event whose status is AUTH.
     *
     * @throws GemliveException INVALID_ARGUMENT for an option that is not allowed or a URL that is none, TLS for a CA file
     *     that cannot be read; the sentence says what is allowed
     */
    public static LiveModel create(LiveOptions options) {
        NativeLoader.load();
        long made = Objects.requireNonNull(options, "options").create();
        try {
            return new LiveModel(Native.gemlive_model_create(made), options.tools());
        } finally {
            Native.gemlive_options_destroy(made);
        }
    }

    /** {@link #startSession(LiveOptions)} with the model's options. */
    public LiveSession startSession() {
        return startSession(LiveOptions.NONE);
    }

    /**
     * Starts a conversation whose events are taken with {@link LiveSession#next} or {@link LiveSession#events}. It
     * connects in the background; commands and audio may be given at once.
     *
     * @param options what differs from the model's options; tools with handlers are added to the model's
     * @throws GemliveException INVALID_ARGUMENT for an option, CLOSED after {@link #finish}, INVALID_HANDLE after
     *     {@link #close}
     */
    public LiveSession startSession(LiveOptions options) {
        return sessions.add(() -> new LiveSession(create(options, handle.value()), toolsWith(options)));
    }

    /** {@link #startSession(LiveOptions, Executor, LiveListener)} with the model's options. */
    public LiveSession startSession(Executor executor, LiveListener listener) {
        return startSession(LiveOptions.NONE, executor, listener);
    }

    /**
     * Starts a conversation whose events are given to a listener: one at a time and in order, on the executor. It goes on
     * until it is over or closed, whether or not anybody keeps the session. Not for one with the option share_events.
     *
     * @param executor where the listener and the handlers of tools are called, such as a single thread, a pool, or a
     *     user interface's main executor; one task for each session is there at most. One that runs tasks at once on the
     *     caller's thread holds up every other session of the process. One that refuses the task is asked again, while
     *     the session lasts; the first refusal goes to the default uncaught exception handler.
     * @throws GemliveException as {@link #startSession(LiveOptions)}
     */
    public LiveSession startSession(LiveOptions options, Executor executor, LiveListener listener) {
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(listener, "listener");
        return new LiveSession(create(options, handle.value()), toolsWith(options), executor, listener);
    }

    /**
     * Takes the next event of the sessions that share this model's queue (option share_events), waiting for it: one loop
     * for all of them. {@link LiveEvent#session} names the session; they take turns, each with its events in order. For
     * one thread at a time. Handlers of tools are called within.
     *
     * @param timeoutMs 0: do not wait; negative: no limit
     * @return null when there was none in time, and when the model has finished and all these sessions are over
     * @throws GemliveException CANCELLED when the wait was ended by {@link #wake} or {@link #close}; INVALID_STATE while
     *     another thread takes events; INVALID_HANDLE after close()
     */
    public LiveEvent next(long timeoutMs) {
        while (true) {
            long taken = poll(timeoutMs);
            if (taken == 0) {
                return null;
            }
            LiveSession session = sessions.find(Native.gemlive_event_session(taken));
            if (session != null) {
                return session.made(taken);
            }
            Native.gemlive_event_release(taken);  // of one that nobody kept
        }
    }

    /**
     * Gives a consumer the events that wait now, on this thread: once a frame in a game with many characters. Otherwise as
     * {@link #next}.
     *
     * @return how many it were
     */
    public int dispatch(Consumer<LiveEvent> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        long begin = System.nanoTime();
        int count = 0;
        for (LiveEvent event = next(0); event != null; event = next(0)) {
            count++;
            consumer.accept(event);
            // A busy server could otherwise keep a slow consumer here for ever.
            if (event.session().ageMs() - event.timeMs() < (System.nanoTime() - begin) / 1_000_000) {
                break;
            }
        }
        return count;
    }

    /** Ends a waiting {@link #next}, which then throws CANCELLED; remembered when none waits. */
    public void wake() {
        Native.gemlive_model_wake(handle.value());
    }

    private long poll(long timeoutMs) {
        try {
            return Native.gemlive_model_poll_event(handle.value(), timeoutMs);
        } catch (GemliveException e) {
            if (e.status() == Status.CLOSED) {
                return 0;
            }
            throw e;
        } finally {
            // A model that only a waiting call knows must not be collected before the call returns.
            Reclaimer.keep(this);
        }
    }

    /**
     * Changes options for sessions that are started from now on, and for each that lives, as
     * {@link LiveSession#updateOptions} does. A session that cannot take the change says so by a {@code NotApplied} event.
     */
    public void updateOptions(LiveOptions changes) {
        long made = Objects.requireNonNull(changes, "changes").create();
        try {
            Native.gemlive_model_update_options(handle.value(), made);
        } finally {
            Native.gemlive_options_destroy(made);
        }
    }

    /** {@link #updateOptions} with one JSON object; an option that is null has its default again. */
    public void updateOptionsJson(String json) {
        Native.gemlive_model_update_options_json(handle.value(),
                Utf8.encodeWithoutNul(Objects.requireNonNull(json, "json"), "json"));
    }

    /** Ends all sessions of the model in order, as {@link LiveSession#finish()} does. */
    public void finish() {
        Native.gemlive_model_close(handle.value());
    }

    /** Gives the model up. Its live sessions go on. May be called again, and from any thread. */
    @Override
    public void close() {
        handle.close();
    }

    private static long create(LiveOptions options, long model) {
        long made = Objects.requireNonNull(options, "options").create();
        try {
            return Native.gemlive_session_create(model, made);
        } finally {
            Native.gemlive_options_destroy(made);
        }
    }

    private List<LiveTool> toolsWith(LiveOptions options) {
        List<LiveTool> all = new ArrayList<>(tools);
        all.addAll(options.tools());
        return all;
    }
}
