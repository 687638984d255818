#include "content_decoder.hpp"

#include "mime.hpp"

namespace gemlive::protocol {
namespace {

JsonError read_blob(Value &value, Part &part)
{
    part.mime_type.clear();
    part.bytes.clear();
    const JsonError error = each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "data")) {
            return read_bytes(member, part.bytes);
        }
        if (is_named(key, "mimeType")) {
            return read_text(member, part.mime_type);
        }
        return simdjson::SUCCESS;
    });
    const bool pcm = is_pcm(part.mime_type);
    part.kind = pcm ? PartKind::audio : PartKind::inline_data;
    part.sample_rate = pcm ? pcm_rate(part.mime_type, default_output_rate) : 0;
    return error;
}

// A member whose object is handed on as JSON too. `text` and `label` name the members that have a place of their
// own.
JsonError read_object_part(Value &value, Part &part, PartKind kind, std::string_view text, std::string_view label)
{
    simdjson::ondemand::object object;
    if (const JsonError error = value.get_object().get(object)) {
        return error;
    }
    JsonError error = each_member(object, [&](std::string_view key, Value &member) -> JsonError {
        if (!text.empty() && is_named(key, text)) {
            return read_text(member, part.text);
        }
        if (!label.empty() && is_named(key, label)) {
            return read_text(member, part.label);
        }
        return is_named(key, "id") ? read_text(member, part.id) : simdjson::SUCCESS;
    });
    if (error) {
        return error;
    }
    if ((error = object.reset().error())) {
        return error;
    }
    part.kind = kind;
    return read_raw(value, part.raw);
}

bool accompanies_data(std::string_view key) noexcept
{
    return is_named(key, "videoMetadata") || is_named(key, "mediaResolution") || is_named(key, "partMetadata") ||
           is_named(key, "mediaProcessing") || is_named(key, "speechMetadata") ||
           is_named(key, "documentMetadata") || is_named(key, "spreadsheetMetadata") ||
           is_named(key, "audioMetadata");
}

JsonError read_part(Value &value, Part &part)
{
    bool thought = false;
    const JsonError error = each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "inlineData")) {
            return read_blob(member, part);
        }
        if (is_named(key, "text")) {
            part.kind = PartKind::text;
            return read_text(member, part.text);
        }
        if (is_named(key, "thought")) {
            return read_bool(member, thought);
        }
        if (is_named(key, "thoughtSignature")) {
            return read_text(member, part.thought_signature);
        }
        if (is_named(key, "executableCode")) {
            return read_object_part(member, part, PartKind::executable_code, "code", "language");
        }
        if (is_named(key, "codeExecutionResult")) {
            return read_object_part(member, part, PartKind::code_result, "output", "outcome");
        }
        if (is_named(key, "toolCall")) {
            return read_object_part(member, part, PartKind::server_tool_call, {}, "toolType");
        }
        if (is_named(key, "toolResponse")) {
            return read_object_part(member, part, PartKind::server_tool_response, {}, "toolType");
        }
        if (is_named(key, "audioTranscription")) {
            return read_object_part(member, part, PartKind::transcription, "text", "languageCode");
        }
        if (part.kind != PartKind::other || !part.raw.empty() || accompanies_data(key)) {
            return simdjson::SUCCESS;
        }
        part.label.assign(key);
        return read_raw(member, part.raw);
    });
    if (part.kind == PartKind::text) {
        part.kind = thought ? PartKind::thought : PartKind::text;
        part.label.clear();
        part.raw.clear();
    } else if (part.kind == PartKind::audio || part.kind == PartKind::inline_data) {
        part.label.clear();
        part.raw.clear();
    }
    return error;
}

JsonError read_parts(Value &value, Reused<Part> &out, Refusals &refusals)
{
    return each_element(value, [&](Value &element) -> JsonError {
        Part &part = out.add();
        const JsonError error = refuse(read_part(element, part), "serverContent.modelTurn.parts[]", refusals,
                                       [&] { part.reset(); });
        if (!part.has_content() && part.raw.empty()) {
            out.remove_last();
        }
        return error;
    });
}

JsonError read_model_turn(Value &value, Reused<Part> &out, Refusals &refusals)
{
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        return is_named(key, "parts") ? read_parts(member, out, refusals) : simdjson::SUCCESS;
    });
}

