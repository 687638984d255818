/* The calls for one type of sample; pcm.h includes it once for each, and says what PCM_… is. */

static jlong PCM_JAVA(push)(JNIEnv *env, gemlive_session *session, PCM_ARRAY samples, jint offset, jint frames,
                            jint channels)
{
    PCM_SAMPLE block[PCM_BLOCK];
    const jint most = PCM_BLOCK / channels;
    gemlive_status status = GEMLIVE_OK;
    jint done = 0;
    do {
        const jint count = frames - done < most ? frames - done : most;
        size_t accepted = 0;
        (*env)->PCM_GET_REGION(env, samples, offset + done * channels, count * channels, block);
        if ((*env)->ExceptionCheck(env)) {
            return done;
        }
        status = PCM_C(push)(session, block, (size_t)count, &accepted);
        done += (jint)accepted;
    } while (status == GEMLIVE_OK && done < frames);
    return pcm_on_device(env, status, (size_t)done);
}

static jlong PCM_JAVA_DIRECT(push)(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames,
                                   jint channels)
{
    size_t accepted = 0;
    gemlive_status status;
    const PCM_SAMPLE *const from = pcm_direct(env, samples, offset, (jlong)frames * channels, sizeof *from);
    if (!from) {
        return 0;
    }
    status = PCM_C(push)(session, from, (size_t)frames, &accepted);
    return pcm_on_device(env, status, accepted);
}

static jlong PCM_JAVA(write)(JNIEnv *env, gemlive_session *session, PCM_ARRAY samples, jint offset, jint frames,
                             jint channels, jlong timeout_ms)
{
    const size_t count = (size_t)frames * (size_t)channels;
    PCM_SAMPLE *const copy = malloc(count ? count * sizeof *copy : 1);
    jlong placed = 0;
    if (!copy) {
        glue_throw_out_of_memory(env);
        return 0;
    }
    (*env)->PCM_GET_REGION(env, samples, offset, (jsize)count, copy);
    if (!(*env)->ExceptionCheck(env)) {
        size_t accepted = 0;
        const gemlive_status status = PCM_C(write)(session, copy, (size_t)frames, timeout_ms, &accepted);
        placed = pcm_written(env, status, accepted);
    }
    free(copy);
    return placed;
}

static jlong PCM_JAVA_DIRECT(write)(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames,
                                    jint channels, jlong timeout_ms)
{
    size_t accepted = 0;
    gemlive_status status;
    const PCM_SAMPLE *const from = pcm_direct(env, samples, offset, (jlong)frames * channels, sizeof *from);
    if (!from) {
        return 0;
    }
    status = PCM_C(write)(session, from, (size_t)frames, timeout_ms, &accepted);
    return pcm_written(env, status, accepted);
}

/* Of a session that was given up long ago the C library may not know the layout any more. */
static gemlive_status PCM_JAVA(fill)(gemlive_session *session, PCM_SAMPLE *samples, jint frames, jint channels,
                                     size_t *heard)
{
    const gemlive_status status = PCM_C(read)(session, samples, (size_t)frames, heard);
    if (status == GEMLIVE_ERROR_INVALID_HANDLE) {
        memset(samples, 0, (size_t)frames * (size_t)channels * sizeof *samples);
    }
    return status;
}

static jlong PCM_JAVA(read)(JNIEnv *env, gemlive_session *session, PCM_ARRAY samples, jint offset, jint frames,
                            jint channels)
{
    PCM_SAMPLE block[PCM_BLOCK];
    const jint most = PCM_BLOCK / channels;
    gemlive_status status = GEMLIVE_OK;
    size_t heard = 0;
    jint done = 0;
    do {
        const jint count = frames - done < most ? frames - done : most;
        size_t sounding = 0;
        status = PCM_JAVA(fill)(session, block, count, channels, &sounding);
        (*env)->PCM_SET_REGION(env, samples, offset + done * channels, count * channels, block);
        if ((*env)->ExceptionCheck(env)) {
            return 0;
        }
        heard += sounding;
        done += count;
    } while (done < frames);
    return pcm_on_device(env, status, heard);
}

static jlong PCM_JAVA_DIRECT(read)(JNIEnv *env, gemlive_session *session, jobject samples, jint offset, jint frames,
                                   jint channels)
{
    size_t heard = 0;
    gemlive_status status;
    PCM_SAMPLE *const to = pcm_direct(env, samples, offset, (jlong)frames * channels, sizeof *to);
    if (!to) {
        return 0;
    }
    status = PCM_JAVA(fill)(session, to, frames, channels, &heard);
    return pcm_on_device(env, status, heard);
}

#undef PCM_SAMPLE
#undef PCM_ARRAY
#undef PCM_GET_REGION
#undef PCM_SET_REGION
#undef PCM_JAVA
#undef PCM_JAVA_DIRECT
#undef PCM_C
