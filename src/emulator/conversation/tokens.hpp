#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "endpoint.hpp"
#include "messages.hpp"
#include "refusal.hpp"
#include "timeline.hpp"

namespace gemlive::emulator {

// The service's only recorded text about a key or token whose time is over.
Refusal token_no_longer_good();

// All ephemeral tokens that were given out: how often and how long each is good, and what it fixes of a setup. A token
// that is not of here is good for anything, as every key is.
class Tokens {
public:
    using WallTime = std::chrono::sys_time<Duration>;

    explicit Tokens(Ids &ids) : ids_(ids) {}

    // Answers POST auth_tokens. Times in the body are of the wall clock.
    HttpAnswer create(std::string_view body, Duration now, WallTime wall_now);
    // A token of a scenario, which has times of its own: new_session_expire_ms from now, expire_ms from the first session.
    // What is wrong comes back as a sentence.
    std::string add(const std::string &name, const Json &token, Duration now, WallTime wall_now);

    // Judges who opens a session, counts the use, and writes what the token fixes into the setup.
    Refusal admit(const std::string &name, Json &setup, Duration now);
    // How long the token is good; absent: for ever.
    std::optional<Duration> left(const std::string &name, Duration now) const;

private:
    struct Token {
        int64_t uses_left = 1;
        bool unlimited = false;
        Duration expires{};
        std::optional<Duration> life;  // from the first session
        Duration starts_until{};
        Json setup;  // null: nothing is fixed
        std::vector<std::string> mask;
    };

    static Refusal read(const Json &body, Duration now, WallTime wall_now, Token &token);
    void keep(const std::string &name, Token token);

    Ids &ids_;
    std::map<std::string, Token> tokens_;
    std::deque<std::string> order_;
};

}  // namespace gemlive::emulator
