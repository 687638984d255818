/*
 * Model: options, credentials and trust, from which sessions are made.
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
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_create(const gemlive_options *options, gemlive_model **model);

/**
 * @brief Closes all sessions of the model, as gemlive_session_close does.
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_model_close(gemlive_model *model);

/**
 * @brief Gives the handle up. Live sessions go on.
 * @param model NULL is fine
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API void GEMLIVE_CALL gemlive_model_destroy(gemlive_model *model);

#ifdef __cplusplus
}
#endif

#endif /* GEMLIVE_MODEL_H */
