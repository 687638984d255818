#include "rules.hpp"

#include <algorithm>
#include <cctype>

namespace gemlive::emulator {
namespace {

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool contains(const std::string &text, const std::string &part)
{
    return lower(text).find(lower(part)) != std::string::npos;
}

bool matches(const Trigger &trigger, const Happening &happening)
{
    if (trigger.kind != happening.kind)
        return false;
    if (trigger.number >= 0 && trigger.number != happening.number)
        return false;
    if (!trigger.match.empty()) {
        const bool named =
            std::any_of(happening.names.begin(), happening.names.end(),
                        [&trigger](const std::string &name) { return contains(name, trigger.match); });
        if (!named && !contains(happening.text, trigger.match))
            return false;
    }
    return trigger.subset.is_null() || has_subset(happening.message, trigger.subset);
}

}  // namespace

bool has_subset(const Json &value, const Json &subset)
{
    if (!subset.is_object() || !value.is_object())
        return value == subset;
    return std::all_of(subset.items().begin(), subset.items().end(), [&value](const auto &item) {
        const auto found = value.find(item.key());
        return found != value.end() && has_subset(*found, item.value());
    });
}

RuleBook::RuleBook(const std::vector<Rule> &rules, int connection)
{
    for (const Rule &rule : rules) {
        if (rule.connection == 0 || rule.connection == connection)
            entries_.push_back({&rule, rule.times == 0 ? -1 : rule.times});
    }
}

const Rule *RuleBook::take(const Happening &happening)
{
    for (Entry &entry : entries_) {
        if (entry.left == 0 || !matches(entry.rule->on, happening))
            continue;
        if (entry.left > 0)
            --entry.left;
        return entry.rule;
    }
    return nullptr;
}

std::optional<int64_t> RuleBook::next_number(const std::string &kind, int64_t after) const
{
    std::optional<int64_t> next;
    for (const Entry &entry : entries_) {
        const Trigger &on = entry.rule->on;
        if (entry.left != 0 && on.kind == kind && on.number > after && (!next || on.number < *next))
            next = on.number;
    }
    return next;
}

}  // namespace gemlive::emulator
