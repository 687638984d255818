#include "session/usage.hpp"

namespace gemlive::session {
namespace {

using Modalities = protocol::Reused<protocol::ModalityTokens>;

void put(nlohmann::json &json, const char *name, const Modalities &modalities)
{
    for (const protocol::ModalityTokens &entry : modalities) {
        json[name][entry.modality] = entry.tokens;
    }
}

void add_all(std::map<std::string, int64_t> &totals, const Modalities &modalities)
{
    for (const protocol::ModalityTokens &entry : modalities) {
        totals[entry.modality] += entry.tokens;
    }
}

}  // namespace

void UsageTotals::add(const protocol::Usage &usage)
{
    prompt += usage.prompt;
    response += usage.response;
    total += usage.total;
    cached += usage.cached;
    thoughts += usage.thoughts;
    tool_use += usage.tool_use_prompt;
    add_all(prompt_by_modality, usage.prompt_by_modality);
    add_all(response_by_modality, usage.response_by_modality);
}

nlohmann::json UsageTotals::json() const
{
    return {{"prompt_tokens", prompt},
            {"response_tokens", response},
            {"total_tokens", total},
            {"cached_tokens", cached},
            {"thoughts_tokens", thoughts},
            {"tool_use_tokens", tool_use},
            {"by_modality", {{"prompt", prompt_by_modality}, {"response", response_by_modality}}}};
}

nlohmann::json by_modality(const protocol::Usage &usage)
{
    nlohmann::json json = nlohmann::json::object();
    put(json, "prompt", usage.prompt_by_modality);
    put(json, "response", usage.response_by_modality);
    put(json, "cached", usage.cached_by_modality);
    put(json, "tool_use", usage.tool_use_prompt_by_modality);
    return json;
}

}  // namespace gemlive::session
