#include "content_decoder.hpp"

#include "mime.hpp"
#include "raw_json.hpp"

namespace gemlive::protocol {
namespace {

JsonError read_blob(Value &value, Part &part)
{
    part.mime_type.clear();
    part.data = {};
    const JsonError error = each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "data")) {
            return read_base64(member, part.data);
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
    error = read_raw(object, value, part.raw);
    use_documented_names(part.raw, 1);  // what a tool was given and said has names of its own
    return error;
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

JsonError read_parts(Value &value, Reused<Part> &out, LeftOut &left_out)
{
    return each_entry(value, out, most_parts, "serverContent.modelTurn.parts[]", left_out,
                      [&](Value &element, Part &part) {
                          const JsonError error = read_part(element, part);
                          if (!error && !part.has_content() && part.raw.empty()) {
                              out.remove_last();
                          }
                          return error;
                      });
}

JsonError read_model_turn(Value &value, ServerContent &out, LeftOut &left_out)
{
    out.has_model_turn = true;
    return each_known(
        value, "serverContent.modelTurn", left_out, [&](std::string_view key, Value &member) -> JsonError {
            return is_named(key, "parts") ? read_parts(member, out.parts, left_out) : simdjson::SUCCESS;
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

JsonError read_transcription(Value &value, std::string_view name, Transcription &out, LeftOut &left_out)
{
    out.reset();
    const JsonError error =
        each_known(value, name, left_out, [&](std::string_view key, Value &member) -> JsonError {
            if (is_named(key, "text")) {
                const JsonError wrong = read_text(member, out.text);
                out.has_text = !wrong;
                return wrong;
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
                return each_entry(member, out.words, most_words, "words[]", left_out, read_word);
            }
            return simdjson::SUCCESS;
        });
    out.present = !error;
    return error;
}

JsonError read_extra(Value &value, std::string &out)
{
    const JsonError error = read_raw_object(value, out);
    if (error || out == "{}") {
        out.clear();
    }
    use_documented_names(out);
    return error;
}

JsonError read_optional_bool(Value &value, std::optional<bool> &out)
{
    bool flag = false;
    const JsonError error = read_bool(value, flag);
    if (!error) {
        out = flag;
    }
    return error;
}

}  // namespace

JsonError read_unknown(std::string_view group, std::string_view key, Value &value, Reused<Unknown> &out,
                       LeftOut &left_out)
{
    if (out.size() == most_unknown) {
        left_out.add_excess(group, key);
        return simdjson::SUCCESS;
    }
    Unknown &unknown = out.add();
    unknown.name.assign(key);
    const JsonError error = read_raw(value, unknown.raw);
    if (error) {
        out.remove_last();
    }
    return error;
}

JsonError read_content(Value &value, ServerContent &out, LeftOut &left_out)
{
    out.present = true;
    return each_known(value, "serverContent", left_out, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "modelTurn")) {
            return read_model_turn(member, out, left_out);
        }
        if (is_named(key, "outputTranscription")) {
            return read_transcription(member, "serverContent.outputTranscription", out.output_transcription,
                                      left_out);
        }
        if (is_named(key, "inputTranscription")) {
            return read_transcription(member, "serverContent.inputTranscription", out.input_transcription,
                                      left_out);
        }
        if (is_named(key, "interimInputTranscription")) {
            return read_transcription(member, "serverContent.interimInputTranscription",
                                      out.interim_input_transcription, left_out);
        }
        if (is_named(key, "generationComplete")) {
            return read_bool(member, out.generation_complete);
        }
        if (is_named(key, "turnComplete")) {
            return read_bool(member, out.turn_complete);
        }
        if (is_named(key, "interrupted")) {
            return read_bool(member, out.interrupted);
        }
        if (is_named(key, "waitingForInput")) {
            return read_optional_bool(member, out.waiting_for_input);
        }
        if (is_named(key, "turnCompleteReason")) {
            return read_text(member, out.turn_complete_reason);
        }
        if (is_named(key, "interactionStatus")) {
            return read_text(member, out.interaction_status);
        }
        if (is_named(key, "groundingMetadata")) {
            return read_extra(member, out.grounding);
        }
        if (is_named(key, "urlContextMetadata")) {
            return read_extra(member, out.url_context);
        }
        return read_unknown("serverContent", key, member, out.unknown, left_out);
    });
}

}  // namespace gemlive::protocol
