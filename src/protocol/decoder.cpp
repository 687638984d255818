#include "protocol/decoder.hpp"

#include <algorithm>
#include <bit>

#include "content_decoder.hpp"
#include "raw_json.hpp"

namespace gemlive::protocol {
namespace {

// Whatever its shape, the server is ready.
JsonError read_setup_complete(Value &value, SetupComplete &out, LeftOut &left_out)
{
    out.present = true;
    return each_known(value, "setupComplete", left_out, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "sessionId")) {
            return read_text(member, out.session_id);
        }
        if (is_named(key, "voiceConsentSignature")) {
            return each_member(member, [&](std::string_view inner, Value &signature) -> JsonError {
                return is_named(inner, "signature") ? read_text(signature, out.consent_signature)
                                                    : simdjson::SUCCESS;
            });
        }
        return simdjson::SUCCESS;
    });
}

// A call with a damaged member is none: what it asks for would be guessed.
JsonError read_call(Value &value, ToolCall &out)
{
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "id")) {
            return read_text(member, out.id);
        }
        if (is_named(key, "name")) {
            return read_text(member, out.name);
        }
        if (is_named(key, "args")) {
            return read_raw_object(member, out.args);
        }
        if (is_named(key, "partialArgs")) {
            const JsonError error = read_raw_array(member, out.partial_args);
            use_documented_names(out.partial_args);
            return error;
        }
        return is_named(key, "willContinue") ? read_bool(member, out.will_continue) : simdjson::SUCCESS;
    });
}

JsonError read_tool_call(Value &value, Reused<ToolCall> &out, LeftOut &left_out)
{
    return each_known(value, "toolCall", left_out, [&](std::string_view key, Value &member) -> JsonError {
        return is_named(key, "functionCalls")
                   ? each_entry(member, out, most_calls, "toolCall.functionCalls[]", left_out, read_call)
                   : simdjson::SUCCESS;
    });
}

JsonError read_cancellation(Value &value, ServerMessage &out, LeftOut &left_out)
{
    const JsonError error =
        each_known(value, "toolCallCancellation", left_out, [&](std::string_view key, Value &member) -> JsonError {
            return is_named(key, "ids")
                       ? each_entry(member, out.cancelled_calls, most_calls, "toolCallCancellation.ids[]",
                                    left_out, [](Value &element, Text &id) { return read_text(element, id.text); })
                       : simdjson::SUCCESS;
        });
    out.has_cancellation = !error;
    return error;
}

JsonError read_modality(Value &value, ModalityTokens &out)
{
    const JsonError error = each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "modality")) {
            return read_text(member, out.modality);
        }
        return is_named(key, "tokenCount") ? read_int(member, out.tokens) : simdjson::SUCCESS;
    });
    if (out.modality == "MODALITY_UNSPECIFIED") {
        out.modality.assign("TEXT");
    }
    return error;
}

JsonError read_modalities(Value &value, Reused<ModalityTokens> &out, LeftOut &left_out)
{
    out.clear();  // both flavours' names in one message mean the same list
    return each_entry(value, out, most_modalities, "usageMetadata token details", left_out, read_modality);
}

JsonError read_usage_member(std::string_view key, Value &member, Usage &out, LeftOut &left_out)
{
    if (is_named(key, "promptTokenCount")) {
        return read_int(member, out.prompt);
    }
    if (is_named(key, "responseTokenCount") || is_named(key, "candidatesTokenCount")) {
        int64_t count = 0;
        const JsonError error = read_int(member, count);
        out.response = std::max(out.response, count);
        return error;
    }
    if (is_named(key, "totalTokenCount")) {
        return read_int(member, out.total);
    }
    if (is_named(key, "cachedContentTokenCount")) {
        return read_int(member, out.cached);
    }
    if (is_named(key, "thoughtsTokenCount")) {
        return read_int(member, out.thoughts);
    }
    if (is_named(key, "toolUsePromptTokenCount")) {
        return read_int(member, out.tool_use_prompt);
    }
    if (is_named(key, "promptTokensDetails")) {
        return read_modalities(member, out.prompt_by_modality, left_out);
    }
    if (is_named(key, "responseTokensDetails") || is_named(key, "candidatesTokensDetails")) {
        return read_modalities(member, out.response_by_modality, left_out);
    }
    if (is_named(key, "cacheTokensDetails")) {
        return read_modalities(member, out.cached_by_modality, left_out);
    }
    if (is_named(key, "toolUsePromptTokensDetails")) {
        return read_modalities(member, out.tool_use_prompt_by_modality, left_out);
    }
    if (is_named(key, "serviceTier")) {
        return read_text(member, out.service_tier);
    }
    return is_named(key, "trafficType") ? read_text(member, out.traffic_type) : simdjson::SUCCESS;
}

