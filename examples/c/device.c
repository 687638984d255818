/*
 * A sound device on both sides: microphone in, speaker out, 48 kHz stereo, no queue and no resampler in the program.
 *
 * The device is simulated: a thread calls on_device every 10 ms, as a sound card would, with a tone that stands for the
 * user's voice. A program with a real device calls the same function from its audio callback.
 *
 *     device [SECONDS]       stops after the first reply was heard, or after SECONDS (20)
 */
#define _POSIX_C_SOURCE 200809L
#include <gemlive/gemlive.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RATE = 48000, CHANNELS = 2, BLOCK = RATE / 100 };

static atomic_int running = 1;
static atomic_llong heard_frames;

/* The real-time thread's whole work. Both calls never wait, lock or allocate. */
static void on_device(gemlive_session *session, float *speaker, const float *microphone, size_t frames)
{
    size_t heard = 0;
    gemlive_session_push_audio_f32(session, microphone, frames, NULL);
    gemlive_session_read_audio_f32(session, speaker, frames, &heard); /* always fills; silence when nothing is due */
    atomic_fetch_add(&heard_frames, (long long)heard);
}

/* One second of a tone that swells like a syllable four times a second, then silence. */
static void speak_into(float *microphone, long long at)
{
    for (int i = 0; i < BLOCK; ++i) {
        double time = (double)(at + i) / RATE;
        double level = time < 1.0 ? 0.3 * (0.5 - 0.5 * cos(2.0 * 3.14159265 * 4.0 * time)) : 0.0;
        float sample = (float)(level * sin(2.0 * 3.14159265 * 180.0 * time));
        for (int channel = 0; channel < CHANNELS; ++channel)
            microphone[i * CHANNELS + channel] = sample;
    }
}

static void *device_thread(void *session)
{
    static float microphone[BLOCK * CHANNELS], speaker[BLOCK * CHANNELS];
    struct timespec next;
    long long at = 0;

    clock_gettime(CLOCK_MONOTONIC, &next);
    while (atomic_load(&running)) {
        speak_into(microphone, at);
        on_device(session, speaker, microphone, BLOCK);
        at += BLOCK;
        next.tv_nsec += 10000000;
        if (next.tv_nsec >= 1000000000) {
            next.tv_nsec -= 1000000000;
            ++next.tv_sec;
        }
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    gemlive_options *options; gemlive_model *model; gemlive_session *session; gemlive_event *event;
    int64_t limit_ms = (argc > 1 ? atoi(argv[1]) : 20) * 1000;
    pthread_t device;
    int code = 1;

    gemlive_options_create(&options);
    gemlive_options_set_instructions(options, "Greet whoever speaks to you.");
    gemlive_model_create(options, &model);
    gemlive_session_create(model, NULL, &session);
    gemlive_session_set_input_format(session, RATE, CHANNELS);
    gemlive_session_set_output_format(session, RATE, CHANNELS);
    pthread_create(&device, NULL, device_thread, session);
    gemlive_session_send_text(session, "Good morning!", NULL); /* the tone alone may not count as speech */

    while (gemlive_session_poll_event(session, limit_ms, &event) == GEMLIVE_OK) {
        switch (gemlive_event_type(event)) {
        case GEMLIVE_EVENT_TURN_STARTED:     printf("the model speaks\n"); break;
        case GEMLIVE_EVENT_INTERRUPTED:      printf("interrupted: the next read is silent\n"); break;
        case GEMLIVE_EVENT_PLAYOUT_FINISHED:
            printf("heard %lld ms\n", (long long)gemlive_event_heard_ms(event));
            code = 0;
            gemlive_session_close(session);
            break;
        case GEMLIVE_EVENT_CLOSED:
            if (gemlive_event_code(event) != GEMLIVE_OK)
                fprintf(stderr, "%s\n", gemlive_event_message(event, NULL));
            break;
        }
        gemlive_event_release(event);
    }
    atomic_store(&running, 0);
    pthread_join(device, NULL);
    printf("%lld frames of speech reached the speaker\n", (long long)atomic_load(&heard_frames));
    gemlive_session_destroy(session); gemlive_model_destroy(model); gemlive_options_destroy(options);
    return code;
}
