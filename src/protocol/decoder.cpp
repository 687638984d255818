#include "protocol/decoder.hpp"

#include <algorithm>
#include <bit>

#include "content_decoder.hpp"
#include "protocol/limits.hpp"

namespace gemlive::protocol {
namespace {

JsonError read_setup_complete(Value &value, SetupComplete &out)
{
    out.present = true;
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
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
            return read_raw_array(member, out.partial_args);
        }
        return is_named(key, "willContinue") ? read_bool(member, out.will_continue) : simdjson::SUCCESS;
    });
}

JsonError read_tool_call(Value &value, Reused<ToolCall> &out, Refusals &refusals)
{
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (!is_named(key, "functionCalls")) {
            return simdjson::SUCCESS;
        }
        return each_element(member, [&](Value &element) -> JsonError {
            return refuse(read_call(element, out.add()), "toolCall.functionCalls[]", refusals,
                          [&] { out.remove_last(); });
        });
    });
}

JsonError read_cancellation(Value &value, Reused<Text> &out)
{
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (!is_named(key, "ids")) {
            return simdjson::SUCCESS;
        }
        return each_element(member, [&](Value &element) { return read_text(element, out.add().text); });
    });
}

JsonError read_modalities(Value &value, Reused<ModalityTokens> &out)
{
    out.clear();  // both flavours' names in one message mean the same list
    return each_element(value, [&](Value &element) -> JsonError {
        ModalityTokens &entry = out.add();
        const JsonError error = each_member(element, [&](std::string_view key, Value &member) -> JsonError {
            if (is_named(key, "modality")) {
                return read_text(member, entry.modality);
            }
            return is_named(key, "tokenCount") ? read_int(member, entry.tokens) : simdjson::SUCCESS;
        });
        if (entry.modality == "MODALITY_UNSPECIFIED") {
            entry.modality.assign("TEXT");
        }
        return error;
    });
}

JsonError read_usage(Value &value, Usage &out)
{
    out.present = true;
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
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
            return read_modalities(member, out.prompt_by_modality);
        }
        if (is_named(key, "responseTokensDetails") || is_named(key, "candidatesTokensDetails")) {
            return read_modalities(member, out.response_by_modality);
        }
        if (is_named(key, "cacheTokensDetails")) {
            return read_modalities(member, out.cached_by_modality);
        }
        if (is_named(key, "toolUsePromptTokensDetails")) {
            return read_modalities(member, out.tool_use_prompt_by_modality);
        }
        if (is_named(key, "serviceTier")) {
            return read_text(member, out.service_tier);
        }
        return is_named(key, "trafficType") ? read_text(member, out.traffic_type) : simdjson::SUCCESS;
    });
}

JsonError read_go_away(Value &value, std::optional<int64_t> &out)
{
    out = 0;
    std::optional<int64_t> left;
    const JsonError error = each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        return is_named(key, "timeLeft") ? read_duration(member, left) : simdjson::SUCCESS;
    });
    out = std::max<int64_t>(left.value_or(0), 0);
    return error;
}

JsonError read_resumption(Value &value, ResumptionUpdate &out)
{
    out.present = true;
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        if (is_named(key, "newHandle")) {
            return read_text(member, out.new_handle);
        }
        if (is_named(key, "resumable")) {
            return read_bool(member, out.resumable);
        }
        return is_named(key, "lastConsumedClientMessageIndex") ? read_int(member, out.last_consumed.emplace(0))
                                                               : simdjson::SUCCESS;
    });
}

JsonError read_voice_activity(Value &value, VoiceActivity &out)
{
    out.present = true;
    std::optional<int64_t> offset;
    const JsonError error = each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        // The wire says type; some SDKs read, and so perhaps some proxies write, the longer name.
        if (is_named(key, "type") || is_named(key, "voiceActivityType")) {
            return read_text(member, out.type);
        }
        return is_named(key, "audioOffset") ? read_duration(member, offset) : simdjson::SUCCESS;
    });
    out.offset_ms = offset.value_or(0);
    out.kind = out.type == "ACTIVITY_START" ? ActivityKind::start
               : out.type == "ACTIVITY_END" ? ActivityKind::end
                                            : ActivityKind::unknown;
    return error;
}

