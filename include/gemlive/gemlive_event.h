/*
 * Events: what happened in a session, in order. The fields of each type are in docs/events.md; an accessor for a field
 * that the event does not have gives "" or 0, and does no harm. Every field is also in gemlive_event_json, except samples,
 * the bytes of media, and the resumption handle.
 *
 * Text accessors give a NUL-terminated text, never NULL, and, where `length` is not NULL, its length in bytes without the
 * NUL. Our ids (turn, request, utterance, connection) are numbers from 1; 0 is none. In JSON they are "turn-1",
 * "request-1", "utterance-1"; a connection is its number.
 *
 * An event stays valid after its session is destroyed. Types beyond those listed here may come: ignore them, or show
 * their JSON.
 */
#ifndef GEMLIVE_EVENT_H
#define GEMLIVE_EVENT_H

#include <gemlive/gemlive_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What happened; the fields that each type has are in docs/events.md. The numbers never change. */
enum gemlive_event_type_code {
    /** Before every dial. */
    GEMLIVE_EVENT_CONNECTING = 1,
    /** The server has accepted the setup. */
    GEMLIVE_EVENT_CONNECTED = 2,
    /** A connection that was up has ended, and we did not ask for it. */
    GEMLIVE_EVENT_DISCONNECTED = 3,
    /** The server says that it will end the connection. */
    GEMLIVE_EVENT_GO_AWAY = 4,
    /** There is a new handle to resume with, or none any more. */
    GEMLIVE_EVENT_RESUMPTION_UPDATED = 5,
    /** The user began to speak. */
    GEMLIVE_EVENT_SPEECH_STARTED = 6,
    /** The user stopped. */
    GEMLIVE_EVENT_SPEECH_STOPPED = 7,
    /** The user's words. */
    GEMLIVE_EVENT_INPUT_TRANSCRIPT = 8,
    /** The first output of a turn. */
    GEMLIVE_EVENT_TURN_STARTED = 9,
    /** The model writes. */
    GEMLIVE_EVENT_TEXT = 10,
    /** The model thinks aloud. */
    GEMLIVE_EVENT_THOUGHT = 11,
    /** The words of the model's voice. */
    GEMLIVE_EVENT_OUTPUT_TRANSCRIPT = 12,
    /** A piece of the model's voice. */
    GEMLIVE_EVENT_AUDIO = 13,
    /** Inline data that is not audio. */
    GEMLIVE_EVENT_MEDIA = 14,
    /** The model has made all of this turn; it may still be playing. */
    GEMLIVE_EVENT_GENERATION_COMPLETE = 15,
    /** The turn was cut; the playout is already empty. */
    GEMLIVE_EVENT_INTERRUPTED = 16,
    /** The end of a turn: once for every `turn_started`. */
    GEMLIVE_EVENT_TURN_FINISHED = 17,
    /** The last sample of the turn was pulled. */
    GEMLIVE_EVENT_PLAYOUT_FINISHED = 18,
    /** The model wants a function called. */
    GEMLIVE_EVENT_TOOL_CALL = 19,
    /** These calls need no answer any more; an answer is refused. */
    GEMLIVE_EVENT_TOOL_CALLS_CANCELLED = 20,
    /** A request ended without a turn. */
    GEMLIVE_EVENT_REPLY_FAILED = 21,
    /** The server counted tokens. */
    GEMLIVE_EVENT_USAGE = 22,
    /** How fast a turn was; after `turn_finished`. */
    GEMLIVE_EVENT_TURN_METRICS = 23,
    /** What the server searched and found. */
    GEMLIVE_EVENT_GROUNDING = 24,
    /** Code that the server wrote or ran. */
    GEMLIVE_EVENT_CODE = 25,
    /** Pages that the server read. */
    GEMLIVE_EVENT_URL_CONTEXT = 26,
    /** A status of newer models. */
    GEMLIVE_EVENT_INTERACTION_STATUS = 27,
    /** A signal of newer models. */
    GEMLIVE_EVENT_WAITING_FOR_INPUT = 28,
    /** The server has been silent for too long. */
    GEMLIVE_EVENT_STALLED = 29,
    /** Something was lost on our side; every loss is counted. */
    GEMLIVE_EVENT_DROPPED = 30,
    /** This model or service cannot take a part of what was given. */
    GEMLIVE_EVENT_NOT_APPLIED = 31,
    /** Something failed outside of a call. */
    GEMLIVE_EVENT_ERROR = 32,
    /** The server said something that this version does not know. */
    GEMLIVE_EVENT_SERVER_MESSAGE = 33,
    /** The last event, exactly once. */
    GEMLIVE_EVENT_CLOSED = 34,
    GEMLIVE_EVENT_TYPE_FORCE32 = 0x7FFFFFFF
};

