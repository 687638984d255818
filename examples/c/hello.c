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

    gemlive_options_create(&options);                        /* key: GOOGLE_API_KEY */
    gemlive_options_set_instructions(options, "You are a blacksmith. Be brief.");
    gemlive_model_create(options, &model);
    gemlive_session_create(model, NULL, &session);           /* connects in the background */
    gemlive_session_send_text(session, "Do you sell swords?", NULL);

    while (gemlive_session_poll_event(session, 10000, &event) == GEMLIVE_OK) {
        switch (gemlive_event_type(event)) {
        case GEMLIVE_EVENT_OUTPUT_TRANSCRIPT: fputs(gemlive_event_text(event, NULL), stdout); break;
        case GEMLIVE_EVENT_TURN_FINISHED:     gemlive_session_close(session); break;
        }
        gemlive_event_release(event);
    }
    gemlive_session_destroy(session); gemlive_model_destroy(model); gemlive_options_destroy(options);
    return 0;
}
