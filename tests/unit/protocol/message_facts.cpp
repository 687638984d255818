#include "message_facts.hpp"

#include <algorithm>
#include <set>

#include "protocol/audio_assembler.hpp"

namespace gemlive::protocol::test {
namespace {

json by_modality(const Reused<ModalityTokens> &entries)
{
    json result = json::object();
    for (const auto &entry : entries) {
        result[entry.modality] = entry.tokens;
    }
    return result;
}

json usage_facts(const Usage &usage)
{
    json result = {{"prompt", usage.prompt},
                   {"response", usage.response},
                   {"total", usage.total},
                   {"cached", usage.cached},
                   {"thoughts", usage.thoughts},
                   {"tool_use_prompt", usage.tool_use_prompt},
                   {"prompt_by_modality", by_modality(usage.prompt_by_modality)},
                   {"response_by_modality", by_modality(usage.response_by_modality)},
                   {"cached_by_modality", by_modality(usage.cached_by_modality)},
                   {"tool_use_prompt_by_modality", by_modality(usage.tool_use_prompt_by_modality)},
                   {"service_tier", usage.service_tier},
                   {"traffic_type", usage.traffic_type}};
    return result;
}

json activity_facts(const VoiceActivity &activity)
{
    return {{"type", activity.type}, {"offset_ms", activity.offset_ms}};
}

void add_transcript(const Transcription &transcription, const std::string &name, json &result, json &events)
{
    if (!transcription.present) {
        return;
    }
    result[name + "_transcript"] = transcription.text;
    result[name + "_finished"] = transcription.finished;
    if (!transcription.language_code.empty()) {
        result["language"] = transcription.language_code;
    }
    if (!transcription.speaker_label.empty()) {
        result["speaker"] = transcription.speaker_label;
    }
    if (transcription.start_ms) {
        result["transcript_start_ms"] = *transcription.start_ms;
    }
    if (transcription.end_ms) {
        result["transcript_end_ms"] = *transcription.end_ms;
    }
    for (const Word &word : transcription.words) {
        result["words"].push_back({{"word", word.word}, {"start_ms", word.start_ms}, {"end_ms", word.end_ms}});
    }
    if (!transcription.text.empty()) {
        events.push_back(name + "_transcript");
    } else if (transcription.finished) {
        events.push_back(name + "_transcript_finished");
    }
}

// Whoever decodes it reports it.
bool is_bad_media(const Part &part)
{
    return (part.kind == PartKind::audio || part.kind == PartKind::inline_data) && !bytes_of(part);
}

void add_samples(std::span<const int16_t> part, json &samples)
{
    for (const int16_t sample : part) {
        samples.push_back(sample);
    }
}

void add_parts(const ServerContent &content, json &result, json &events)
{
    AudioAssembler assembler;
    std::string bytes;
    json samples = json::array();
    int chunks = 0;
    for (const Part &part : content.parts) {
        if (is_bad_media(part)) {
            continue;
        }
        switch (part.kind) {
        case PartKind::audio:
            ++chunks;
            bytes += hex(bytes_of(part).value());
            add_samples(assembler.add(part.data).value(), samples);
            result["audio"]["rate"] = part.sample_rate;
            result["audio"]["mime"] = part.mime_type;
            if (events.empty() || events.back() != "audio") {
                events.push_back("audio");
            }
            break;
        case PartKind::text:
            result["texts"].push_back(part.text);
            events.push_back("text");
            break;
        case PartKind::thought:
            result["thoughts"].push_back(part.text);
            events.push_back("thought");
            break;
        case PartKind::inline_data:
            result["inline_data"].push_back({{"mime", part.mime_type}, {"bytes_hex", hex(bytes_of(part).value())}});
            events.push_back("inline_data");
            break;
        case PartKind::executable_code:
            result["executable_code"].push_back({{"language", part.label}, {"code", part.text}});
            events.push_back("executable_code");
            break;
        case PartKind::code_result:
            result["code_results"].push_back({{"outcome", part.label}, {"output", part.text}});
            events.push_back("code_result");
            break;
        case PartKind::server_tool_call:
            result["server_tools"].push_back({{"id", part.id}, {"type", part.label}});
            events.push_back("server_tool_call");
            break;
        case PartKind::server_tool_response: events.push_back("server_tool_response"); break;
        case PartKind::transcription: events.push_back("transcription_part"); break;
        case PartKind::other: events.push_back("other_part " + part.label); break;
        }
        if (!part.thought_signature.empty()) {
            result["thought_signature_base64"] = part.thought_signature;
        }
    }
    if (chunks > 0) {
        result["audio"]["bytes_hex"] = bytes;
        result["audio"]["samples"] = samples;
        result["audio"]["odd_byte_left"] = assembler.has_odd_byte() ? 1 : 0;
        result["audio"]["chunks"] = chunks;
    }
}

void add_extras(const ServerContent &content, json &result, json &events)
{
    if (!content.grounding.empty()) {
        const json raw = json::parse(content.grounding);
        result["grounding"]["queries"] = raw.value("webSearchQueries", json::array());
        result["grounding"]["chunk_uris"] = json::array();
        for (const json &chunk : raw.value("groundingChunks", json::array())) {
            result["grounding"]["chunk_uris"].push_back(chunk.at("web").at("uri"));
        }
        if (raw.contains("searchEntryPoint")) {
            result["grounding"]["rendered_content"] = raw["searchEntryPoint"]["renderedContent"];
        }
        events.push_back("grounding");
    }
    if (!content.url_context.empty()) {
        const json raw = json::parse(content.url_context);
        for (const json &url : raw.at("urlMetadata")) {
            result["url_context"].push_back({url.at("retrievedUrl"), url.at("urlRetrievalStatus")});
        }
        events.push_back("url_context");
    }
}

void add_tool_calls(const ServerMessage &message, json &result, json &events)
{
    for (const ToolCall &call : message.tool_calls) {
        const json id = call.id.empty() ? json() : json(call.id);
        if (call.is_part()) {
            result["tool_call_parts"].push_back(
                {{"id", id}, {"name", call.name}, {"will_continue", call.will_continue}});
            events.push_back("tool_call_part");
        } else {
            result["tool_calls"].push_back({{"id", id}, {"name", call.name}, {"args", json::parse(call.args)}});
            result["args_texts"].push_back(call.args);
            events.push_back("tool_call");
        }
    }
}

// Every key of `expect` is in `found` with an equal value; keys of `found` alone do not matter.
bool is_subset(const json &expect, const json &found)
{
    if (!expect.is_object()) {
        return expect == found;
    }
    return found.is_object() && std::all_of(expect.items().begin(), expect.items().end(), [&](const auto &item) {
        return found.contains(item.key()) && is_subset(item.value(), found[item.key()]);
    });
}

json sorted(json list)
{
    std::sort(list.begin(), list.end());
    return list;
}

bool same_events(json found, const json &expect)
{
    const json &wanted = expect["events"];
    if (wanted.size() == 1 && wanted[0].get<std::string>().starts_with("protocol_error or")) {
        return found == json({"protocol_error"});
    }
    // Usage beside content may come at any place, and is then named by the member `usage` alone.
    const auto usage = std::find(found.begin(), found.end(), "usage");
    if (usage != found.end() && std::find(wanted.begin(), wanted.end(), "usage") == wanted.end()) {
        if (!expect.contains("usage")) {
            return false;
        }
        found.erase(usage);
    }
    const bool any_order = expect.value("any_order", false) || expect.value("any_order_after_first", false);
    return any_order ? sorted(found) == sorted(wanted) : found == wanted;
}

bool same_calls(const json &found, const json &expect)
{
    if (!found.contains("tool_calls") || found["tool_calls"].size() != expect.size()) {
        return false;
    }
    for (size_t i = 0; i < expect.size(); ++i) {
        json wanted = expect[i];
        if (wanted.contains("args_text_equal_as_json")) {
            wanted["args"] = json::parse(wanted["args_text_equal_as_json"].get<std::string>());
            wanted.erase("args_text_equal_as_json");
        }
        if (!is_subset(wanted, found["tool_calls"][i])) {
            return false;
        }
    }
    return true;
}

}  // namespace

json facts(const ServerMessage &message, const Error &error)
{
    json result = json::object();
    json events = json::array();
    const ServerContent &content = message.content;
    if (message.setup_complete.present) {
        result["session_id"] =
            message.setup_complete.session_id.empty() ? json() : json(message.setup_complete.session_id);
        result["voice_consent_signature"] = message.setup_complete.consent_signature;
        events.push_back("setup_complete");
    }
    if (content.interrupted) {
        events.push_back("interrupted");
    }
    if (message.has_cancellation) {
        result["cancelled_ids"] = json::array();
        for (const Text &id : message.cancelled_calls) {
            result["cancelled_ids"].push_back(id.text);
        }
        events.push_back("tool_call_cancellation");
    }
    if (message.resumption.present) {
        const ResumptionUpdate &update = message.resumption;
        result["resumption"] = {{"handle", update.new_handle.empty() ? json() : json(update.new_handle)},
                                {"resumable", update.resumable},
                                {"keep", update.brings_handle() ? update.new_handle : "old"}};
        if (update.last_consumed) {
            result["resumption"]["last_consumed"] = std::to_string(*update.last_consumed);
        }
        events.push_back("resumption_update");
    }
    if (message.voice_activity.present) {
        result["voice_activity"] = activity_facts(message.voice_activity);
        events.push_back("voice_activity");
    }
    if (message.vad_signal.present) {
        result["vad_signal"] = message.vad_signal.type;
        events.push_back("vad_signal");
    }
    add_transcript(content.interim_input_transcription, "interim_input", result, events);
    add_transcript(content.input_transcription, "input", result, events);
    add_parts(content, result, events);
    add_extras(content, result, events);
    add_transcript(content.output_transcription, "output", result, events);
    add_tool_calls(message, result, events);
    if (content.generation_complete) {
        events.push_back("generation_complete");
    }
    if (content.turn_complete) {
        events.push_back("turn_complete");
    }
    if (message.usage.present) {
        result["usage"] = usage_facts(message.usage);
        events.push_back("usage");
    }
    if (message.go_away_ms) {
        result["go_away_ms"] = *message.go_away_ms;
        events.push_back("go_away");
    }
    if (message.error.present) {
        result["error"] = {{"code", message.error.code},
                           {"status", message.error.status},
                           {"message", message.error.message},
                           {"fatal", true}};
        events.push_back("error");
    }
    if (error || std::any_of(content.parts.begin(), content.parts.end(), is_bad_media)) {
        events.push_back("protocol_error");
    }
    result["turn_complete_reason"] = content.turn_complete_reason;
    result["interaction_status"] = content.interaction_status;
    result["waiting_for_input"] = content.waiting_for_input ? json(*content.waiting_for_input) : json();
    result["interaction_complete"] = message.completes_interaction();
    result["opens_turn"] = message.has_model_output();
    result["events"] = events;
    return result;
}

std::string compare(const json &found, const json &expect)
{
    // Notes for people, and rules of the session above.
    static const std::set<std::string> notes = {"any_order", "any_order_after_first", "must_not", "why", "when",
                                                "texts_if_text", "answer_goes_out_without_id",
                                                "replaces_earlier_interim", "unknown_ignored"};
    for (const auto &[key, wanted] : expect.items()) {
        bool same = false;
        if (notes.contains(key)) {
            same = true;
        } else if (key == "events") {
            same = same_events(found["events"], expect);
        } else if (key == "tool_calls") {
            same = same_calls(found, wanted);
        } else {
            same = found.contains(key) && is_subset(wanted, found[key]);
        }
        if (!same) {
            const std::string value = found.contains(key) ? found[key].dump() : "absent";
            return key + " is " + value + " and not " + wanted.dump();
        }
    }
    return {};
}

}  // namespace gemlive::protocol::test
