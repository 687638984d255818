/*
 * Session: one conversation. Commands go in, events come out; connections come and go below it.
 *
 * Commands are taken from any thread, in the order of the calls, and applied at the sample of the pushed audio at which
 * they were called. What is said while there is no connection is kept and sent afterwards. A command answers GEMLIVE_OK
 * when it was taken, GEMLIVE_ERROR_WOULD_BLOCK when command_queue is full, GEMLIVE_ERROR_CLOSED after
 * gemlive_session_close; while a close with drain waits, tool_response and interrupt are still taken. docs/events.md has
 * the whole vocabulary.
 *
 * On a session that ended unasked every command answers the code of its `closed` event, whatever the arguments are:
 * GEMLIVE_ERROR_AUTH where the key was wrong. One code would ask to try again, GEMLIVE_ERROR_WOULD_BLOCK (reason
 * event_queue_full): there it is GEMLIVE_ERROR_CLOSED. What is no input goes on after any end: gemlive_session_close,
 * _wake, the getters, the audio formats and gemlive_session_read_audio_*. Taking events has one end of its own,
 * GEMLIVE_ERROR_CLOSED, however the session ended.
 *
 * Each NAME_json(session, json) form takes one JSON object with all fields of the command; an unknown field is refused.
 */
#ifndef GEMLIVE_SESSION_H
#define GEMLIVE_SESSION_H

#include <gemlive/gemlive_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* For gemlive_session_state. */
enum gemlive_session_state_code {
    GEMLIVE_SESSION_CONNECTING = 1, /* the first time, or again */
    GEMLIVE_SESSION_CONNECTED = 2,
    GEMLIVE_SESSION_CLOSING = 3,    /* gemlive_session_close was called */
    GEMLIVE_SESSION_CLOSED = 4,     /* the `closed` event has been made */
    GEMLIVE_SESSION_STATE_FORCE32 = 0x7FFFFFFF
};

/* ---- Life ---- */

/**
 * @brief Starts a conversation. It connects in the background; commands and audio may be given at once.
 *        Its events are taken with gemlive_session_poll_event or gemlive_session_dispatch.
 * @param options what differs from the model's options; NULL: nothing
 * @return the first error that was made on the options; GEMLIVE_ERROR_CLOSED after gemlive_model_close
 * @owner *session: caller releases with gemlive_session_destroy
 * @see gemlive_session_close, gemlive_session_destroy
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_create(gemlive_model *model, const gemlive_options *options,
                                                               gemlive_session **session);

/**
 * @brief The same, with every event given to `callback` on the model's callback thread (named gemlive-cb): one at a
 *        time, in order, never on the network's thread.
 *        The first may come before this function returns: gemlive_event_session names the session.
 * @param user_data handed to the callback; gemlive_session_user_data reads it back
 * @param release   called once with user_data when the session is destroyed (not at `closed`): by the destroying thread,
 *                  or after the last callback when destroyed within one; may be NULL
 * @owner *session: caller releases with gemlive_session_destroy. user_data: released with `release`, on failure too
 * @see gemlive_session_create
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_create_with_callback(
    gemlive_model *model, const gemlive_options *options, gemlive_event_callback callback, void *user_data,
    gemlive_release_callback release, gemlive_session **session);

/**
 * @brief Ends the conversation in order. What was given is still written (connecting first if need be) in
 *        drain_timeout_ms at most, then comes `closed`, the last event. A second close answers GEMLIVE_OK and can
 *        only hurry the first: it ends a drain that it does not ask for, and the earlier time-out counts.
 * @see gemlive_session_destroy
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_close(gemlive_session *session);

/**
 * @brief close with {"drain": bool, "timeout_ms": int}. With drain it first waits for open requests, the running turn
 *        and the playout.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_close_json(gemlive_session *session, const char *json);

/**
 * @brief Ends everything at once and gives the handle up. Waiting calls on other threads return
 *        GEMLIVE_ERROR_CANCELLED; after it returns no callback runs. Within any callback of this library it never waits:
 *        no new callback of the session begins, one that runs may still finish. Do not call it while holding a lock
 *        that your callback waits for.
 * @param session NULL is fine
 * @see gemlive_session_close
 * @thread any  @callback allowed  @rt no  @blocks until in-flight callbacks and calls end, never for the network
 * @since 0.1
 */