// There is one when any of it could be read.
JsonError read_usage(Value &value, Usage &out, LeftOut &left_out)
{
    size_t bad = 0;
    const JsonError error =
        each_known(value, "usageMetadata", left_out, [&](std::string_view key, Value &member) -> JsonError {
            const JsonError wrong = read_usage_member(key, member, out, left_out);
            bad += wrong ? 1 : 0;
            out.present = out.present || !wrong;
            return wrong;
        });
    out.present = !error && (out.present || bad == 0);
    return error;
}

// Whatever its shape, the server is about to go.
JsonError read_go_away(Value &value, std::optional<int64_t> &out, LeftOut &left_out)
{
    out = 0;
    std::optional<int64_t> left;
    const JsonError error =
        each_known(value, "goAway", left_out, [&](std::string_view key, Value &member) -> JsonError {
            return is_named(key, "timeLeft") ? read_duration(member, left) : simdjson::SUCCESS;
        });
    out = std::max<int64_t>(left.value_or(0), 0);
    return error;
}

JsonError read_index(Value &value, std::optional<int64_t> &out)
{
    int64_t index = 0;
    const JsonError error = read_int(value, index);
    if (!error) {
        out = index;
    }
    return error;
}

// Without its handle an update would say something else.
JsonError read_resumption(Value &value, ResumptionUpdate &out, LeftOut &left_out)
{
    out.present = true;
    bool no_handle = false;
    const JsonError error = each_known(
        value, "sessionResumptionUpdate", left_out, [&](std::string_view key, Value &member) -> JsonError {
            if (is_named(key, "newHandle")) {
                const JsonError wrong = read_text(member, out.new_handle);
                no_handle = no_handle || wrong;
                return wrong;
            }
            if (is_named(key, "resumable")) {
                return read_bool(member, out.resumable);
            }
            return is_named(key, "lastConsumedClientMessageIndex") ? read_index(member, out.last_consumed)
                                                                   : simdjson::SUCCESS;
        });
    if (error || no_handle) {
        out.reset();
    }
    return error;
}

ActivityKind activity_kind(std::string_view type, std::string_view start, std::string_view end) noexcept
{
    return type == start ? ActivityKind::start : type == end ? ActivityKind::end : ActivityKind::unknown;
}

JsonError read_voice_activity(Value &value, VoiceActivity &out, LeftOut &left_out)
{
    out.present = true;
    std::optional<int64_t> offset;
    const JsonError error =
        each_known(value, "voiceActivity", left_out, [&](std::string_view key, Value &member) -> JsonError {
            // The wire says type; some SDKs read, and so perhaps some proxies write, the longer name.
            if (is_named(key, "type") || is_named(key, "voiceActivityType")) {
                return read_text(member, out.type);
            }
            return is_named(key, "audioOffset") ? read_duration(member, offset) : simdjson::SUCCESS;
        });
    out.offset_ms = offset.value_or(0);
    out.kind = activity_kind(out.type, "ACTIVITY_START", "ACTIVITY_END");
    return error;
}

JsonError read_vad_signal(Value &value, VadSignal &out, LeftOut &left_out)
{
    out.present = true;
    const JsonError error = each_known(
        value, "voiceActivityDetectionSignal", left_out, [&](std::string_view key, Value &member) -> JsonError {
            return is_named(key, "vadSignalType") ? read_text(member, out.type) : simdjson::SUCCESS;
        });
    out.kind = activity_kind(out.type, "VAD_SIGNAL_TYPE_SOS", "VAD_SIGNAL_TYPE_EOS");
    return error;
}

