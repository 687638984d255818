/*
 * Options: every one by its name, in docs/options.md, with type, range, default and the moment a change takes effect.
 *
 * An object of them is filled, given to gemlive_model_create or gemlive_session_create, which copy it, and destroyed.
 * There are three ways to set one, which check alike:
 *
 *     gemlive_options_set_voice(options, "Puck");                          the few that everybody uses
 *     gemlive_options_set_double(options, "temperature", 0.7);             any, by its name and type
 *     gemlive_options_from_json(options, "{\"temperature\": 0.7}");        many at once, all or none
 *
 * What counts: the session's value, else the model's, else the environment (the key, the project), else the default.
 * The first error stays with the object: whatever is made with it answers with that error, so a program may check there
 * only.
 */
#ifndef GEMLIVE_OPTIONS_H
#define GEMLIVE_OPTIONS_H

#include <gemlive/gemlive_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Makes an empty options object: everything at its default, the key from GOOGLE_API_KEY or GEMINI_API_KEY.
 * @owner *options: caller releases with gemlive_options_destroy
 * @see gemlive_options_destroy
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_create(gemlive_options **options);

/**
 * @brief Gives the handle up. Models and sessions made with it have their own copy.
 * @param options NULL is fine
 * @see gemlive_options_create
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API void GEMLIVE_CALL gemlive_options_destroy(gemlive_options *options);

/**
 * @brief Sets a text option, or any other option from text ("0.7", "true", JSON for objects).
 * @param name  as in docs/options.md; a name that does not exist is refused with the nearest one that does
 * @param value NULL: not set; a session then has the model's value, a model the default
 * @return GEMLIVE_ERROR_INVALID_ARGUMENT says what is allowed. The first error stays: every gemlive_model_create and
 *         gemlive_session_create given these options returns it, with its sentence, so a program may check only there.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_string(gemlive_options *options, const char *name,
                                                                   const char *value);

/**
 * @brief gemlive_options_set_string for a text of that many bytes, which may contain NUL.
 * @param value  NULL: not set
 * @param length bytes of value, without a final NUL
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_string_n(gemlive_options *options, const char *name,
                                                                     const char *value, size_t length);

/**
 * @brief Sets an integer option; 0 and 1 for a boolean one. Errors as for gemlive_options_set_string.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_int(gemlive_options *options, const char *name,
                                                                int64_t value);

/**
 * @brief Sets a number option. Errors as for gemlive_options_set_string.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_double(gemlive_options *options, const char *name,
                                                                   double value);

/**
 * @brief Sets any option from JSON text, such as tools, thinking_config or realtime_input_config in the form of the API.
 *        "null" switches off what is on by default (the transcriptions).
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_json(gemlive_options *options, const char *name,
                                                                 const char *json);

/**
 * @brief Sets many options at once from one JSON object {"name": value, ...}. Nothing is changed if one is refused.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_from_json(gemlive_options *options, const char *json);

/**
 * @brief The model's name, such as "gemini-3.8-live"; any text, normalised for the service. NULL, here and in the setters
 *        below: not set.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_model(gemlive_options *options, const char *model);

/**
 * @brief The API key. It travels in a header and appears in no text that leaves the library.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_api_key(gemlive_options *options, const char *key);

/**
 * @brief The system instruction: who the model is, and how it speaks.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_instructions(gemlive_options *options, const char *text);

/**
 * @brief The voice's name, such as "Kore"; case matters.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_voice(gemlive_options *options, const char *voice);

/**
 * @brief The tools: a JSON list of the API's Tool, [{"functionDeclarations": [...]}], or a list of function declarations.
 * @thread one  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_options_set_tools(gemlive_options *options, const char *json);

#ifdef __cplusplus
}
#endif

#endif /* GEMLIVE_OPTIONS_H */