GEMLIVE_API void GEMLIVE_CALL gemlive_session_destroy(gemlive_session *session);

/**
 * @brief Where the session stands.
 * @return a value of enum gemlive_session_state_code; 0 for a dead handle
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_session_state(const gemlive_session *session);

/**
 * @brief Hangs something of the application's on the session. For sessions with a callback it is the user_data given
 *        there and cannot be changed (GEMLIVE_ERROR_INVALID_STATE).
 * @owner user_data stays the caller's
 * @see gemlive_session_user_data
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_set_user_data(gemlive_session *session, void *user_data);

/**
 * @brief Reads it back.
 * @return NULL when there is none, or the handle is dead
 * @see gemlive_session_set_user_data
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API void *GEMLIVE_CALL gemlive_session_user_data(const gemlive_session *session);

/* ---- Events ---- */

/**
 * @brief Takes the next event, waiting for it. One thread drains a session at a time; any other gets
 *        GEMLIVE_ERROR_INVALID_STATE.
 * @param timeout_ms 0: do not wait; negative: no limit
 * @return GEMLIVE_ERROR_TIMEOUT; GEMLIVE_ERROR_CLOSED once the `closed` event has been taken, whatever its code was;
 *         GEMLIVE_ERROR_CANCELLED after gemlive_session_wake or when the session is destroyed;
 *         GEMLIVE_ERROR_INVALID_STATE for a session with a callback; GEMLIVE_ERROR_WOULD_DEADLOCK for waiting within any
 *         callback of this library
 * @owner *event: caller releases with gemlive_event_release
 * @see gemlive_session_wake, gemlive_session_dispatch, gemlive_session_wait_handle
 * @thread one (drainer)  @callback allowed with timeout_ms 0  @rt no  @blocks up to timeout_ms  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_poll_event(gemlive_session *session, int64_t timeout_ms,
                                                                   gemlive_event **event);

/**
 * @brief Calls `callback` on this thread for the events that wait now: once a frame in a game loop.
 * @param max_events 0: all that wait at the call
 * @return GEMLIVE_OK also when none waited, and for the call that gives `closed`; then GEMLIVE_ERROR_CLOSED.
 *         GEMLIVE_ERROR_CANCELLED when the session was destroyed meanwhile; GEMLIVE_ERROR_INVALID_STATE for a session
 *         with a callback, or beside another drainer
 * @see gemlive_session_poll_event
 * @thread one (drainer)  @callback forbidden on the same session (GEMLIVE_ERROR_INVALID_STATE)  @rt no
 * @blocks as long as the callbacks take  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_dispatch(gemlive_session *session,
                                                                 gemlive_event_callback callback, void *user_data,
                                                                 size_t max_events);

/**
 * @brief Ends a waiting gemlive_session_poll_event; remembered when none waits.
 * @see gemlive_session_poll_event
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_wake(gemlive_session *session);

/**
 * @brief Sets a hook that is called when the event queue turns from empty to non-empty, and once at once when events
 *        wait already. NULL takes it away: after that it is not called any more. The hook may only signal; it makes no
 *        call into the library.
 * @owner user_data: released with `release` once after the last use, on failure too
 * @see gemlive_session_wait_handle
 * @thread any  @callback allowed  @rt no  @blocks until a running hook ends  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_set_wakeup(gemlive_session *session,
                                                                   gemlive_wakeup_callback callback, void *user_data,
                                                                   gemlive_release_callback release);

/**
 * @brief A file descriptor for select, epoll and their kin: readable while poll with timeout 0 would not answer
 *        GEMLIVE_ERROR_TIMEOUT. It turns unreadable no later than that answer, so edge-triggered pollers poll until they
 *        get it. Never read or close it; dup() it for a runtime that closes what it watches: the copy turns readable
 *        when the session is destroyed.
 * @return -1 for a dead handle, for a session with a callback, or where the system has none
 * @owner the session's: valid until it is destroyed
 * @see gemlive_session_set_wakeup, gemlive_session_poll_event
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API intptr_t GEMLIVE_CALL gemlive_session_wait_handle(gemlive_session *session);

/* ---- Commands ---- */