/* ---- What every event has ---- */

/**
 * @brief Which of enum gemlive_event_type_code it is.
 * @return 0 for a dead handle
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_type(const gemlive_event *event);

/**
 * @brief The word of a type in JSON, such as "turn_started".
 * @return "unknown" for a number this version does not know
 * @owner the text is static
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_type_name(int32_t type);

/**
 * @brief The session it happened in; a handle to compare and to call with, not to destroy twice.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_session *GEMLIVE_CALL gemlive_event_session(const gemlive_event *event);

/**
 * @brief Its number in the session, from 1, without gaps.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API uint64_t GEMLIVE_CALL gemlive_event_seq(const gemlive_event *event);

/**
 * @brief Milliseconds since the session was created.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int64_t GEMLIVE_CALL gemlive_event_time_ms(const gemlive_event *event);

/**
 * @brief The connection, from 1; 0 for none.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API uint64_t GEMLIVE_CALL gemlive_event_connection(const gemlive_event *event);

/* ---- Which turn, request and utterance it is of ---- */

/**
 * @brief The turn it belongs to.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API uint64_t GEMLIVE_CALL gemlive_event_turn(const gemlive_event *event);

/**
 * @brief The request it belongs to.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API uint64_t GEMLIVE_CALL gemlive_event_request(const gemlive_event *event);

/**
 * @brief The utterance it belongs to.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API uint64_t GEMLIVE_CALL gemlive_event_utterance(const gemlive_event *event);

/* ---- Text and audio ---- */

/**
 * @brief The new piece of text: text, thought, output_transcript, input_transcript.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_text(const gemlive_event *event, size_t *length);

/**
 * @brief All the text so far: input_transcript; of the turn: turn_finished.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_transcript(const gemlive_event *event, size_t *length);

/**
 * @brief 1 for the last input_transcript of an utterance.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_is_final(const gemlive_event *event);

/**
 * @brief The samples of an audio event, interleaved.
 * @owner borrowed from the event
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const int16_t *GEMLIVE_CALL gemlive_event_audio_s16(const gemlive_event *event, size_t *frames);

/**
 * @brief Hz of an audio event.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_sample_rate(const gemlive_event *event);

/**
 * @brief Channels of an audio event.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_channels(const gemlive_event *event);

/**
 * @brief Where in its turn an audio event begins, in frames.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int64_t GEMLIVE_CALL gemlive_event_offset_frames(const gemlive_event *event);

/**
 * @brief The bytes of a media event.
 * @owner borrowed from the event
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const uint8_t *GEMLIVE_CALL gemlive_event_bytes(const gemlive_event *event, size_t *size);

/**
 * @brief The type of a media event's bytes.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_mime_type(const gemlive_event *event, size_t *length);

/* ---- Tool calls ---- */

/**
 * @brief The id of a tool_call.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_call(const gemlive_event *event, size_t *length);

/**
 * @brief The function's name of a tool_call.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_name(const gemlive_event *event, size_t *length);

/**
 * @brief The arguments of a tool_call: a JSON object.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_arguments(const gemlive_event *event, size_t *length);

/**
 * @brief How many calls a tool_calls_cancelled event names.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API size_t GEMLIVE_CALL gemlive_event_call_count(const gemlive_event *event);

/**
 * @brief The id of one of the calls of a tool_calls_cancelled event.
 * @param index from 0
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_call_at(const gemlive_event *event, size_t index, size_t *length);

/* ---- Connections, ends and errors ---- */

