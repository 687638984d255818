#include "settings/option_table.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace gemlive::settings {
namespace {

using enum OptionType;
using enum OptionEffect;

constexpr double day_ms = 86'400'000;

constexpr Option table[] = {
    // Who speaks, and how
    {"model", text, "", never, "", "The model's name; the flavour's default model when absent"},
    {"instructions", text, "", turn_end, "", "The system instruction"},
    {"voice", text, "\"Puck\"", reconnect, "generationConfig.speechConfig.voiceConfig.prebuiltVoiceConfig.voiceName",
     "The prebuilt voice's name; case matters"},
    {"language", text, "", reconnect, "generationConfig.speechConfig.languageCode", "BCP 47 code, such as de-DE; `de_de`, `deu` and `german` become one"},
    {"modalities", list, "[\"AUDIO\"]", reconnect, "generationConfig.responseModalities",
     "What the model answers in: AUDIO or TEXT"},
    {"tools", list, "", turn_end, "", "The API's list of Tool, or a list of function declarations"},
    {"tool_behavior", text, "", turn_end, "", "Behavior of functions that name none", 0, 0, "BLOCKING NON_BLOCKING"},
    {"tool_choice", text, "\"auto\"", turn_end, "", "none: the tools are kept, and the model hears of none", 0, 0, "auto none"},
    {"tool_response_scheduling", text, "", in_place, "", "Scheduling of answers that name none", 0, 0,
     "SILENT WHEN_IDLE INTERRUPT"},
    {"candidate_count", integer, "1", reconnect, "generationConfig.candidateCount", "Live models take 1", 1, 8},
    {"temperature", number, "", reconnect, "generationConfig.temperature", "Sampling temperature", 0, 2},
    {"max_output_tokens", integer, "", reconnect, "generationConfig.maxOutputTokens", "Bound on a turn's length", 1,
     1'000'000},
    {"top_p", number, "", reconnect, "generationConfig.topP", "Nucleus sampling", 0, 1},
    {"top_k", integer, "", reconnect, "generationConfig.topK", "Sampling among the k likeliest tokens", 1, 1'000},
    {"presence_penalty", number, "", reconnect, "generationConfig.presencePenalty", "Against repeated topics", -2, 2},
    {"frequency_penalty", number, "", reconnect, "generationConfig.frequencyPenalty", "Against repeated words", -2, 2},
    {"seed", integer, "", reconnect, "generationConfig.seed", "Makes sampling repeatable", -2147483648.0, 2147483647},
    {"media_resolution", text, "", reconnect, "generationConfig.mediaResolution", "Tokens an image takes", 0, 0,
     "MEDIA_RESOLUTION_LOW MEDIA_RESOLUTION_MEDIUM MEDIA_RESOLUTION_HIGH"},
    {"thinking_config", object, "", reconnect, "generationConfig.thinkingConfig", "The API's ThinkingConfig"},
    {"translation_config", object, "", reconnect, "generationConfig.translationConfig", "Of the translation models"},
    {"enable_affective_dialog", boolean, "", reconnect, "generationConfig.enableAffectiveDialog",
     "The model answers to the tone of the voice; uses API version v1alpha where that is needed"},
    {"proactivity", object_or_boolean, "", reconnect, "proactivity",
     "true: the model may stay silent; or the API's ProactivityConfig"},
    {"input_audio_transcription", object, "{}", reconnect, "inputAudioTranscription",
     "Transcripts of the user; null is off", 0, 0, "", false, true},
    {"output_audio_transcription", object, "{}", reconnect, "outputAudioTranscription",
     "Transcripts of the model; null is off", 0, 0, "", false, true},
    {"realtime_input_config", object, "", reconnect, "realtimeInputConfig", "The API's: VAD, activity handling"},
    {"context_window_compression", object, "{\"slidingWindow\":{}}", reconnect, "contextWindowCompression",
     "The API's. null is off: the service then ends a session after 15 minutes", 0, 0, "", false, true},
    {"session_resumption", object, "{}", reconnect, "", "{\"handle\": …} resumes an earlier session", 0, 0, "", false,
     true},
    {"chat_context", list, "", never, "", "What was said before: items as get_chat_context gives them"},
    {"history_config", object, "", reconnect, "historyConfig", "The API's"},
    {"safety_settings", list, "", reconnect, "safetySettings", "The API's"},
    {"explicit_vad_signal", boolean, "", reconnect, "explicitVadSignal", "Vertex: asks for voice activity messages"},
    {"labels", object, "", reconnect, "labels", "Billing labels"},
    {"setup", object, "", reconnect, "", "Merged into the setup message as it is, last"},

    // Of a session that goes on in another one's place
    {"saved", text, "", never, "", "That these options are what gemlive_session_save gave, and in which form", 0, 0, "gemlive-1"},

    // Where, and with which credential
    {"api_key", text, "", next_dial, "", "Else GOOGLE_API_KEY, else GEMINI_API_KEY", 0, 0, "", true},
    {"token", text, "", next_dial, "", "An ephemeral token, auth_tokens/…", 0, 0, "", true},
    {"access_token", text, "", next_dial, "", "Vertex: an OAuth access token", 0, 0, "", true},
    {"credentials", object, "", next_dial, "", "Vertex: what a credentials file of Google Cloud holds, of type service_account or "
     "authorized_user; else the file of GOOGLE_APPLICATION_CREDENTIALS, else that of gcloud's login, else the metadata server",
     0, 0, "", true},
    {"vertexai", boolean, "", never, "", "Vertex AI instead of the Gemini API; else GOOGLE_GENAI_USE_VERTEXAI"},
    {"project", text, "", never, "", "Vertex: else GOOGLE_CLOUD_PROJECT"},
    {"location", text, "", never, "", "Vertex: else GOOGLE_CLOUD_LOCATION, else us-central1"},
    {"api_version", text, "", next_dial, "", "Else GOOGLE_GENAI_API_VERSION, else v1beta (Gemini) or v1beta1 (Vertex)"},
    {"base_url", text, "", next_dial, "", "Else GOOGLE_GEMINI_BASE_URL or GOOGLE_VERTEX_BASE_URL"},
    {"headers", object, "", next_dial, "", "More headers for the upgrade; their values are not shown"},
    {"ca_file", text, "", next_dial, "", "PEM file of trusted roots; else SSL_CERT_FILE, else the system's"},
    {"ca_dir", text, "", next_dial, "", "Folder of trusted roots; else SSL_CERT_DIR, else the system's"},
    {"ca_pem", text, "", next_dial, "", "Trusted roots themselves"},
    {"allow_plaintext", boolean, "false", next_dial, "", "Lets ws:// go beyond loopback"},
    {"model_table", object, "", never, "", "Rows of the capability table that replace the built-in ones"},

    // Time and bounds
    {"connect_timeout_ms", integer, "10000", next_dial, "", "For all steps of a connection together", 1, day_ms},
    {"max_retries", integer, "", in_place, "", "Attempts in a row that may fail; absent: as many as outage_budget_ms has "
     "time for", 0, 1'000'000},
    {"retry_interval_ms", integer, "8000", in_place, "", "Longest wait before an attempt; waits begin at 100 ms and double "
     "with the attempts of a minute, half of each by chance", 0, day_ms},
    {"outage_budget_ms", integer, "60000", in_place, "", "How long it is tried without a connection that was useful: on "
     "which a turn finished, or that lived 5 s", 0, day_ms},
    {"reply_timeout_ms", integer, "10000", in_place, "", "From the written request to the first output", 1, day_ms},
    {"liveness_timeout_ms", integer, "10000", in_place, "", "How long the network may leave unacknowledged what was "
     "sent to it, until the connection counts as dead", 1, day_ms},
    {"pong_timeout_ms", integer, "60000", in_place, "", "How long the answer to a ping may take, until the connection "
     "counts as dead", 1, day_ms},
    {"ping_interval_ms", integer, "10000", in_place, "", "Silence after which the server is pinged; 0: never", 0, day_ms},
    {"budget_tokens", integer, "0", in_place, "", "Tokens after which the session ends, its code GEMLIVE_ERROR_QUOTA; 0: any "
     "number", 0, 1'000'000'000'000},
    {"budget_ms", integer, "0", in_place, "", "Time since the first connection after which it ends so; 0: any", 0, 30 * day_ms},
    {"budget_warning_percent", integer, "80", in_place, "", "Of a budget, after which an error that is not fatal warns", 1, 100},
    {"tool_call_timeout_ms", integer, "0", in_place, "", "How long the application may take for a tool call, until the model is "
     "told that no answer comes; 0: any time", 0, day_ms},
    {"update_wait_ms", integer, "30000", in_place, "", "How long a change waits for tool calls that nobody answers; 0: as long as "
     "they are open", 0, day_ms},
    {"stall_timeout_ms", integer, "10000", in_place, "", "Silence in a turn that is reported as stalled; 0: never", 0,
     day_ms},
    {"transcript_grace_ms", integer, "1000", in_place, "", "Late pieces of an input transcript join it so long", 0,
     60'000},
    {"interrupt_grace_ms", integer, "3000", in_place, "", "How long output of an interrupted turn is dropped", 0, 60'000},
    {"handover_min_ms", integer, "1000", in_place, "", "After a go-away: with less time left a turn is cut", 0, day_ms},
    {"drain_timeout_ms", integer, "5000", in_place, "", "What close may take", 0, day_ms},
    {"journal_ms", integer, "15000", in_place, "", "Unsent audio that is kept", 250, 3'600'000},
    {"replay_ms", integer, "2000", in_place, "", "What was sent so long before a lost server's last sign of life is sent "
     "again", 0, 60'000},
    {"reseed", text, "\"on\"", in_place, "", "Whether a server that cannot resume the conversation is told what was said", 0, 0,
     "on off"},
    {"partial_packet_ms", integer, "100", in_place, "", "Age at which a packet under 50 ms is sent", 1, 10'000},
    {"stream_pause_ms", integer, "1000", in_place, "", "How long the microphone gives nothing until a server that detects speech "
     "is told that the stream has ended", 20, 60'000},
    {"outage_audio", text, "\"keep\"", in_place, "", "What becomes of unsent audio when a connection was lost, and of what "
     "push_audio takes until the next one: kept and sent, or discarded and counted", 0, 0, "keep discard"},
    {"activity_gate", text, "\"on\"", in_place, "", "Where the server's VAD is off: whether audio outside of an activity is "
     "held back", 0, 0, "on off"},
    {"automatic_activity", text, "\"off\"", in_place, "", "Where the server's VAD is off: whether the voice in the microphone "
     "begins and ends activities by itself. on needs voice_detection", 0, 0, "on off"},
    {"preroll_ms", integer, "300", in_place, "", "Audio from before the start of an activity that is sent with it", 0, 10'000},
    {"image_encode_options", object, "{}", in_place, "", "How frames of push_video are encoded: format JPEG or PNG, quality "
     "75, width and height 1024, strategy scale_aspect_fit, scale_aspect_cover, center_aspect_fit, center_aspect_cover or "
     "skew; none enlarges"},
    {"video_interval_ms", integer, "1000", in_place, "", "Time between frames of push_video that are sent, while the user "
     "speaks; of those pushed meanwhile the newest", 0, day_ms},
    {"video_idle_interval_ms", integer, "3000", in_place, "", "The same while nobody says that the user speaks", 0, day_ms},
    {"voice_detection", text, "\"on\"", in_place, "", "Whether voice is looked for in the microphone: it makes speech events "
     "where the server sends none, dates the end of speech, and a hand-over waits for it. on is refused by a library that was built "
     "without a detector", 0, 0, "on off"},
    {"io_threads", integer, "1", never, "", "Network threads of the process, at least; sessions take turns. Of a model", 1, 64},
    {"input_ring_ms", integer, "250", never, "", "What push_audio has room for", 20, 10'000},
    {"command_queue", integer, "1024", never, "", "Commands that may wait to be sent", 1, 1'000'000},
    {"command_queue_bytes", integer, "33554432", never, "", "What they may hold together; one is always taken", 1'024,
     1'073'741'824},
    {"chat_context_bytes", integer, "4194304", never, "", "What of the conversation is kept for get_chat_context; then the "
     "oldest goes", 1'024, 1'073'741'824},
    {"event_queue", integer, "65536", never, "", "Events that may wait; past it audio is dropped, then the session closes",
     16, 100'000'000},
    {"event_queue_bytes", integer, "67108864", never, "", "The same bound in bytes of memory", 65'536, 4'294'967'296},
    {"share_events", boolean, "false", never, "", "Events go into the model's queue; not those of a session with a callback"},
    {"max_message_bytes", integer, "33554432", next_dial, "", "Largest server message", 65'536, 1'073'741'824},
    {"audio_events", text, "\"auto\"", never, "", "audio events: auto is on until playout is used", 0, 0, "auto on off"},
    {"playout_prebuffer_ms", integer, "0", never, "", "What has to wait before a turn begins to play", 0, 10'000},
    {"playout_ms", integer, "300000", never, "", "Most that waits to be played; then the oldest goes", 1'000, 3'600'000},
    {"resampler_quality", text, "\"standard\"", never, "", "high: always libsamplerate", 0, 0, "standard high"},
};

size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 1; i <= a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::span<const Option> option_table() noexcept
{
    return table;
}

const Option *find_option(std::string_view name) noexcept
{
    const auto found = std::find_if(std::begin(table), std::end(table),
                                    [name](const Option &option) { return name == option.name; });
    return found == std::end(table) ? nullptr : found;
}

std::string_view nearest_option(std::string_view name) noexcept
{
    return std::min_element(std::begin(table), std::end(table), [name](const Option &a, const Option &b) {
               return edit_distance(name, a.name) < edit_distance(name, b.name);
           })->name;
}

const char *option_type_name(OptionType type) noexcept
{
    switch (type) {
    case text: return "text";
    case integer: return "integer";
    case number: return "number";
    case boolean: return "boolean";
    case object: return "JSON object";
    case list: return "JSON list";
    case object_or_boolean: return "JSON object or boolean";
    }
    return "";
}

const char *option_effect_name(OptionEffect effect) noexcept
{
    switch (effect) {
    case in_place: return "at once";
    case turn_end: return "at the end of the turn";
    case reconnect: return "at the end of the turn, by a new connection";
    case next_dial: return "with the next connection";
    case never: return "new sessions only";
    }
    return "";
}

const char *option_effect_word(OptionEffect effect) noexcept
{
    switch (effect) {
    case in_place: return "at_once";
    case turn_end: return "turn_end";
    case reconnect: return "reconnect";
    case next_dial: return "next_connection";
    case never: return "new_session";
    }
    return "";
}

}  // namespace gemlive::settings
