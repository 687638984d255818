#include "profile.hpp"

#include <algorithm>
#include <array>

namespace gemlive::emulator {
namespace {

Profile half_cascade()
{
    Profile p;
    p.name = "2.5-half-cascade";
    p.code_before_call = true;
    p.null_handle_refused = false;
    p.answers_need_ids = false;
    return p;
}

Profile native_audio()
{
    Profile p;
    p.name = "2.5-native-audio";
    p.context_update_refused = true;
    p.text_answers = false;
    p.thinks = true;
    p.null_handle_refused = false;
    p.answers_need_ids = false;
    p.needs_v1alpha = true;
    p.hidden_prompt_tokens = 1120;
    p.hidden_in_details = true;
    return p;
}

Profile flash_31()
{
    Profile p;
    p.name = "3.1";
    p.context_update_refused = true;
    p.transcript = TranscriptStyle::leading_space;
    p.empty_content_opens = true;
    p.one_sample_first = true;
    p.handle_after_tool = true;
    p.role_required = true;
    p.media_chunks_refused = true;
    p.affective_is_silence = true;
    p.call_id = "fc_";
    p.hidden_prompt_tokens = 33;
    p.chunk_bytes = {2400, 7680, 9600, 15360};
    p.penalties_refused = true;
    return p;
}

Profile live_38()
{
    Profile p;
    p.name = "3.8";
    p.transcript = TranscriptStyle::trailing_space;
    p.role_after_parts = true;
    p.empty_before_audio = true;
    p.empty_content_opens = true;
    p.one_sample_first = true;
    p.voice_activity = true;
    p.always_transcribes = true;
    p.unasked_handle = true;
    p.non_blocking_default = true;
    p.thinking_level_refused = true;
    p.role_required = true;
    p.media_chunks_refused = true;
    p.affective_refused = true;
    p.proactive_off_refused = true;
    p.call_id = "fc_";
    p.hidden_prompt_tokens = 27;
    p.penalties_refused = true;
    return p;
}

Profile extended_thinking_38()
{
    Profile p = live_38();
    p.name = "3.8-extended-thinking";
    p.thinks = true;
    p.blocking_refused = true;
    p.thinking_level_refused = false;
    p.thinking_required = true;
    p.reports_interaction = true;
    return p;
}

Profile vertex_25()
{
    Profile p;
    p.name = "vertex-2.5";
    p.context_update_refused = true;
    p.transcript = TranscriptStyle::all_ahead;
    p.grounding_at_end = true;
    p.null_handle_refused = false;
    p.scheduling_on_vertex = false;
    p.call_id = "";
    p.chunk_bytes = {11114, 11520, 15360, 9600};
    return p;
}

Profile vertex_25_native()
{
    Profile p = vertex_25();
    p.name = "vertex-2.5-native-audio";
    p.text_answers = false;
    return p;
}

Profile vertex_20()
{
    Profile p;
    p.name = "vertex-2.0";
    p.null_handle_refused = false;
    p.scheduling_on_vertex = false;
    p.call_id = "";
    return p;
}

Profile live_translate()
{
    Profile p;
    p.name = "live-translate";
    p.context_update_refused = true;
    p.text_answers = false;
    p.tools_refused = true;
    p.ends_turns = false;
    p.usage_each_second = true;
    p.tells_language = true;
    p.handle_after_answer = true;
    p.hidden_prompt_tokens = 535;
    p.hidden_in_details = true;
    p.penalties_refused = true;
    return p;
}

Profile live_transcribe()
{
    Profile p;
    p.name = "live-transcribe";
    p.context_update_refused = true;
    p.tools_refused = true;
    p.voice_activity = true;
    p.always_transcribes = true;
    p.only_transcribes = true;
    p.activity_with_content = true;
    p.penalties_refused = true;
    return p;
}

Profile neutral()
{
    Profile p;
    p.name = "neutral";
    return p;
}

const std::array<Profile, 11> &profiles()
{
    static const std::array<Profile, 11> all = {
        half_cascade(),         native_audio(),    flash_31(),         live_38(),
        extended_thinking_38(), vertex_25(),       vertex_25_native(), vertex_20(),
        live_translate(),       live_transcribe(), neutral()};
    return all;
}

std::string_view last_part(std::string_view model)
{
    const size_t slash = model.rfind('/');
    return slash == std::string_view::npos ? model : model.substr(slash + 1);
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

}  // namespace

const Profile *find_profile(std::string_view name)
{
    const auto &all = profiles();
    const auto found = std::find_if(all.begin(), all.end(), [name](const Profile &p) { return p.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string profile_names()
{
    std::string names;
    for (const Profile &p : profiles()) {
        names += names.empty() ? "" : ", ";
        names += p.name;
    }
    return names;
}

const Profile &profile_of_model(std::string_view model, Flavour flavour)
{
    const std::string_view name = last_part(model);
    const bool vertex = flavour == Flavour::vertex;
    const char *row = "neutral";
    if (contains(name, "translate")) {
        row = "live-translate";
    } else if (contains(name, "transcribe")) {
        row = "live-transcribe";
    } else if (contains(name, "3.8")) {
        row = contains(name, "extended-thinking") ? "3.8-extended-thinking" : "3.8";
    } else if (contains(name, "3.1")) {
        row = "3.1";
    } else if (contains(name, "native-audio")) {
        row = vertex ? "vertex-2.5-native-audio" : "2.5-native-audio";
    } else if (contains(name, "2.5")) {
        row = vertex ? "vertex-2.5" : "2.5-half-cascade";
    } else if (contains(name, "2.0")) {
        row = vertex ? "vertex-2.0" : "2.5-half-cascade";
    }
    return *find_profile(row);
}

bool is_live_model(std::string_view model)
{
    const std::string_view name = last_part(model);
    if (name.empty() || contains(name, "not-found") || contains(name, "unknown"))
        return false;
    if (!name.starts_with("gemini-"))
        return true;
    return contains(name, "live") || contains(name, "native-audio") || contains(name, "flash-exp");
}

}  // namespace gemlive::emulator