/**
 * @brief What led to it: connecting, connected, disconnected.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_cause(const gemlive_event *event, size_t *length);

/**
 * @brief The text of the WebSocket's close frame: disconnected, error.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_close_reason(const gemlive_event *event, size_t *length);

/**
 * @brief The handle that a resumption_updated event brought: resumes the conversation in another process, by the option
 *        session_resumption. Treat it like a password; it is in no JSON and in no log.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_resumption_handle(const gemlive_event *event, size_t *length);

/**
 * @brief Why: turn_finished, reply_failed, closed.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_reason(const gemlive_event *event, size_t *length);

/**
 * @brief The status of a disconnected, error or closed event: a value of enum gemlive_status_code.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_code(const gemlive_event *event);

/**
 * @brief The sentence of a disconnected, error, reply_failed or closed event.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_message(const gemlive_event *event, size_t *length);

/**
 * @brief 1 for an error that ends the session.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_is_fatal(const gemlive_event *event);

/**
 * @brief 1 for an error after which the same thing may succeed later.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_is_retryable(const gemlive_event *event);

/**
 * @brief The WebSocket's close code of a disconnected or error event.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_close_code(const gemlive_event *event);

/**
 * @brief The status of a refused upgrade, in an error event.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_http_status(const gemlive_event *event);

/* ---- What was heard of a turn ---- */

/**
 * @brief How much of the turn was really pulled from the playout: interrupted, turn_finished, playout_finished.
 * @return -1 when playout is off, and for events that have none
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int64_t GEMLIVE_CALL gemlive_event_heard_ms(const gemlive_event *event);

/**
 * @brief How much audio the model made in the turn: turn_finished.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int64_t GEMLIVE_CALL gemlive_event_generated_ms(const gemlive_event *event);

/* ---- Any field, and the whole event as JSON ---- */

/**
 * @brief Any field of the event by its name in JSON, for the fields that have no accessor of their own.
 * @param name as in docs/events.md, such as "session_id" or "prompt_tokens"
 * @return a text as it is, any other value as JSON; "" for a field that the event does not have
 * @owner borrowed from the event
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_field(const gemlive_event *event, const char *name, size_t *length);

/**
 * @brief Whether the event has a field, by its name in JSON: tells one that is absent from one that is "" or 0.
 * @return 1 or 0
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_event_has_field(const gemlive_event *event, const char *name);

/**
 * @brief A whole number or a boolean (1 or 0) by its name in JSON.
 * @param absent the answer for a dead handle, a field that the event does not have, and one that is neither
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int64_t GEMLIVE_CALL gemlive_event_field_int(const gemlive_event *event, const char *name, int64_t absent);

/**
 * @brief A number by its name in JSON.
 * @param absent the answer for a dead handle, a field that the event does not have, and one that is no number
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API double GEMLIVE_CALL gemlive_event_field_double(const gemlive_event *event, const char *name, double absent);

/**
 * @brief The whole event as JSON, with all its fields.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_json(const gemlive_event *event, size_t *length);

/**
 * @brief The JSON of the server's message that caused it, audio data and the resumption handle left out; "" when none
 *        did.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_event_server_message(const gemlive_event *event, size_t *length);

/* ---- How long it lives ---- */

/**
 * @brief One more handle of the event, for one that is borrowed and is to be kept.
 * @return a new handle; NULL for a dead one
 * @owner the returned handle: caller releases with gemlive_event_release, once
 * @see gemlive_event_release
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_event *GEMLIVE_CALL gemlive_event_retain(const gemlive_event *event);

/**
 * @brief Gives an owned handle up. NULL is fine; a borrowed one is left alone.
 * @see gemlive_event_retain, gemlive_session_poll_event
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API void GEMLIVE_CALL gemlive_event_release(gemlive_event *event);

#ifdef __cplusplus
}
#endif

#endif /* GEMLIVE_EVENT_H */
