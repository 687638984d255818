/*
 * A conversation held by a program that is not linked with the library: it knows its path, one header and dlsym.
 *
 *     dlopen_conversation LIBRARY
 *
 * Prints the JSON of every event, then checks that nothing is left behind. Exit code 0 when all went as it should.
 */
#include <dlfcn.h>
#include <gemlive/gemlive.h>
#include <stdio.h>
#include <string.h>

/* The address of a function as a pointer of its type. ISO C has no cast from an object's address to a function's. */
#define FIND(function)                                                       \
    do {                                                                     \
        void *address = dlsym(library, "gemlive_" #function);                \
        if (address == NULL) {                                               \
            fprintf(stderr, "gemlive_" #function " is not exported\n");      \
            return 1;                                                        \
        }                                                                    \
        memcpy(&function, &address, sizeof address);                         \
    } while (0)

static int failures;

static void expect(int true_, const char *what)
{
    if (!true_) {
        fprintf(stderr, "not as it should be: %s\n", what);
        ++failures;
    }
}

int main(int argc, char **argv)
{
    gemlive_status(GEMLIVE_CALL *options_create)(gemlive_options **);
    gemlive_status(GEMLIVE_CALL *options_from_json)(gemlive_options *, const char *);
    void(GEMLIVE_CALL *options_destroy)(gemlive_options *);
    gemlive_status(GEMLIVE_CALL *model_create)(const gemlive_options *, gemlive_model **);
    void(GEMLIVE_CALL *model_destroy)(gemlive_model *);
    gemlive_status(GEMLIVE_CALL *session_create)(gemlive_model *, const gemlive_options *, gemlive_session **);
    gemlive_status(GEMLIVE_CALL *session_send_text)(gemlive_session *, const char *, uint64_t *);
    gemlive_status(GEMLIVE_CALL *session_poll_event)(gemlive_session *, int64_t, gemlive_event **);
    gemlive_status(GEMLIVE_CALL *session_close)(gemlive_session *);
    void(GEMLIVE_CALL *session_destroy)(gemlive_session *);
    int32_t(GEMLIVE_CALL *event_type)(const gemlive_event *);
    uint64_t(GEMLIVE_CALL *event_seq)(const gemlive_event *);
    uint64_t(GEMLIVE_CALL *event_request)(const gemlive_event *);
    const char *(GEMLIVE_CALL *event_reason)(const gemlive_event *, size_t *);
    const char *(GEMLIVE_CALL *event_json)(const gemlive_event *, size_t *);
    void(GEMLIVE_CALL *event_release)(gemlive_event *);
    int32_t(GEMLIVE_CALL *version_number)(void);
    int64_t(GEMLIVE_CALL *live_object_count)(int32_t);
    gemlive_status(GEMLIVE_CALL *shutdown)(int64_t);

    gemlive_options *options; gemlive_model *model; gemlive_session *session; gemlive_event *event;
    uint64_t request = 0, seq = 0;
    int turns_started = 0, turns_finished = 0, closed = 0, answered = 0;
    int32_t kind;
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        fprintf(stderr, "usage: dlopen_conversation LIBRARY\n%s\n", argc == 2 ? dlerror() : "");
        return 2;
    }
    FIND(options_create); FIND(options_from_json); FIND(options_destroy); FIND(model_create); FIND(model_destroy);
    FIND(session_create); FIND(session_send_text); FIND(session_poll_event); FIND(session_close);
    FIND(session_destroy); FIND(event_type); FIND(event_seq); FIND(event_request); FIND(event_reason);
    FIND(event_json); FIND(event_release); FIND(version_number); FIND(live_object_count); FIND(shutdown);

    expect(version_number() == GEMLIVE_VERSION_NUMBER, "the library's version is the header's");
    expect(options_create(&options) == GEMLIVE_OK, "options are made");
    expect(options_from_json(options, "{\"instructions\": \"You are a blacksmith.\"}") == GEMLIVE_OK, "options take JSON");
    expect(model_create(options, &model) == GEMLIVE_OK, "a model is made");
    expect(session_create(model, NULL, &session) == GEMLIVE_OK, "a session is made");
    options_destroy(options); /* the order of destruction does not matter */
    model_destroy(model);
    expect(session_send_text(session, "Do you sell swords?", &request) == GEMLIVE_OK, "text is taken at once");
    expect(request == 1, "the first request has the id 1");

    while (session_poll_event(session, 20000, &event) == GEMLIVE_OK) {
        puts(event_json(event, NULL));
        expect(!closed, "nothing comes after closed");
        expect(event_seq(event) == ++seq, "seq has no gaps");
        switch (event_type(event)) {
        case GEMLIVE_EVENT_TURN_STARTED:
            ++turns_started;
            answered |= event_request(event) == request;
            break;
        case GEMLIVE_EVENT_TURN_FINISHED:
            ++turns_finished;
            expect(strcmp(event_reason(event, NULL), "completed") == 0, "the turn ends as completed");
            expect(session_close(session) == GEMLIVE_OK, "close is taken");
            break;
        case GEMLIVE_EVENT_CLOSED:
            closed = 1;
            expect(strcmp(event_reason(event, NULL), "requested") == 0, "the session ends as requested");
            break;
        }
        event_release(event);
    }
    expect(turns_started == 1 && turns_finished == 1, "one turn starts and one ends");
    expect(answered, "the turn answers the request");
    expect(closed, "closed comes");
    expect(session_poll_event(session, 0, &event) == GEMLIVE_ERROR_CLOSED && event == NULL, "then poll says closed");
    session_destroy(session);

    for (kind = GEMLIVE_OBJECT_OPTIONS; kind <= GEMLIVE_OBJECT_EVENT; ++kind)
        expect(live_object_count(kind) == 0, "nothing is left behind");
    expect(shutdown(5000) == GEMLIVE_OK, "the threads end");
    return failures == 0 ? 0 : 1;
}
