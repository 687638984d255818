// The JSON of fields that are more than one value. Members are in the order of their names.
#include "delivery/payload.hpp"

#include "json_text.hpp"

namespace gemlive::delivery {
namespace {

void write(std::string &out, const std::map<std::string, int64_t> &numbers)
{
    JsonObject object(out);
    for (const auto &[name, number] : numbers) {
        object.member_named_by_others(name) += std::to_string(number);
    }
}

}  // namespace

void Resent::write_json(std::string &out) const
{
    JsonObject object(out);
    std::string &ranges = object.member("audio");
    ranges += '[';
    for (const auto &[from, to] : audio) {
        if (ranges.back() != '[') {
            ranges += ',';
        }
        ranges += '[' + std::to_string(from) + ',' + std::to_string(to) + ']';
    }
    ranges += ']';
    object.add("commands", commands);
}

void StepTimes::write_json(std::string &out) const
{
    write(out, ms);
}

void ToolCallsCancelled::Calls::write_json(std::string &out) const
{
    out += '[';
    for (size_t i = 0; i < ids.size(); ++i) {
        if (i > 0) {
            out += ',';
        }
        append_json_string(out, ids[i]);
    }
    out += ']';
}

void Usage::Modalities::write_json(std::string &out) const
{
    JsonObject object(out);
    for (const auto &[direction, modalities] : tokens) {
        write(object.member_named_by_others(direction), modalities);
    }
}

void Usage::Totals::write_json(std::string &out) const
{
    JsonObject object(out);
    by_modality.write_json(object.member("by_modality"));
    object.add("cached_tokens", counts.cached);
    if (connections) {
        object.add("connections", *connections);
    }
    object.add("prompt_tokens", counts.prompt);
    object.add("response_tokens", counts.response);
    object.add("thoughts_tokens", counts.thoughts);
    object.add("tool_use_tokens", counts.tool_use);
    object.add("total_tokens", counts.total);
    if (turns) {
        object.add("turns", *turns);
    }
}

}  // namespace gemlive::delivery
