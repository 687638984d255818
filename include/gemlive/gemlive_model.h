/*
 * Model: options, credentials and trust, from which sessions are made. A program has one for each set of them, often one
 * in all; making a second one that trusts the same is cheap.
 *
 *     gemlive_options *options = NULL;
 *     gemlive_model *model = NULL;
 *     gemlive_options_create(&options);
 *     gemlive_options_set_instructions(options, "You keep the tavern.");
 *     gemlive_model_create(options, &model);
 *     gemlive_options_destroy(options);
 *
 * A model may be destroyed before its sessions: they go on. Sessions that were made with the option share_events have one
 * queue, the model's, and are polled or dispatched here.
 */
#ifndef GEMLIVE_MODEL_H
#define GEMLIVE_MODEL_H

#include <gemlive/gemlive_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Makes a model with a copy of the options. No connection is opened and no key is needed yet: a session without
 *        a key ends with one `closed` event whose code is GEMLIVE_ERROR_AUTH.
 * @param options NULL: all defaults
 * @return the first error that was made on the options, a CA file that cannot be read, a URL that is none
 * @owner *model: caller releases with gemlive_model_destroy
 * @see gemlive_model_destroy, gemlive_model_close
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_create(const gemlive_options *options, gemlive_model **model);

/**
 * @brief Closes all sessions of the model, as gemlive_session_close does.
 * @see gemlive_model_destroy
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_close(gemlive_model *model);

/**
 * @brief Gives the handle up. Live sessions go on; events of those that share its queue can be taken by nobody then and
 *        are gone, and a waiting gemlive_model_poll_event returns GEMLIVE_ERROR_CANCELLED. Within a callback of this
 *        library it never waits.
 * @param model NULL is fine
 * @see gemlive_model_create, gemlive_model_close
 * @thread any  @callback allowed  @rt no  @blocks until in-flight calls on the model end, never for the network
 * @since 0.1
 */
GEMLIVE_API void GEMLIVE_CALL gemlive_model_destroy(gemlive_model *model);

/* ---- Changes ---- */

/**
 * @brief Changes options for sessions that are made from now on, and for each live one as gemlive_session_update_options
 *        does. A session that cannot take the change says so by a `not_applied` event (`update_model_options`).
 * @param changes what is set to null in it (gemlive_options_set_json) has its default again; stays the caller's
 * @return GEMLIVE_ERROR_UNSUPPORTED for an option that is for new sessions only: then nothing has changed
 * @see gemlive_session_update_options
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_update_options(gemlive_model *model,
                                                                     const gemlive_options *changes);

/**
 * @brief gemlive_model_update_options with one JSON object, such as {"voice": "Kore"}.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_update_options_json(gemlive_model *model, const char *json);

/* ---- Events of many sessions ---- */

/**
 * @brief Takes the next event of the sessions that share the model's queue (option share_events): one loop for all of
 *        them. gemlive_event_session names the session. They take turns, each with its events in order, and the bound
 *        counts for each session. One thread drains a queue at a time; any other gets GEMLIVE_ERROR_INVALID_STATE.
 *        After gemlive_session_destroy returns no event of that session comes.
 * @param timeout_ms 0: do not wait; negative: no limit
 * @return GEMLIVE_ERROR_TIMEOUT; GEMLIVE_ERROR_CLOSED once the model is closed and the last event of every session that
 *         shares has been taken; GEMLIVE_ERROR_CANCELLED after gemlive_model_wake or when the model is destroyed;
 *         GEMLIVE_ERROR_WOULD_DEADLOCK for waiting within any callback of this library
 * @owner *event: caller releases with gemlive_event_release
 * @see gemlive_model_wake, gemlive_model_dispatch, gemlive_model_wait_handle
 * @thread one (drainer)  @callback allowed with timeout_ms 0  @rt no  @blocks up to timeout_ms  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_poll_event(gemlive_model *model, int64_t timeout_ms,
                                                                 gemlive_event **event);

/**
 * @brief Calls `callback` on this thread for the events that wait now in the model's queue: once a frame in a game with
 *        many characters.
 * @param max_events 0: all that wait at the call
 * @return GEMLIVE_OK also when none waited; GEMLIVE_ERROR_CLOSED as from gemlive_model_poll_event;
 *         GEMLIVE_ERROR_CANCELLED when the model was destroyed meanwhile; GEMLIVE_ERROR_INVALID_STATE beside another
 *         drainer
 * @see gemlive_model_poll_event
 * @thread one (drainer)  @callback forbidden on the same model (GEMLIVE_ERROR_INVALID_STATE)  @rt no
 * @blocks as long as the callbacks take  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_dispatch(gemlive_model *model, gemlive_event_callback callback,
                                                               void *user_data, size_t max_events);

/**
 * @brief Ends a waiting gemlive_model_poll_event; remembered when none waits.
 * @see gemlive_model_poll_event
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_wake(gemlive_model *model);

/**
 * @brief Sets a hook that is called when the model's queue turns from empty to non-empty, and once at once when events
 *        wait already. NULL takes it away: after that it is not called any more. The hook may only signal; it makes no
 *        call into the library.
 * @owner user_data: released with `release` once after the last use, on failure too
 * @see gemlive_model_wait_handle
 * @thread any  @callback allowed  @rt no  @blocks until a running hook ends  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_set_wakeup(gemlive_model *model, gemlive_wakeup_callback callback,
                                                                 void *user_data, gemlive_release_callback release);

/**
 * @brief A file descriptor for select, epoll and their kin: readable while gemlive_model_poll_event with timeout 0 would
 *        not answer GEMLIVE_ERROR_TIMEOUT. As gemlive_session_wait_handle in everything else.
 * @return -1 for a dead handle, or where the system has none
 * @owner the model's: valid until it is destroyed
 * @see gemlive_model_set_wakeup, gemlive_model_poll_event
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API intptr_t GEMLIVE_CALL gemlive_model_wait_handle(gemlive_model *model);

#ifdef __cplusplus
}
#endif

#endif /* GEMLIVE_MODEL_H */