/**
 * @brief Says something to the model in writing, and asks for a reply.
 * @param request the id of the request that the reply will carry; may be NULL
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_send_text(gemlive_session *session, const char *text,
                                                                  uint64_t *request);

/**
 * @brief gemlive_session_send_text for a text of that many bytes, which may contain NUL.
 * @param length  bytes of text, without a final NUL
 * @param request the id of the request that the reply will carry; may be NULL
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_send_text_n(gemlive_session *session, const char *text,
                                                                    size_t length, uint64_t *request);

/**
 * @brief send_text with {"text": string, "turn_complete": bool}: false adds to the conversation without asking for a
 *        reply (*request is 0 then).
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_send_text_json(gemlive_session *session, const char *json,
                                                                       uint64_t *request);

/**
 * @brief Asks the model to speak now.
 * @param instructions for this reply; NULL: none
 * @param request      the id of the request; may be NULL
 * @see GEMLIVE_EVENT_REPLY_FAILED, gemlive_session_send_text
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_generate_reply(gemlive_session *session,
                                                                       const char *instructions, uint64_t *request);

/**
 * @brief gemlive_session_generate_reply for instructions of that many bytes, which may contain NUL.
 * @param instructions NULL: none
 * @param length       bytes of instructions, without a final NUL
 * @param request      the id of the request; may be NULL
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_generate_reply_n(gemlive_session *session,
                                                                         const char *instructions, size_t length,
                                                                         uint64_t *request);

/**
 * @brief generate_reply with {"instructions": string, "text": string, "timeout_ms": int, "tool_choice": string}. `tool_choice` is
 *        of this reply: with `none` the library answers the model's calls with an error.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_generate_reply_json(gemlive_session *session, const char *json,
                                                                            uint64_t *request);

/**
 * @brief Answers a tool call.
 * @param call        the call's id, from gemlive_event_call
 * @param output_json an object is sent as it is, any other JSON value as {"output": value}
 * @return GEMLIVE_ERROR_INVALID_ARGUMENT for a call that never was, GEMLIVE_ERROR_CANCELLED for one that was cancelled,
 *         GEMLIVE_ERROR_INVALID_STATE for one already answered
 * @see GEMLIVE_EVENT_TOOL_CALL
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_tool_response(gemlive_session *session, const char *call,
                                                                      const char *output_json);

/**
 * @brief tool_response with {"call": string, "output": any, "error": string, "scheduling": string,
 *        "will_continue": bool}; one of output and error. "last" is the newest call.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_tool_response_json(gemlive_session *session, const char *json);

/**
 * @brief Stops the running turn: playout is flushed, what still comes of the turn is dropped and counted. Without a turn
 *        it does nothing.
 * @see GEMLIVE_EVENT_INTERRUPTED
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_interrupt(gemlive_session *session);

/**
 * @brief The user begins to speak: for sessions whose realtime_input_config switches the server's VAD off.
 * @return GEMLIVE_ERROR_INVALID_STATE where the server detects speech itself
 * @see gemlive_session_end_user_activity
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_start_user_activity(gemlive_session *session);

/**
 * @brief The user has spoken. As gemlive_session_start_user_activity.
 * @see gemlive_session_start_user_activity
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_end_user_activity(gemlive_session *session);

/**
 * @brief The microphone is off: the server need not wait for more. Pushing again reopens it.
 * @return GEMLIVE_ERROR_INVALID_STATE where the server's VAD is switched off
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_audio_stream_end(gemlive_session *session);

/**
 * @brief What was pushed so far is one utterance: its last packet goes out, however short, and the server need not wait for
 *        more. Ends the activity where the server's VAD is switched off, else the stream, as
 *        gemlive_session_audio_stream_end; does nothing when nothing came since it last ended.
 * @see gemlive_session_clear_audio
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_commit_audio(gemlive_session *session);

/**
 * @brief Takes back the pushed audio that was not sent yet, pre-roll too; a `dropped` event counts it. What is on its way
 *        stays. An activity that was started goes on.
 * @see gemlive_session_commit_audio
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_clear_audio(gemlive_session *session);

/**
 * @brief Shows the model a picture, from ready bytes. An older picture that is still unsent is replaced, and counted in
 *        a `dropped` event.
 * @param mime_type "image/jpeg" or "image/png"; the bytes have to begin like one
 * @owner bytes: copied
 * @see gemlive_session_push_video
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_push_image(gemlive_session *session, const uint8_t *bytes,
                                                                   size_t size, const char *mime_type);

/**
 * @brief Sends one client message as it is: the way to what this library does not know yet. The server judges it.
 * @param json one JSON object, such as {"realtimeInput": {...}}; not "setup"
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_send_raw(gemlive_session *session, const char *json);

/* ---- Changing a running conversation ---- */

