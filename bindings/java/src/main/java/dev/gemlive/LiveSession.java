package dev.gemlive;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gemlive.event.Closed;
import dev.gemlive.event.LiveEvent;
import dev.gemlive.event.ToolCall;
import dev.gemlive.internal.EventMaker;
import dev.gemlive.internal.Json;
import dev.gemlive.internal.Native;
import dev.gemlive.internal.NativeEvent;
import dev.gemlive.internal.NativeHandle;
import dev.gemlive.internal.Reclaimer;
import dev.gemlive.internal.Utf8;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * One conversation; it outlives its connections. Commands and audio go in, events come out.
 *
 * <p>Commands are taken from any thread, in the order of the calls, and applied at the sample of the pushed audio at
 * which they were called. What is said while there is no connection is kept and sent afterwards. A command throws
 * {@link GemliveException}: WOULD_BLOCK when the option command_queue is full, CLOSED after {@link #finish()},
 * INVALID_HANDLE after {@link #close}; on a session that ended unasked the status of its {@code Closed} event, such as
 * AUTH. No command waits for the network.
 */
public final class LiveSession extends SessionAudio implements AutoCloseable {
    static {
        initialise(LiveEvent.class);
    }

    private final NativeHandle handle;
    private final ToolCalls tools;
    // 0: events are taken with next().
    private final long watched;
    private final long created = System.nanoTime();
    private volatile boolean over;

    LiveSession(long created, List<LiveTool> tools) {
        handle = new NativeHandle(created, "LiveSession", Native::gemlive_session_destroy);
        this.tools = new ToolCalls(tools);
        watched = 0;
        Reclaimer.watch(this, handle);
    }

    LiveSession(long created, List<LiveTool> tools, Executor executor, LiveListener listener) {
        handle = new NativeHandle(created, "LiveSession", Native::gemlive_session_destroy);
        this.tools = new ToolCalls(tools);
        watched = Waker.newToken();
        try {
            Waker.watch(watched, created, new Drain(this, executor, listener));
        } catch (RuntimeException | Error e) {
            handle.close();
            throw e;
        }
        // The waker keeps it until it is over; then it may be forgotten like any other.
        Reclaimer.watch(this, handle);
    }

    // ---- Events ----

    /**
     * Takes the next event, waiting for it. For one thread at a time. Handlers of tools are called within.
     *
     * @param timeoutMs 0: do not wait; negative: no limit
     * @return null when there was none in time, and when the session is over: {@link #isOver} tells which
     * @throws GemliveException CANCELLED when the wait was ended by {@link #wake} or {@link #close}; INVALID_STATE for a
     *     session with a listener, or while another thread takes events; INVALID_HANDLE after close()
     */
    public LiveEvent next(long timeoutMs) {
        if (watched != 0) {
            throw new GemliveException(Status.INVALID_STATE, "the session's events go to its listener");
        }
        return take(timeoutMs);
    }

    /** The events until the session is over or given up, as {@link #next} without a limit gives them; for one loop. */
    public Iterable<LiveEvent> events() {
        return () -> new Iterator<LiveEvent>() {
            private LiveEvent ahead;

            @Override
            public boolean hasNext() {
                if (ahead == null && !isGivenUp()) {
                    ahead = nextUnlessGivenUp();
                }
                return ahead != null;
            }

            @Override
            public LiveEvent next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the session is over");
                }
                LiveEvent event = ahead;
                ahead = null;
                return event;
            }
        };
    }

    private LiveEvent nextUnlessGivenUp() {
        try {
            return next(-1);
        } catch (GemliveException e) {
            if (isGivenUp()) {
                return null;
            }
            throw e;
        }
    }

    /** Ends a waiting {@link #next}, which then throws CANCELLED; remembered when none waits. */
    public void wake() {
        Native.gemlive_session_wake(handle());
    }

    /** Whether the {@code Closed} event was taken, or the session was given up: no event comes any more. */
    public boolean isOver() {
        return over || isGivenUp();
    }

    /** Where the session stands; CLOSED also after {@link #close}. */
    public SessionState state() {
        return SessionState.of(Native.gemlive_session_state(handle()));
    }

    // ---- Commands ----

    /**
     * Says something to the model in writing, and asks for a reply.
     *
     * @return the id of the request that the reply will carry
     * @throws GemliveException INVALID_ARGUMENT for a text with half a surrogate pair
     */
    public long sendText(String text) {
        return Native.gemlive_session_send_text_n(handle(), Utf8.encode(Objects.requireNonNull(text, "text")));
    }

    /** {@link #sendText(String)} with all fields of the command, as one JSON object: text, turn_complete. */
    public long sendTextJson(String json) {
        return Native.gemlive_session_send_text_json(handle(), json(json));
    }

    /** Asks the model to speak now. Returns the id of the request. */
    public long generateReply() {
        return Native.gemlive_session_generate_reply(handle(), null);
    }

    /** {@link #generateReply()} with instructions for this reply. */
    public long generateReply(String instructions) {
        return Native.gemlive_session_generate_reply_n(handle(),
                Utf8.encode(Objects.requireNonNull(instructions, "instructions")));
    }

    /**
     * {@link #generateReply()} with all fields of the command, as one JSON object: instructions, text, timeout_ms,
     * tool_choice.
     */
    public long generateReplyJson(String json) {
        return Native.gemlive_session_generate_reply_json(handle(), json(json));
    }

    /**
     * Answers a tool call that has no handler.
     *
     * @param call the id, from {@link ToolCall#call}
     * @param outputJson JSON text; what is no object is sent as {"output": value}
     * @throws GemliveException INVALID_ARGUMENT for a call that never was, CANCELLED for one that was cancelled,
     *     INVALID_STATE for one already answered
     */
    public void toolResponse(String call, String outputJson) {
        Native.gemlive_session_tool_response(handle(), Utf8.encodeWithoutNul(Objects.requireNonNull(call, "call"), "call"),
                Utf8.encodeWithoutNul(Objects.requireNonNull(outputJson, "outputJson"), "outputJson"));
    }

    /**
     * {@link #toolResponse} with all fields of the command, as one JSON object: call, output or error, scheduling,
     * will_continue.
     */
    public void toolResponseJson(String json) {
        Native.gemlive_session_tool_response_json(handle(), json(json));
    }

    /** Answers a tool call with anything that JSON can show; as {@link ToolCall#respond}. */
    public void respond(ToolCall call, Object output) {
        toolResponse(call.call(), Json.text(output));
    }

    /** Answers a tool call with an error, which the model is told. */
    public void respondError(ToolCall call, String message) {
        JsonObject fields = new JsonObject();
        fields.addProperty("call", call.call());
        fields.addProperty("error", message);
        toolResponseJson(Json.text(fields));
    }

    /** Stops the running turn: playout is flushed, what still comes of the turn is dropped. Without a turn: nothing. */
    public void interrupt() {
        Native.gemlive_session_interrupt(handle());
    }

    /**
     * The user begins to speak: for sessions whose realtime_input_config switches the server's detection off.
     *
     * @throws GemliveException INVALID_STATE where the server detects speech itself
     */
    public void startUserActivity() {
        Native.gemlive_session_start_user_activity(handle());
    }

    /** The user has spoken. As {@link #startUserActivity}. */
    public void endUserActivity() {
        Native.gemlive_session_end_user_activity(handle());
    }

    /**
     * Gives the model other instructions: they hold from the next reply on, and no reply is cut. Where the model takes
     * none within the connection, the session connects anew when neither side speaks.
     *
     * @param instructions "" takes them away
     * @throws GemliveException INVALID_STATE where the option setup says the instructions
     */
    public void updateInstructions(String instructions) {
        Native.gemlive_session_update_instructions_n(handle(),
                Utf8.encode(Objects.requireNonNull(instructions, "instructions")));
    }

    /**
     * Gives the model other tools in place of all that it has, as {@link #updateInstructions} does. Handlers stay with the
     * names of their functions.
     *
     * @param toolsJson a JSON list as the option tools takes it; "[]" takes all away
     */
    public void updateTools(String toolsJson) {
        Native.gemlive_session_update_tools(handle(), json(toolsJson));
    }

    /**
     * Changes options of this session: all of them or none. docs/options.md says when each takes effect,
     * {@link #getCapabilities} what it costs with this model.
     *
     * @throws GemliveException INVALID_ARGUMENT for an option that is not allowed, UNSUPPORTED for one that is for new
     *     sessions only
     */
    public void updateOptions(LiveOptions changes) {
        long made = Objects.requireNonNull(changes, "changes").create();
        try {
            Native.gemlive_session_update_options(handle(), made);
        } finally {
            Native.gemlive_options_destroy(made);
        }
    }

    /** {@link #updateOptions} with one JSON object; an option that is null has its default again. */
    public void updateOptionsJson(String json) {
        Native.gemlive_session_update_options_json(handle(), json(json));
    }

    /**
     * The microphone is off: the server need not wait for more. Pushing again reopens it.
     *
     * @throws GemliveException INVALID_STATE where the server's detection of speech is switched off
     */
    public void audioStreamEnd() {
        Native.gemlive_session_audio_stream_end(handle());
    }

    /**
     * What was pushed so far is one utterance: its last packet goes out, however short, and the server need not wait for
     * more. Ends the activity where the server's detection of speech is switched off, else the stream.
     */
    public void commitAudio() {
        Native.gemlive_session_commit_audio(handle());
    }

    /** Takes back the pushed audio that was not sent yet; a {@code Dropped} event counts it. */
    public void clearAudio() {
        Native.gemlive_session_clear_audio(handle());
    }

    /**
     * While it is on, what is pushed or written is taken and thrown away: neither sent nor kept.
     *
     * @param on false: the next samples are sent again
     */
    public void mute(boolean on) {
        Native.gemlive_session_mute(handle(), on ? 1 : 0);
    }

    /**
     * Shows the model a picture, from ready bytes. An older picture that is still unsent is replaced, and counted in a
     * {@code Dropped} event.
     *
     * @param mimeType "image/jpeg" or "image/png"; the bytes have to begin like one
     */
    public void pushImage(byte[] bytes, String mimeType) {
        Native.gemlive_session_push_image(handle(), Objects.requireNonNull(bytes, "bytes"),
                Utf8.encodeWithoutNul(Objects.requireNonNull(mimeType, "mimeType"), "mimeType"));
    }

    /**
     * Shows the model a raw frame; it is copied, and scaled and encoded on a thread of the library. Push as often as there are frames:
     * one is sent each {@code videoIntervalMs} while the user speaks and each {@code videoIdleIntervalMs} else, the newest of those
     * pushed meanwhile.
     */
    public void pushVideo(VideoFrame frame) {
        Objects.requireNonNull(frame, "frame");
        Native.gemlive_session_push_video(handle(), frame.format.number, frame.width, frame.height, frame.rotation,
                frame.memory(0), frame.offset(0), frame.size(0), frame.strides[0],
                frame.memory(1), frame.offset(1), frame.size(1), frame.strides[1],
                frame.memory(2), frame.offset(2), frame.size(2), frame.strides[2]);
    }

    /** Sends one client message as it is: the way to what this library does not know yet. The server judges it. */
    public void sendRaw(String json) {
        Native.gemlive_session_send_raw(handle(), json(json));
    }

    /**
     * Makes the conversation this list of items, as far as the service can: new items at the end are told to the model,
     * outputs of open calls answer them; what cannot be done is told by a {@code NotApplied} event. Before the first
     * connection the list is what the conversation begins with.
     *
     * @param itemsJson what {@link #getChatContext} gives, with changes
     */
    public void updateChatContext(String itemsJson) {
        Native.gemlive_session_update_chat_context(handle(), json(itemsJson));
    }

    /**
     * Says how much of a turn that was cut the user heard, for a program that plays the audio itself: the chat context keeps
     * the words of that part.
     *
     * @param turn the turn's id
     * @param heardMs milliseconds of its audio
     */
    public void truncate(long turn, long heardMs) {
        Native.gemlive_session_truncate(handle(), turn, heardMs);
    }

    /** The conversation so far, as JSON: a list of items, as docs/chat-context.md has it. */
    public String getChatContext() {
        return Utf8.decode(Native.session_chat_context(handle()));
    }

    /**
     * The session as a JSON object of options, so that another one goes on in its place, in another process too: give it to
     * {@link LiveOptions#fromJson}, add the credential, create a session. It holds the options in force, the chat context and
     * the resumption handle, and no credential: keep it as you would keep the conversation. Works on a session that has ended.
     */
    public String save() {
        return Utf8.decode(Native.session_saved(handle()));
    }

    /**
     * The tool calls that wait for an answer, the oldest first, as JSON: a list of objects with call, name, arguments, turn,
     * blocking and age_ms.
     */
    public String getOpenCalls() {
        return Utf8.decode(Native.session_open_calls(handle()));
    }

    /** The tools in force, as JSON: a list of the API's Tool. */
    public String getTools() {
        return Utf8.decode(Native.session_tools(handle()));
    }

    /** What this model can do, as one JSON object; its member updates says what a change of each option costs now. */
    public String getCapabilities() {
        return Utf8.decode(Native.session_capabilities(handle()));
    }

    // ---- The end ----

    /**
     * Ends the conversation in order: what was given is still written, for the time of the option drain_timeout_ms at
     * most; then comes {@code Closed}, the last event. Again: nothing.
     */
    public void finish() {
        Native.gemlive_session_close(handle());
    }

    /**
     * {@link #finish()}, and with drain first waits for open requests, the running turn and the playout.
     *
     * @param timeoutMs how long all of it may take, 0 or more
     */
    public void finish(boolean drain, long timeoutMs) {
        finishJson("{\"drain\": " + drain + ", \"timeout_ms\": " + timeoutMs + "}");
    }

    /** {@link #finish()} with all fields of the command, as one JSON object: drain, timeout_ms. */
    public void finishJson(String json) {
        Native.gemlive_session_close_json(handle(), json(json));
    }

    /**
     * Gives the session up at once, without an end in order and without a {@code Closed} event. Calls that wait on other
     * threads throw CANCELLED. No call of a listener or of a tool's handler begins afterwards; one that runs may still
     * finish. May be called again, from any thread, and within a handler. Never waits for the network.
     */
    @Override
    public void close() {
        handle.close();
        end();
    }

    @Override
    boolean isGivenUp() {
        return !handle.isOpen();
    }

    @Override
    long handle() {
        return handle.value();
    }

    /** Takes an event, for whoever takes them. */
    LiveEvent take(long timeoutMs) {
        try {
            long taken = Native.gemlive_session_poll_event(handle(), timeoutMs);
            return taken == 0 ? null : made(taken);
        } catch (GemliveException e) {
            if (e.status() == Status.CLOSED) {
                return null;
            }
            throw e;
        } finally {
            // A session that only a waiting call knows must not be collected before the call returns.
            Reclaimer.keep(this);
        }
    }

    long ageMs() {
        return (System.nanoTime() - created) / 1_000_000;
    }

    /** Takes over an event of this session. */
    LiveEvent made(long taken) {
        LiveEvent event;
        try {
            event = (LiveEvent) EventMaker.make(new NativeEvent(taken, this));
        } finally {
            Native.gemlive_event_release(taken);
        }
        if (!isGivenUp()) {
            tools.see(event);
        }
        if (event instanceof Closed) {
            over = true;
            end();
        }
        return event;
    }

    private void end() {
        Waker.forget(watched);
        tools.end();
    }

    private static byte[] json(String json) {
        return Utf8.encodeWithoutNul(Objects.requireNonNull(json, "json"), "json");
    }

    private static void initialise(Class<?> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
