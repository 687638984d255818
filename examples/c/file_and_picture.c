/*
 * A recording and a picture go to the model, a tool is answered on the way, and at last the model is asked to speak.
 *
 *     file_and_picture SPEECH.s16 PICTURE.jpg       raw samples: 16 kHz, mono, native-endian
 */
#include <gemlive/gemlive.h>
#include <stdio.h>
#include <stdlib.h>

static void *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    long length = 0;
    void *bytes = NULL;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) > 0) {
        rewind(file);
        bytes = malloc((size_t)length);
        *size = bytes != NULL ? fread(bytes, 1, (size_t)length, file) : 0;
    }
    if (file != NULL)
        fclose(file);
    if (bytes == NULL)
        fprintf(stderr, "%s cannot be read\n", path);
    return bytes;
}

int main(int argc, char **argv)
{
    static const char tools[] =
        "[{\"name\": \"temperature\", \"description\": \"How warm it is in a town, in degrees Celsius.\","
        " \"parameters\": {\"type\": \"OBJECT\", \"properties\": {\"town\": {\"type\": \"STRING\"}}}}]";
    gemlive_options *options; gemlive_model *model; gemlive_session *session; gemlive_event *event;
    size_t speech_size = 0, picture_size = 0;
    int16_t *speech; uint8_t *picture;
    uint64_t request = 0;
    int code = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: file_and_picture SPEECH.s16 PICTURE.jpg\n");
        return 2;
    }
    speech = read_file(argv[1], &speech_size);
    picture = read_file(argv[2], &picture_size);
    if (speech == NULL || picture == NULL)
        return 2;

    gemlive_options_create(&options);
    gemlive_options_set_tools(options, tools);
    gemlive_model_create(options, &model);
    gemlive_session_create(model, NULL, &session);

    gemlive_session_push_image(session, picture, picture_size, "image/jpeg");
    gemlive_session_write_audio_s16(session, speech, speech_size / 2, 30000, NULL); /* waits for room, any length */
    gemlive_session_audio_stream_end(session); /* that was all: the model may answer */

    while (gemlive_session_poll_event(session, 20000, &event) == GEMLIVE_OK) {
        switch (gemlive_event_type(event)) {
        case GEMLIVE_EVENT_TOOL_CALL:
            printf("%s %s\n", gemlive_event_name(event, NULL), gemlive_event_arguments(event, NULL));
            if (gemlive_session_tool_response(session, gemlive_event_call(event, NULL), "{\"celsius\": 21}") != GEMLIVE_OK)
                fprintf(stderr, "%s\n", gemlive_last_error_message());
            break;
        case GEMLIVE_EVENT_OUTPUT_TRANSCRIPT:
            fputs(gemlive_event_text(event, NULL), stdout);
            break;
        case GEMLIVE_EVENT_TURN_FINISHED:
            printf("\n");
            if (request == 0) {
                gemlive_session_generate_reply(session, "Greet the customer by name.", &request);
            } else if (gemlive_event_request(event) == request) {
                code = 0;
                gemlive_session_close(session);
            }
            break;
        case GEMLIVE_EVENT_CLOSED:
            if (gemlive_event_code(event) != GEMLIVE_OK)
                fprintf(stderr, "%s\n", gemlive_event_message(event, NULL));
            break;
        }
        gemlive_event_release(event);
    }
    gemlive_session_destroy(session); gemlive_model_destroy(model); gemlive_options_destroy(options);
    free(speech); free(picture);
    return code;
}
