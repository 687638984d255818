/*
 * What a call costs in plain C: the line that the bindings' benches are held against. Prints one line of JSON.
 *
 * Every language measures in the same way, so that the numbers differ by the binding alone. No network takes part:
 * the session dials a port where nobody listens, and goes on trying as long as the bench runs.
 *
 *   push   The options are base_url (the dead port), api_key "bench", outage_budget_ms 86400000, input_ring_ms
 *          10000. A batch is 500 calls of push_audio, each with the same 160 frames of 16-bit mono (10 ms at 16 kHz):
 *          5 s of sound, half of what the ring holds. The clock is read before and after the batch. Then the
 *          library's thread gets 30 ms, uncounted, to empty the ring; a batch in which a push was not taken in full
 *          is not counted. The first 20 good batches warm up; the result is the median of the next 200, divided by
 *          500.
 *
 *   event  The options are base_url, api_key, outage_budget_ms as above, retry_interval_ms 86400000, command_queue
 *          8192. A batch has a session of its own: 4001 calls of send_text("x"), where each supersedes the request
 *          before it, which makes 4000 reply_failed events. They get 300 ms, uncounted, to arrive. What came before
 *          the first reply_failed is taken, and the first 100 of them, uncounted. The clock is read before and after
 *          the next 3000 are received without waiting, each with all that a binding's typed event holds: type, seq,
 *          time_ms, connection, session, request, reason, message, and the bytes of json and server_message, copied;
 *          then the native event is released. A batch in which one was not there yet is not counted. The first 2 good
 *          batches warm up; the result is the median of the next 9, divided by 3000.
 *
 * A language that compiles while it runs warms up longer. Bytes allocated are those of the language's own heap over
 * the counted batches, divided by their calls; C has none.
 */
#define _POSIX_C_SOURCE 200809L
#include <gemlive/gemlive.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAMES = 160, PUSHES = 500, PUSH_WARM = 20, PUSH_BATCHES = 200 };
enum { REQUESTS = 4001, EVENTS_WARM = 100, EVENTS = 3000, EVENT_WARM = 2, EVENT_BATCHES = 9 };
enum { TRIES = 1000 };

/* What a typed event keeps. */
struct reply_failed {
    int32_t type;
    uint64_t seq, connection, request;
    int64_t time_ms;
    gemlive_session *session;
    char *reason, *message, *json, *server_message;
};

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void let_the_library_work(long ms)
{
    const struct timespec time = {0, ms * 1000000L};
    nanosleep(&time, NULL);
}

static void need(int true_, const char *what)
{
    if (!true_) {
        fprintf(stderr, "binding_cost: %s: %s\n", what, gemlive_last_error_message());
        exit(1);
    }
}

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_size);
    return values[count / 2];
}

static gemlive_model *model_with(const char *more)
{
    gemlive_options *options; gemlive_model *model;
    need(gemlive_options_create(&options) == GEMLIVE_OK, "options");
    need(gemlive_options_from_json(options, "{\"base_url\": \"ws://127.0.0.1:1\", \"api_key\": \"bench\","
                                            " \"outage_budget_ms\": 86400000}") == GEMLIVE_OK, "options");
    need(gemlive_options_from_json(options, more) == GEMLIVE_OK, "options");
    need(gemlive_model_create(options, &model) == GEMLIVE_OK, "model");
    gemlive_options_destroy(options);
    return model;
}

static double push_ns(void)
{
    static int16_t block[FRAMES];
    static double ns[PUSH_BATCHES];
    gemlive_session *session;
    gemlive_model *const model = model_with("{\"input_ring_ms\": 10000}");
    int good = 0;
    need(gemlive_session_create(model, NULL, &session) == GEMLIVE_OK, "session");
    for (int at = 0; at < FRAMES; ++at)
        block[at] = (int16_t)(at * 97 % 2000 - 1000);
    for (int tries = 0; good < PUSH_WARM + PUSH_BATCHES; ++tries) {
        int whole = 1;
        need(tries < TRIES, "the ring is never empty enough");
        const double start = now_ns();
        for (int at = 0; at < PUSHES; ++at)
            whole &= gemlive_session_push_audio_s16(session, block, FRAMES, NULL) == GEMLIVE_OK;
        const double taken = now_ns() - start;
        let_the_library_work(30);
        if (whole && good++ >= PUSH_WARM)
            ns[good - 1 - PUSH_WARM] = taken / PUSHES;
    }
    gemlive_session_destroy(session);
    gemlive_model_destroy(model);
    return median(ns, PUSH_BATCHES);
}

static char *copy(const char *text, size_t length)
{
    char *const copied = malloc(length + 1);
    need(copied != NULL, "memory");
    memcpy(copied, text, length + 1);
    return copied;
}

#define COPY(accessor) (text = accessor(event, &length), copy(text, length))

static int receive(gemlive_session *session)
{
    struct reply_failed typed;
    const char *text; size_t length;
    gemlive_event *event;
    if (gemlive_session_poll_event(session, 0, &event) != GEMLIVE_OK)
        return 0;
    typed.type = gemlive_event_type(event);
    typed.seq = gemlive_event_seq(event);
    typed.time_ms = gemlive_event_time_ms(event);
    typed.connection = gemlive_event_connection(event);
    typed.session = gemlive_event_session(event);
    typed.request = gemlive_event_request(event);
    typed.reason = COPY(gemlive_event_reason);
    typed.message = COPY(gemlive_event_message);
    typed.json = COPY(gemlive_event_json);
    typed.server_message = COPY(gemlive_event_server_message);
    gemlive_event_release(event);
    free(typed.reason); free(typed.message); free(typed.json); free(typed.server_message);
    return typed.type;
}

/* One batch; negative when the events had not all come. */
static double event_batch_ns(gemlive_model *model)
{
    gemlive_session *session;
    double taken = -1;
    int type, whole = 1;
    need(gemlive_session_create(model, NULL, &session) == GEMLIVE_OK, "session");
    for (int at = 0; at < REQUESTS; ++at)
        need(gemlive_session_send_text(session, "x", NULL) == GEMLIVE_OK, "send_text");
    let_the_library_work(300);
    while ((type = receive(session)) != 0 && type != GEMLIVE_EVENT_REPLY_FAILED)
        ;
    for (int at = 1; at < EVENTS_WARM; ++at)
        whole &= receive(session) == GEMLIVE_EVENT_REPLY_FAILED;
    const double start = now_ns();
    for (int at = 0; at < EVENTS; ++at)
        whole &= receive(session) != 0;
    if (whole)
        taken = (now_ns() - start) / EVENTS;
    gemlive_session_destroy(session);
    return taken;
}

static double event_ns(void)
{
    static double ns[EVENT_BATCHES];
    gemlive_model *const model = model_with("{\"retry_interval_ms\": 86400000, \"command_queue\": 8192}");
    int good = 0;
    for (int tries = 0; good < EVENT_WARM + EVENT_BATCHES; ++tries) {
        need(tries < TRIES, "the events never come in time");
        const double taken = event_batch_ns(model);
        if (taken >= 0 && good++ >= EVENT_WARM)
            ns[good - 1 - EVENT_WARM] = taken;
    }
    gemlive_model_destroy(model);
    return median(ns, EVENT_BATCHES);
}

int main(void)
{
    const double push = push_ns(), event = event_ns();
    printf("{\"language\": \"c\", \"push_10ms_ns\": %.0f, \"push_10ms_bytes_allocated\": 0, \"event_ns\": %.0f, "
           "\"event_bytes_allocated\": 0}\n", push, event);
    return 0;
}
