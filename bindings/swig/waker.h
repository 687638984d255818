/*
 * One place where a binding's thread learns which sessions have events, however many there are: the wakeup hook of a
 * session puts its token here, one thread of the language waits. The queues of events stay where their bound is, in the
 * sessions.
 */
#ifndef GEMLIVE_BINDINGS_WAKER_H
#define GEMLIVE_BINDINGS_WAKER_H

#include <gemlive/gemlive_session.h>

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct waker_entry {
    struct waker_entry *next, *previous;
    int64_t token;
    int ready;
};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct waker_entry ready; /* a ring: the first is ready.next */
    int interrupted;
} waker = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static pthread_once_t waker_once = PTHREAD_ONCE_INIT;

static void waker_start(void)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&waker.changed, &attributes);
    pthread_condattr_destroy(&attributes);
    waker.ready.next = waker.ready.previous = &waker.ready;
}

static void waker_unlink(struct waker_entry *entry)
{
    entry->next->previous = entry->previous;
    entry->previous->next = entry->next;
    entry->ready = 0;
}

static void GEMLIVE_CALL waker_hook(void *user_data)
{
    struct waker_entry *const entry = user_data;
    pthread_mutex_lock(&waker.mutex);
    if (!entry->ready) {
        entry->ready = 1;
        entry->next = &waker.ready;
        entry->previous = waker.ready.previous;
        entry->previous->next = entry;
        waker.ready.previous = entry;
        pthread_cond_signal(&waker.changed);
    }
    pthread_mutex_unlock(&waker.mutex);
}

static void GEMLIVE_CALL waker_release(void *user_data)
{
    struct waker_entry *const entry = user_data;
    pthread_mutex_lock(&waker.mutex);
    if (entry->ready) {
        waker_unlink(entry);
    }
    pthread_mutex_unlock(&waker.mutex);
    free(entry);
}

/* From now on waker_wait names the token when the session's queue turns non-empty; not after it is destroyed. */
static gemlive_status waker_watch(gemlive_session *session, int64_t token)
{
    struct waker_entry *entry;
    pthread_once(&waker_once, waker_start);
    entry = calloc(1, sizeof *entry);
    if (!entry) {
        return GEMLIVE_ERROR_OUT_OF_MEMORY;
    }
    entry->token = token;
    return gemlive_session_set_wakeup(session, waker_hook, entry, waker_release);
}

/* The token of a session with events, each once for each time its queue turned non-empty; 0 when the time is over or
 * waker_interrupt was called. For one thread. */
static int64_t waker_wait(int64_t timeout_ms)
{
    int64_t token = 0;
    struct timespec until;
    pthread_once(&waker_once, waker_start);
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += timeout_ms / 1000;
    until.tv_nsec += timeout_ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec += 1;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&waker.mutex);
    while (waker.ready.next == &waker.ready && !waker.interrupted) {
        if (pthread_cond_timedwait(&waker.changed, &waker.mutex, &until) == ETIMEDOUT) {
            break;
        }
    }
    waker.interrupted = 0;
    if (waker.ready.next != &waker.ready) {
        struct waker_entry *const entry = waker.ready.next;
        token = entry->token;
        waker_unlink(entry);
    }
    pthread_mutex_unlock(&waker.mutex);
    return token;
}

/* Ends a waiting waker_wait; remembered when none waits. */
static void waker_interrupt(void)
{
    pthread_once(&waker_once, waker_start);
    pthread_mutex_lock(&waker.mutex);
    waker.interrupted = 1;
    pthread_cond_signal(&waker.changed);
    pthread_mutex_unlock(&waker.mutex);
}

#endif
