#include "dialogue/usage.hpp"

namespace gemlive::dialogue {
namespace {

// B4
void add_all(TokensByModality &totals, const protocol::Reused<protocol::ModalityTokens> &modalities)
{
    for (const protocol::ModalityTokens &entry : modalities) {
        const bool known = totals.size() < UsageTotals::max_modalities || totals.contains(entry.modality);
        totals[known ? entry.modality : "OTHER"] += entry.tokens;
    }
}

}  // namespace

void UsageCounts::add(const protocol::Usage &usage)
{
    prompt += usage.prompt;
    response += usage.response;
    total += usage.total;
    cached += usage.cached;
    thoughts += usage.thoughts;
    tool_use += usage.tool_use_prompt;
}

void UsageTotals::add(const protocol::Usage &usage)
{
    UsageCounts::add(usage);
    add_all(prompt_by_modality, usage.prompt_by_modality);
    add_all(response_by_modality, usage.response_by_modality);
}

}  // namespace gemlive::dialogue
