/*
 * The smallest conversation: one question, and the answer as it comes.
 *
 * The key is taken from GOOGLE_API_KEY. GOOGLE_GEMINI_BASE_URL and SSL_CERT_FILE point it at gemlive-emulator.
 */
#include <gemlive/gemlive.h>
#include <stdio.h>

int main(void)
{
    gemlive_options *options; gemlive_model *model; gemlive_session *session; gemlive_event *event;
    int failed = 1;

    gemlive_options_create(&options);                        /* key: GOOGLE_API_KEY */
    gemlive_options_set_instructions(options, "You are a blacksmith. Be brief.");
    if (gemlive_model_create(options, &model) != GEMLIVE_OK) fprintf(stderr, "%s\n", gemlive_last_error_message());
    gemlive_session_create(model, NULL, &session);           /* connects in the background */
    gemlive_session_send_text(session, "Do you sell swords?", NULL);

    while (gemlive_session_poll_event(session, -1, &event) == GEMLIVE_OK) {
        switch (gemlive_event_type(event)) {
        case GEMLIVE_EVENT_OUTPUT_TRANSCRIPT: fputs(gemlive_event_text(event, NULL), stdout); break;
        case GEMLIVE_EVENT_TURN_FINISHED:     gemlive_session_close(session); break;
        case GEMLIVE_EVENT_CLOSED:
            failed = gemlive_event_code(event) != GEMLIVE_OK;                  /* not the end we asked for */
            if (failed) fprintf(stderr, "%s\n", gemlive_event_message(event, NULL));
        }
        gemlive_event_release(event);
    }
    gemlive_session_destroy(session); gemlive_model_destroy(model); gemlive_options_destroy(options);
    return failed;
}
