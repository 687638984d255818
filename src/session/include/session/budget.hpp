#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace gemlive::session {

// What a session may spend, in tokens and in time: a warning before it, the end behind it. A pure step: what was spent goes
// in, a verdict comes out.
class Budget {
public:
    struct Limits {
        int64_t tokens = 0;  // 0: no limit
        int64_t ms = 0;      // since the first connection; 0: no limit
        int64_t warning_percent = 80;
    };
    struct Spent {
        int64_t tokens = 0;
        int64_t ms = 0;
    };
    enum class Verdict : uint8_t { go_on, warn, end };
    struct Judgement {
        Verdict verdict = Verdict::go_on;
        std::string sentence;  // of a warning or an end
    };

    explicit Budget(const Limits &limits) noexcept : limits_(limits) {}
    // A limit that was raised is warned of anew.
    void set_limits(const Limits &limits) noexcept;

    // To be asked again after a warning. Each limit is warned of once, also one that is spent at once.
    Judgement judge(const Spent &spent);
    // When the time alone will make a difference; nothing: never.
    std::optional<int64_t> next_look_ms() const noexcept;

private:
    int64_t warns_at(int64_t limit) const noexcept;

    Limits limits_;
    bool tokens_warned_ = false;
    bool time_warned_ = false;
};

}  // namespace gemlive::session