/**
 * @brief Gives the model other instructions. They hold from the next reply on: no reply is cut. Where the model takes no
 *        new ones within the connection, the session connects anew with its resumption handle when neither side speaks:
 *        `connecting` with cause `updated`. What is asked for after this call is answered under the new instructions
 *        wherever they go within the connection. Several changes together are one; equal values are none.
 * @param instructions "" takes them away; NULL is refused
 * @return GEMLIVE_ERROR_INVALID_STATE where the option setup says the instructions; GEMLIVE_ERROR_UNSUPPORTED for a model
 *         that takes none
 * @see gemlive_session_get_capabilities, GEMLIVE_EVENT_NOT_APPLIED
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_update_instructions(gemlive_session *session,
                                                                            const char *instructions);

/**
 * @brief gemlive_session_update_instructions for a text of that many bytes, which may contain NUL.
 * @param length bytes of instructions, without a final NUL
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_update_instructions_n(gemlive_session *session,
                                                                              const char *instructions, size_t length);

/**
 * @brief Gives the model other tools in place of all that it has, as gemlive_session_update_instructions does. Open calls
 *        are answered first. Tools that come to the same declarations cost nothing.
 * @param tools_json a list as the option tools takes it; "[]" takes all away
 * @return what is wrong with a tool, with its place: then nothing has changed
 * @see gemlive_session_get_tools, gemlive_session_update_instructions
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_update_tools(gemlive_session *session, const char *tools_json);

/**
 * @brief Changes options of this session: all that are set in `changes`, or none of them. docs/options.md says when each
 *        takes effect, gemlive_session_get_capabilities what it costs with this model. The model and its other sessions
 *        stay as they are. A setup that the service refuses is taken back, and each option of it told by a `not_applied`
 *        event.
 * @param changes what is set to null in it (gemlive_options_set_json) has its default again; stays the caller's
 * @return GEMLIVE_ERROR_UNSUPPORTED for an option that is for new sessions only
 * @see gemlive_model_update_options, GEMLIVE_EVENT_NOT_APPLIED
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_update_options(gemlive_session *session,
                                                                       const gemlive_options *changes);

/**
 * @brief gemlive_session_update_options with one JSON object, such as {"voice": "Kore", "temperature": null}.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_update_options_json(gemlive_session *session, const char *json);

/* ---- The conversation so far ---- */