JsonError read_word(Value &value, Word &word)
{
    std::optional<int64_t> start;
    std::optional<int64_t> end;
    const JsonError error = each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "word")) {
            return read_text(member, word.word);
        }
        if (is_named(key, "startOffset")) {
            return read_duration(member, start);
        }
        return is_named(key, "endOffset") ? read_duration(member, end) : simdjson::SUCCESS;
    });
    word.start_ms = start.value_or(0);
    word.end_ms = end.value_or(0);
    return error;
}

JsonError read_transcription(Value &value, Transcription &out)
{
    out.reset();
    out.present = true;
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "text")) {
            out.has_text = true;
            return read_text(member, out.text);
        }
        if (is_named(key, "finished")) {
            return read_bool(member, out.finished);
        }
        if (is_named(key, "languageCode")) {
            return read_text(member, out.language_code);
        }
        if (is_named(key, "speakerLabel")) {
            return read_text(member, out.speaker_label);
        }
        if (is_named(key, "startOffset")) {
            return read_duration(member, out.start_ms);
        }
        if (is_named(key, "endOffset")) {
            return read_duration(member, out.end_ms);
        }
        if (is_named(key, "words")) {
            return each_element(member, [&](Value &element) { return read_word(element, out.words.add()); });
        }
        return simdjson::SUCCESS;
    });
}

JsonError read_extra(Value &value, std::string &out)
{
    const JsonError error = read_raw_object(value, out);
    if (out == "{}") {
        out.clear();
    }
    return error;
}

}  // namespace

JsonError read_unknown(std::string_view key, Value &value, Reused<Unknown> &out)
{
    Unknown &unknown = out.add();
    unknown.name.assign(key);
    return read_raw(value, unknown.raw);
}

JsonError read_content(Value &value, ServerContent &out, Refusals &refusals)
{
    out.present = true;
    const auto flag = [&](Value &member, bool &target, std::string_view name) {
        return refuse(read_bool(member, target), name, refusals, [] {});
    };
    const auto transcription = [&](Value &member, Transcription &target, std::string_view name) {
        return refuse(read_transcription(member, target), name, refusals, [&] { target.reset(); });
    };
    const auto text = [&](Value &member, std::string &target, std::string_view name) {
        return refuse(read_text(member, target), name, refusals, [&] { target.clear(); });
    };
    const auto extra = [&](Value &member, std::string &target, std::string_view name) {
        return refuse(read_extra(member, target), name, refusals, [&] { target.clear(); });
    };
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "modelTurn")) {
            out.has_model_turn = true;
            return refuse(read_model_turn(member, out.parts, refusals), "serverContent.modelTurn", refusals,
                          [&] { out.parts.clear(); });
        }
        if (is_named(key, "outputTranscription")) {
            return transcription(member, out.output_transcription, "serverContent.outputTranscription");
        }
        if (is_named(key, "inputTranscription")) {
            return transcription(member, out.input_transcription, "serverContent.inputTranscription");
        }
        if (is_named(key, "interimInputTranscription")) {
            return transcription(member, out.interim_input_transcription,
                                 "serverContent.interimInputTranscription");
        }
        if (is_named(key, "generationComplete")) {
            return flag(member, out.generation_complete, "serverContent.generationComplete");
        }
        if (is_named(key, "turnComplete")) {
            return flag(member, out.turn_complete, "serverContent.turnComplete");
        }
        if (is_named(key, "interrupted")) {
            return flag(member, out.interrupted, "serverContent.interrupted");
        }
        if (is_named(key, "waitingForInput")) {
            return flag(member, out.waiting_for_input.emplace(false), "serverContent.waitingForInput");
        }
        if (is_named(key, "turnCompleteReason")) {
            return text(member, out.turn_complete_reason, "serverContent.turnCompleteReason");
        }
        if (is_named(key, "interactionStatus")) {
            return text(member, out.interaction_status, "serverContent.interactionStatus");
        }
        if (is_named(key, "groundingMetadata")) {
            return extra(member, out.grounding, "serverContent.groundingMetadata");
        }
        if (is_named(key, "urlContextMetadata")) {
            return extra(member, out.url_context, "serverContent.urlContextMetadata");
        }
        return read_unknown(key, member, out.unknown);
    });
}

}  // namespace gemlive::protocol
