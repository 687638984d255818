#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "protocol/flavour.hpp"

// Each function appends one whole client message to `out`. What it refuses leaves `out` as it was: the service
// closes the socket on whatever it does not know, so nothing doubtful is written.
namespace gemlive::protocol {

// The streams of realtimeInput. The first two allocate only when the capacity of `out` is too small.
void encode_audio(std::span<const int16_t> samples, int sample_rate, std::string &out);
Error encode_video(std::string_view mime_type, std::span<const uint8_t> image, std::string &out);
Error encode_text(std::string_view text, std::string &out);
void encode_audio_stream_end(std::string &out);
void encode_activity_start(std::string &out);
void encode_activity_end(std::string &out);

// The one form of media that the oldest models know; those of today close the socket on it.
Error encode_media_chunk(std::string_view mime_type, std::span<const uint8_t> bytes, std::string &out);

// `turns` is an array of Content, each with its role, or null to leave it out.
Error encode_client_content(const nlohmann::json &turns, std::optional<bool> turn_complete, std::string &out);

// One Content with one text part; without role if that is empty. Throws nothing but bad_alloc.
nlohmann::json text_content(std::string_view role, std::string_view text);

struct ToolAnswer {
    // Of what an application hands over: an object is the response as it is, any other value goes under "output".
    static ToolAnswer from_output(std::string id, std::string name, nlohmann::json output);
    static ToolAnswer from_error(std::string id, std::string name, std::string_view text);

    std::string id;  // as the call had it; empty if it had none
    std::string name;
    nlohmann::json response;  // an object
    std::string scheduling;   // SILENT, WHEN_IDLE, INTERRUPT, in any case; empty = none
    bool scheduling_inside_response = false;  // where Google's guide has it
    std::optional<bool> will_continue;
    nlohmann::json parts;  // array of media parts; null = none
};

Error encode_tool_response(std::span<const ToolAnswer> answers, std::string &out);

// What is null stays as it is in the session. An empty array of tools takes all tools away.
struct ContextUpdate {
    nlohmann::json system_instruction;  // a Content
    nlohmann::ordered_json tools;       // array of Tool
};

Error encode_context_update(Flavour flavour, const ContextUpdate &update, std::string &out);

// `setup` is the inner object. Null members are left out: some models refuse them. Members keep their order, which in
// the schemas of tools is told to the model.
Error encode_setup(const nlohmann::ordered_json &setup, std::string &out);

// What a message that somebody else made is for.
struct RawFacts {
    bool answers_calls = false;
    std::vector<std::string> calls;  // those that it names
};

// A message in JSON that the caller answers for: one object. A setup is the session's own affair.
Error encode_raw(std::string_view json, std::string &out, RawFacts *facts = nullptr);

// Refuses tools that the flavour does not have, and function declarations that the service does not take.
Error check_tools(Flavour flavour, const nlohmann::json &tools);

}  // namespace gemlive::protocol
