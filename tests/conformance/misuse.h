/* Calls that no correct program makes: written from the headers by make_misuse_calls.py, run by misuse_test.cpp. */
#ifndef GEMLIVE_TESTS_MISUSE_H
#define GEMLIVE_TESTS_MISUSE_H

#include <gemlive/gemlive.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One of each kind that lives. */
struct misuse_handles {
    gemlive_options *options;
    gemlive_model *model;
    gemlive_session *session;
    gemlive_event *event;
};

struct misuse_call {
    const char *function;
    const char *what; /* which argument is wrong, and how */
    /* NULL when the answer was right, else what was wrong with it. `bad` is the handle to pass instead. */
    const char *(*call)(const struct misuse_handles *good, void *bad);
    const char *kind; /* of the handle that is replaced; NULL for calls whose wrong argument is no handle */
    int null_allowed; /* NULL is a right value of this argument */
};

extern const struct misuse_call misuse_calls[];
extern const size_t misuse_call_count;

/* How often a release callback has run since the call began. */
extern int misuse_released;

#ifdef __cplusplus
}
#endif

#endif