/**
 * @brief Makes the conversation this list of items (docs/chat-context.md), as far as the service can: new items at the end
 *        are told to the model, without asking for a reply; outputs of open calls answer them. A reply that runs is not
 *        cut: it is waited for, or for the next request. Items are known by their ids. What cannot be done, such as taking an
 *        item away, is told by a `not_applied` event, and the chat context stays as it is there. Before the first connection
 *        the list is what the conversation begins with.
 * @param items_json what gemlive_session_get_chat_context gives, with changes
 * @return GEMLIVE_ERROR_INVALID_ARGUMENT names the item, its member and what is allowed there: then nothing has changed;
 *         GEMLIVE_ERROR_UNSUPPORTED for a model that takes no content
 * @see gemlive_session_get_chat_context, GEMLIVE_EVENT_NOT_APPLIED
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_update_chat_context(gemlive_session *session,
                                                                            const char *items_json);

/**
 * @brief Says how much of a turn that was cut the user heard: for an application that plays the audio events itself. The
 *        chat context keeps the words of that part, whatever was known before. The server is not told.
 * @param turn the turn's id, from gemlive_event_turn
 * @return GEMLIVE_ERROR_INVALID_ARGUMENT for a turn without words; GEMLIVE_ERROR_INVALID_STATE for one that was written
 * @see gemlive_session_get_chat_context
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_truncate(gemlive_session *session, uint64_t turn,
                                                                 int64_t heard_ms);

/**
 * @brief The conversation so far, as a JSON list of items (docs/chat-context.md): what the user said and wrote, what the
 *        model said, of a turn that was cut what was heard of it, the calls of functions and their outputs.
 *        Buffer as for gemlive_session_get_tools.
 * @see gemlive_session_truncate, gemlive_session_update_chat_context
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_get_chat_context(gemlive_session *session, char *buffer,
                                                                         size_t capacity, size_t *needed);

/**
 * @brief The session as a JSON object of options, so that another one goes on in its place, in another process too: load it
 *        with gemlive_options_from_json, add the credential, create a session. It holds the options that are in force, the
 *        chat context and the resumption handle; no credential, and nothing of how this machine reaches the service
 *        (`base_url`, `proxy`, `headers`, `ca_*`). The new session resumes the conversation while the service keeps it (2
 *        hours), and begins anew with the chat context when not. What was given and not yet sent is in the chat context, but
 *        for audio. Works on a session that has ended. Buffer as for gemlive_session_get_tools.
 * @note  The handle and the words are the conversation: keep the object as you would keep those.
 * @see gemlive_options_from_json, gemlive_session_get_chat_context
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_save(gemlive_session *session, char *buffer, size_t capacity,
                                                             size_t *needed);

/**
 * @brief The tool calls that wait for an answer of the application, the oldest first, as a JSON list of
 *        {"call", "name", "arguments", "turn", "blocking", "age_ms"}; with `left_ms` where tool_call_timeout_ms bounds them.
 *        Buffer as for gemlive_session_get_tools.
 * @see gemlive_session_tool_response
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_get_open_calls(gemlive_session *session, char *buffer,
                                                                       size_t capacity, size_t *needed);

/* ---- What is in force ---- */

/**
 * @brief The tools in force, as the JSON that was given in, in whatever form that was (docs/tools.md).
 * @param buffer   NULL with capacity 0 asks for the size
 * @param capacity bytes of buffer
 * @param needed   bytes that the text takes, its final NUL included; may be NULL
 * @return GEMLIVE_ERROR_TOO_SMALL writes nothing but *needed
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_get_tools(gemlive_session *session, char *buffer,
                                                                  size_t capacity, size_t *needed);

/**
 * @brief What this model can do, as one JSON object. Its member `updates` says for each option what a change costs now:
 *        `at_once`, `turn_end` (within the connection), `reconnect`, `next_connection`, `new_session`.
 *        Buffer as for gemlive_session_get_tools.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_get_capabilities(gemlive_session *session, char *buffer,
                                                                         size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif /* GEMLIVE_SESSION_H */
