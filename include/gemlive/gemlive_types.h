/*
 * Handles, statuses, versions, and what concerns the whole process.
 */
#ifndef GEMLIVE_TYPES_H
#define GEMLIVE_TYPES_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#  define GEMLIVE_CALL __cdecl
#  if defined(GEMLIVE_STATIC)
#    define GEMLIVE_API
#  elif defined(GEMLIVE_BUILDING)
#    define GEMLIVE_API __declspec(dllexport)
#  else
#    define GEMLIVE_API __declspec(dllimport)
#  endif
#else
#  define GEMLIVE_CALL
#  if defined(GEMLIVE_STATIC)
#    define GEMLIVE_API
#  else
#    define GEMLIVE_API __attribute__((visibility("default")))
#  endif
#endif

#define GEMLIVE_VERSION_MAJOR 0
#define GEMLIVE_VERSION_MINOR 1
#define GEMLIVE_VERSION_PATCH 0
#define GEMLIVE_VERSION_NUMBER (GEMLIVE_VERSION_MAJOR * 10000 + GEMLIVE_VERSION_MINOR * 100 + GEMLIVE_VERSION_PATCH)

#ifdef __cplusplus
extern "C" {
#endif

/* What a conversation is made with. Used to create models and sessions, then free to be destroyed. */
typedef struct gemlive_options gemlive_options;
/* Options, credentials and trust: makes sessions. */
typedef struct gemlive_model gemlive_model;
/* One conversation. It outlives its connections. */
typedef struct gemlive_session gemlive_session;
/* Something that happened in a session. Immutable, reference counted. */
typedef struct gemlive_event gemlive_event;

/* 0 is success, negatives are errors; see enum gemlive_status_code. */
typedef int32_t gemlive_status;

/* What to do about it. Values are frozen; an unknown negative value is to be treated as GEMLIVE_ERROR_INTERNAL. */
enum gemlive_status_code {
    GEMLIVE_OK = 0,
    GEMLIVE_ERROR_INVALID_ARGUMENT = -1, /* the message names the argument and what is allowed */
    GEMLIVE_ERROR_INVALID_HANDLE = -2,   /* NULL, destroyed, or of another kind */
    GEMLIVE_ERROR_INVALID_STATE = -3,    /* right call, wrong moment */
    GEMLIVE_ERROR_TOO_SMALL = -4,        /* the buffer: *needed says how large it has to be */
    GEMLIVE_ERROR_WOULD_BLOCK = -5,      /* a bounded queue is full: try again later */
    GEMLIVE_ERROR_TIMEOUT = -6,
    GEMLIVE_ERROR_CLOSED = -7,           /* the session is closing, or over as was asked for */
    GEMLIVE_ERROR_CANCELLED = -8,        /* gemlive_session_wake, or the handle was destroyed while waiting */
    GEMLIVE_ERROR_WOULD_DEADLOCK = -9,   /* a waiting call from within a callback */
    GEMLIVE_ERROR_NETWORK = -10,
    GEMLIVE_ERROR_TLS = -11,
    GEMLIVE_ERROR_AUTH = -12,            /* the key or token is missing, wrong or expired */
    GEMLIVE_ERROR_QUOTA = -13,
    GEMLIVE_ERROR_PROTOCOL = -14,        /* the server refused a message, or said what is not the protocol */
    GEMLIVE_ERROR_UNSUPPORTED = -15,     /* by this version, this model, or this service */
    GEMLIVE_ERROR_OUT_OF_MEMORY = -16,
    GEMLIVE_ERROR_INTERNAL = -17,
    GEMLIVE_STATUS_CODE_FORCE32 = 0x7FFFFFFF
};

/* For gemlive_live_object_count. */
enum gemlive_object_kind {
    GEMLIVE_OBJECT_OPTIONS = 1,
    GEMLIVE_OBJECT_MODEL = 2,
    GEMLIVE_OBJECT_SESSION = 3,
    GEMLIVE_OBJECT_EVENT = 4,
    GEMLIVE_OBJECT_KIND_FORCE32 = 0x7FFFFFFF
};

/* Frees what user_data leads to. Called exactly once, after the last use, also when the call it was given to fails. */
typedef void(GEMLIVE_CALL *gemlive_release_callback)(void *user_data);

/*
 * Gets an event. Borrowed: valid until the callback returns; gemlive_event_retain keeps it. Every function marked
 * "@callback allowed" may be called from within, on this session too, gemlive_session_destroy included.
 */
typedef void(GEMLIVE_CALL *gemlive_event_callback)(const gemlive_event *event, void *user_data);

/* Says that events wait. Called on a thread of the library: it may only signal. */
typedef void(GEMLIVE_CALL *gemlive_wakeup_callback)(void *user_data);

/**
 * @brief The library's version as a number, as GEMLIVE_VERSION_NUMBER was when it was built.
 * @return MAJOR * 10000 + MINOR * 100 + PATCH
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_version_number(void);

/**
 * @brief The library's version as text, such as "0.1.0".
 * @owner the text is static
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_version_string(void);

/**
 * @brief Does this library have something? Every command of docs/events.md is a feature by its own name.
 * @param feature such as "send_text"
 * @return 1 or 0
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API int32_t GEMLIVE_CALL gemlive_has_feature(const char *feature);

/**
 * @brief The name of a status, such as "GEMLIVE_ERROR_TIMEOUT"; "GEMLIVE_ERROR_INTERNAL" for a value it does not know.
 * @owner the text is static
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_status_name(gemlive_status status);

/**
 * @brief What was wrong with the last call of this thread that failed. Success does not clear it; functions marked
 *        "@rt yes" do not set it. Read it on the thread of the failing call, before the next call into the library.
 * @return never NULL; "" when nothing has failed yet
 * @owner borrowed until the next gemlive call on this thread
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API const char *GEMLIVE_CALL gemlive_last_error_message(void);

/**
 * @brief Writes a text as a JSON string, quotes included: for languages that build JSON without a library for it.
 * @param text     UTF-8 of that many bytes; may contain NUL; may be NULL when length is 0
 * @param length   bytes of text
 * @param buffer   NULL with capacity 0 asks for the size
 * @param capacity bytes of buffer
 * @param needed   bytes that the JSON string takes, its final NUL included; may be NULL
 * @return GEMLIVE_ERROR_TOO_SMALL writes nothing but *needed; GEMLIVE_ERROR_INVALID_ARGUMENT for what is not UTF-8
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_json_quote(const char *text, size_t length, char *buffer,
                                                           size_t capacity, size_t *needed);

/**
 * @brief How many handles of a kind exist: for leak tests and support.
 * @param kind a value of enum gemlive_object_kind; any other gives 0
 * @thread any  @callback allowed  @rt yes  @blocks never  @since 0.1
 */
GEMLIVE_API int64_t GEMLIVE_CALL gemlive_live_object_count(int32_t kind);

/**
 * @brief Destroys every session, model, options object and event of the process, whoever holds it: for hosts that lose
 *        their handles, such as a reloaded Unity domain. All handles given out so far are dead afterwards, waiting calls
 *        have returned.
 * @thread any  @callback allowed  @rt no  @blocks until in-flight callbacks and calls end (not within a callback)
 * @since 0.1
 */
GEMLIVE_API void GEMLIVE_CALL gemlive_destroy_all(void);

/**
 * @brief Waits until the library's threads have ended. They end by themselves after the last model and session are
 *        gone; this is for leak checkers and for dlclose. Not needed otherwise.
 * @param timeout_ms 0 or more
 * @return GEMLIVE_OK; GEMLIVE_ERROR_TIMEOUT when models or sessions still live; GEMLIVE_ERROR_WOULD_DEADLOCK in a callback
 * @thread any  @callback forbidden  @rt no  @blocks up to timeout_ms  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_shutdown(int64_t timeout_ms);

#ifdef __cplusplus
}
#endif

#endif /* GEMLIVE_TYPES_H */
