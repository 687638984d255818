#include "session/budget.hpp"

namespace gemlive::session {

void Budget::set_limits(const Limits &limits) noexcept
{
    tokens_warned_ = tokens_warned_ && limits.tokens <= limits_.tokens;
    time_warned_ = time_warned_ && limits.ms <= limits_.ms;
    limits_ = limits;
}

int64_t Budget::warns_at(int64_t limit) const noexcept
{
    return limit / 100 * limits_.warning_percent + limit % 100 * limits_.warning_percent / 100;
}

// S1
Budget::Judgement Budget::judge(const Spent &spent)
{
    const auto used = [](int64_t amount, int64_t limit, const char *option) {
        return "the session has used " + std::to_string(amount) + " of the " + std::to_string(limit) + option;
    };
    const auto tokens = [&] { return used(spent.tokens, limits_.tokens, " tokens of its option budget_tokens"); };
    const auto time = [&](int64_t ms) { return used(ms, limits_.ms, " ms of its option budget_ms"); };  // not when it was noticed
    if (limits_.tokens > 0 && !tokens_warned_ && spent.tokens >= warns_at(limits_.tokens)) {
        tokens_warned_ = true;
        return {Verdict::warn, tokens()};
    }
    if (limits_.ms > 0 && !time_warned_ && spent.ms >= warns_at(limits_.ms)) {
        time_warned_ = true;
        return {Verdict::warn, time(warns_at(limits_.ms))};
    }
    if (limits_.tokens > 0 && spent.tokens >= limits_.tokens) {
        return {Verdict::end, tokens()};
    }
    if (limits_.ms > 0 && spent.ms >= limits_.ms) {
        return {Verdict::end, time(limits_.ms)};
    }
    return {};
}

std::optional<int64_t> Budget::next_look_ms() const noexcept
{
    if (limits_.ms == 0) {
        return std::nullopt;
    }
    return time_warned_ ? limits_.ms : warns_at(limits_.ms);
}

}  // namespace gemlive::session
