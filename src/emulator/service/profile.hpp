#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gemlive::emulator {

enum class Flavour { gemini, vertex };

// Where the pieces of an output transcript stand on the wire.
enum class TranscriptStyle {
    own_messages,    // before the audio that they belong to, pieces begin with a space
    leading_space,   // in the message of the audio, pieces begin with a space
    trailing_space,  // in the message of the audio, pieces end with a space
    all_ahead,       // {} first, then everything, then {"finished": true}, then the audio
};

// What a model family does on the wire. Every difference between models is a row here; no other file asks for a
// name.
struct Profile {
    std::string_view name;
    TranscriptStyle transcript = TranscriptStyle::own_messages;
    bool text_answers = true;           // takes responseModalities TEXT
    bool role_after_parts = false;      // "role": "model" behind "parts" (Vertex writes it before)
    bool empty_before_audio = false;    // a message {} before each audio message
    bool empty_content_opens = false;   // {"serverContent": {}} opens each turn
    bool one_sample_first = false;      // the first chunk is a single sample
    bool voice_activity = false;        // voiceActivity comes unasked
    bool always_transcribes = false;    // inputTranscription comes unasked
    bool unasked_handle = false;        // a handle right after setupComplete although nobody asked
    bool handle_after_tool = false;     // a handle after each tool answer
    bool thinks = false;                // a thought part opens each turn
    bool code_before_call = false;      // executableCode right before a toolCall
    bool grounding_at_end = false;      // groundingMetadata {} beside turnComplete
    bool non_blocking_default = false;  // functions without behavior are NON_BLOCKING
    bool blocking_refused = false;
    bool thinking_level_refused = false;
    bool thinking_required = false;    // exactly one of thinkingLevel, thinkingBudget
    bool reports_interaction = false;  // interactionStatus beside turnComplete
    bool role_required = false;        // a turn without role is refused
    bool penalties_refused = false;
    bool media_chunks_refused = false;
    bool context_update_refused = false;
    bool null_handle_refused = true;
    bool needs_v1alpha = false;         // affective dialog and proactivity, on Gemini
    bool affective_is_silence = false;  // such a setup is never answered
    bool affective_refused = false;
    bool proactive_off_refused = false;  // proactiveAudio false is an error
    bool scheduling_on_vertex = true;
    bool answers_need_ids = true;  // those of functions, on Gemini
    bool tools_refused = false;                       // functions and instructions, too
    bool ends_turns = true;                           // generationComplete and turnComplete
    bool usage_each_second = false;                   // of audio heard, beside an empty serverContent
    bool tells_language = false;                      // languageCode beside transcripts
    bool handle_after_answer = false;                 // where no turnComplete would bring it
    bool only_transcribes = false;                    // no answers at all
    bool activity_with_content = false;               // voiceActivity stands beside an empty serverContent
    std::string_view call_id = "function-call-";      // prefix; "" makes a UUID
    int hidden_prompt_tokens = 0;                     // context that nobody sent
    bool hidden_in_details = false;                   // ... and that a modality owns up to
    std::vector<size_t> chunk_bytes = {9600, 11520};  // the last one repeats
};

// The family of a model, from the last part of its resource name.
const Profile &profile_of_model(std::string_view model, Flavour flavour);
// By its own name, as in --model-profile; null if there is none.
const Profile *find_profile(std::string_view name);
std::string profile_names();

// Whether the service offers the model for Live at all; many famous names are not.
bool is_live_model(std::string_view model);

}  // namespace gemlive::emulator