JsonError read_error(Value &value, ServerError &out, LeftOut &left_out)
{
    out.present = true;
    return each_known(value, "error", left_out, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "code")) {
            return read_int(member, out.code);
        }
        if (is_named(key, "message")) {
            return read_text(member, out.message);
        }
        if (is_named(key, "status")) {
            return read_text(member, out.status);
        }
        return is_named(key, "details") ? read_raw_array(member, out.details) : simdjson::SUCCESS;
    });
}

// What is no object is as if it had not come.
template <typename T>
JsonError whole(JsonError error, T &target)
{
    if (error) {
        target.reset();
    }
    return error;
}

JsonError read_member(std::string_view key, Value &value, ServerMessage &out, LeftOut &left_out)
{
    if (is_named(key, "serverContent")) {
        return whole(read_content(value, out.content, left_out), out.content);
    }
    if (is_named(key, "usageMetadata")) {
        return read_usage(value, out.usage, left_out);
    }
    if (is_named(key, "toolCall")) {
        return read_tool_call(value, out.tool_calls, left_out);
    }
    if (is_named(key, "toolCallCancellation")) {
        return read_cancellation(value, out, left_out);
    }
    if (is_named(key, "sessionResumptionUpdate")) {
        return read_resumption(value, out.resumption, left_out);
    }
    if (is_named(key, "voiceActivity")) {
        return whole(read_voice_activity(value, out.voice_activity, left_out), out.voice_activity);
    }
    if (is_named(key, "goAway")) {
        return read_go_away(value, out.go_away_ms, left_out);
    }
    if (is_named(key, "setupComplete")) {
        return read_setup_complete(value, out.setup_complete, left_out);
    }
    if (is_named(key, "voiceActivityDetectionSignal")) {
        return whole(read_vad_signal(value, out.vad_signal, left_out), out.vad_signal);
    }
    if (is_named(key, "error")) {
        return read_error(value, out.error, left_out);
    }
    return read_unknown({}, key, value, out.unknown, left_out);
}

Error not_json(JsonError error)
{
    return {Status::protocol, std::string("The server sent a message that is not a JSON object (") +
                                  simdjson::error_message(error) + "); it was ignored."};
}

}  // namespace

struct Decoder::Parser {
    simdjson::ondemand::parser json;

    JsonError make_room(size_t size)
    {
        const size_t wanted = std::bit_ceil(std::max(size, smallest_buffer));
        if (json.capacity() >= wanted && !is_wasteful(json.capacity(), wanted)) {
            return simdjson::SUCCESS;
        }
        return json.allocate(wanted);
    }
};

Decoder::Decoder() : parser_(std::make_unique<Parser>())
{
}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder &&) noexcept = default;
Decoder &Decoder::operator=(Decoder &&) noexcept = default;

Error Decoder::decode(const char *data, size_t size, size_t capacity, ServerMessage &out)
{
    static_assert(padding >= simdjson::SIMDJSON_PADDING);
    out.reset();
    const std::string_view text = without_byte_order_mark({data, size});
    if (parser_->make_room(text.size())) {
        return {Status::out_of_memory, "No memory for a message of " + std::to_string(size) + " bytes."};
    }
    simdjson::ondemand::document document;
    const size_t room = capacity - (size - text.size());
    if (const JsonError error = parser_->json.iterate(text.data(), text.size(), room).get(document)) {
        return not_json(error);
    }
    simdjson::ondemand::object root;
    if (const JsonError error = document.get_object().get(root)) {
        return not_json(error);
    }
    LeftOut left_out;
    bool empty = true;
    JsonError error = each_member(root, [&](std::string_view key, Value &value) -> JsonError {
        empty = false;
        return left_out.tolerate(read_member(key, value, out, left_out), {}, key);
    });
    if (!error && document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        error = simdjson::TAPE_ERROR;
    }
    if (error) {
        out.reset();
        return not_json(error);
    }
    out.empty = empty;
    out.left_out = left_out.count();
    return left_out.error();
}

}  // namespace gemlive::protocol