JsonError read_vad_signal(Value &value, VadSignal &out)
{
    out.present = true;
    const JsonError error = each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        return is_named(key, "vadSignalType") ? read_text(member, out.type) : simdjson::SUCCESS;
    });
    out.kind = out.type == "VAD_SIGNAL_TYPE_SOS"   ? ActivityKind::start
               : out.type == "VAD_SIGNAL_TYPE_EOS" ? ActivityKind::end
                                                   : ActivityKind::unknown;
    return error;
}

JsonError read_error(Value &value, ServerError &out)
{
    out.present = true;
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
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

JsonError read_member(std::string_view key, Value &value, ServerMessage &out, Refusals &refusals)
{
    if (is_named(key, "serverContent")) {
        return refuse(read_content(value, out.content, refusals), "serverContent", refusals,
                      [&] { out.content.reset(); });
    }
    if (is_named(key, "usageMetadata")) {
        return refuse(read_usage(value, out.usage), "usageMetadata", refusals, [&] { out.usage.reset(); });
    }
    if (is_named(key, "toolCall")) {
        return refuse(read_tool_call(value, out.tool_calls, refusals), "toolCall", refusals,
                      [&] { out.tool_calls.clear(); });
    }
    if (is_named(key, "toolCallCancellation")) {
        out.has_cancellation = true;
        return refuse(read_cancellation(value, out.cancelled_calls), "toolCallCancellation", refusals, [&] {
            out.has_cancellation = false;
            out.cancelled_calls.clear();
        });
    }
    if (is_named(key, "sessionResumptionUpdate")) {
        return refuse(read_resumption(value, out.resumption), "sessionResumptionUpdate", refusals,
                      [&] { out.resumption.reset(); });
    }
    if (is_named(key, "voiceActivity")) {
        return refuse(read_voice_activity(value, out.voice_activity), "voiceActivity", refusals,
                      [&] { out.voice_activity.reset(); });
    }
    if (is_named(key, "goAway")) {
        // Whatever its shape, the server is about to go.
        return refuse(read_go_away(value, out.go_away_ms), "goAway", refusals, [] {});
    }
    if (is_named(key, "setupComplete")) {
        return refuse(read_setup_complete(value, out.setup_complete), "setupComplete", refusals,
                      [&] { out.setup_complete.reset(); });
    }
    if (is_named(key, "voiceActivityDetectionSignal")) {
        return refuse(read_vad_signal(value, out.vad_signal), "voiceActivityDetectionSignal", refusals,
                      [&] { out.vad_signal.reset(); });
    }
    if (is_named(key, "error")) {
        return refuse(read_error(value, out.error), "error", refusals, [] {});
    }
    return read_unknown(key, value, out.unknown);
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

Decoder::Decoder() : parser_(std::make_unique<Parser>()) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder &&) noexcept = default;
Decoder &Decoder::operator=(Decoder &&) noexcept = default;

Error Decoder::decode(const char *data, size_t size, size_t capacity, ServerMessage &out)
{
    static_assert(padding >= simdjson::SIMDJSON_PADDING);
    out.reset();
    if (parser_->make_room(size)) {
        return {Status::out_of_memory, "No memory for a message of " + std::to_string(size) + " bytes."};
    }
    simdjson::ondemand::document document;
    if (const JsonError error = parser_->json.iterate(data, size, capacity).get(document)) {
        return not_json(error);
    }
    simdjson::ondemand::object root;
    if (const JsonError error = document.get_object().get(root)) {
        return not_json(error);
    }
    Refusals refusals;
    bool empty = true;
    JsonError error = each_member(root, [&](std::string_view key, Value &value) -> JsonError {
        empty = false;
        return read_member(key, value, out, refusals);
    });
    if (!error && document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        error = simdjson::TAPE_ERROR;
    }
    if (error) {
        out.reset();
        return not_json(error);
    }
    out.empty = empty;
    if (!refusals.first.empty()) {
        return {Status::protocol, "The server sent " + refusals.first +
                                      " in a form that the protocol does not have; it was left out."};
    }
    return {};
}

}  // namespace gemlive::protocol
