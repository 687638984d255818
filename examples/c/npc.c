/*
 * Two characters of a game. The blacksmith's events come by callback on the library's thread; the innkeeper's are
 * dispatched on the game's own thread, once a frame.
 */
#define _POSIX_C_SOURCE 200809L
#include <gemlive/gemlive.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { FRAME_MS = 16, LIMIT_MS = 30000 };

struct npc {
    const char *name;
    char line[1024]; /* what it says, as it comes */
    atomic_int done;
};

/* The event is borrowed here: it is valid until this function returns. */
static void GEMLIVE_CALL on_event(const gemlive_event *event, void *user_data)
{
    struct npc *npc = user_data;
    switch (gemlive_event_type(event)) {
    case GEMLIVE_EVENT_OUTPUT_TRANSCRIPT:
        strncat(npc->line, gemlive_event_text(event, NULL), sizeof npc->line - strlen(npc->line) - 1);
        break;
    case GEMLIVE_EVENT_TURN_FINISHED:
        printf("%s:%s%s\n", npc->name, npc->line[0] == ' ' ? "" : " ", npc->line);
        gemlive_session_close(gemlive_event_session(event));
        break;
    case GEMLIVE_EVENT_CLOSED:
        if (gemlive_event_code(event) != GEMLIVE_OK)
            fprintf(stderr, "%s: %s\n", npc->name, gemlive_event_message(event, NULL));
        atomic_store(&npc->done, 1);
        break;
    }
}

int main(void)
{
    static struct npc blacksmith = {"blacksmith", "", 0}, innkeeper = {"innkeeper", "", 0};
    const struct timespec frame = {0, FRAME_MS * 1000000L};
    gemlive_model *model; gemlive_session *smith, *inn;
    int waited_ms = 0;

    gemlive_model_create(NULL, &model);
    gemlive_session_create_with_callback(model, NULL, on_event, &blacksmith, NULL, &smith);
    gemlive_session_create(model, NULL, &inn);
    gemlive_session_generate_reply(smith, "You are a blacksmith. A customer walks in. Greet them.", NULL);
    gemlive_session_generate_reply(inn, "You are an innkeeper. It is late. Say good night.", NULL);

    while (!(atomic_load(&blacksmith.done) && atomic_load(&innkeeper.done)) && waited_ms < LIMIT_MS) { /* the game loop */
        gemlive_session_dispatch(inn, on_event, &innkeeper, 0);
        nanosleep(&frame, NULL);
        waited_ms += FRAME_MS;
    }
    gemlive_session_destroy(smith); gemlive_session_destroy(inn); gemlive_model_destroy(model);
    return blacksmith.line[0] != '\0' && innkeeper.line[0] != '\0' ? 0 : 1;
}
