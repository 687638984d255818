/*
 * gemlive: real-time voice and video conversations with the Gemini Live API.
 *
 * Four kinds of handle:  options -> model -> session -> event.
 *
 *   gemlive_options_create(&options);            what to say to whom, and how
 *   gemlive_model_create(options, &model);       credentials, trust, options: makes sessions
 *   gemlive_session_create(model, NULL, &s);     one conversation; connects in the background
 *   gemlive_session_poll_event(s, 1000, &event); everything that happens, in order
 *
 * Rules that hold everywhere:
 *  - Handles are tokens, not addresses (64-bit systems only so far). A NULL, dead or wrong handle is answered with
 *    GEMLIVE_ERROR_INVALID_HANDLE (or 0, or ""), from any thread, at any time. Nothing crashes.
 *  - Every function that can fail returns a gemlive_status: 0 is success, negatives are errors. The sentence that says
 *    what was wrong and what is allowed is behind gemlive_last_error_message(), except for functions marked "@rt yes".
 *    After a failure every out-parameter is NULL or 0.
 *  - Text is UTF-8, NUL-terminated. What goes in is copied before the call returns. What comes out is never NULL; it is
 *    borrowed from the object behind the handle, and lives as long as any handle of that object.
 *  - No function waits for the network, except those whose "@blocks" says how long.
 *  - The order of destruction does not matter: a session outlives its model, an event its session.
 *
 * Tags in the comments of this library's headers:
 *  @thread   any: from any thread, at the same time, on the same handle / one: one thread at a time per handle
 *  @callback allowed, or forbidden: what happens when it is called from within an event callback
 *  @rt       yes: never locks, allocates, logs, or makes a system call: safe on a device's audio thread / no
 *  @blocks   never, or how long at most
 *  @owner    who owns what a pointer leads to
 *  @since    the version that brought it
 */
#ifndef GEMLIVE_GEMLIVE_H
#define GEMLIVE_GEMLIVE_H

#include <gemlive/gemlive_types.h>

#include <gemlive/gemlive_options.h>

#include <gemlive/gemlive_model.h>

#include <gemlive/gemlive_event.h>

#include <gemlive/gemlive_session.h>

#include <gemlive/gemlive_audio.h>

#include <gemlive/gemlive_video.h>

#endif /* GEMLIVE_GEMLIVE_H */
