#pragma once

#include <cstdint>
#include <optional>

#include "dialogue/effects.hpp"

namespace gemlive::dialogue {

// While the rest of a turn that was cut is dropped: until the server's end of that turn, or evidence of a new one.
class Mute {
public:
    struct Limits {
        int64_t interrupt_grace_ms = 0;  // of the server's interruption
        int64_t stall_timeout_ms = 0;    // 0: never
        int64_t round_trip_ms = 0;
    };

    // `turn`: whose rest it is; 0: of a request that was withdrawn.
    Mute(Origin by, uint64_t turn, int64_t now_ms, const Limits &limits);

    // What may be evidence.
    void request_written(int64_t now_ms) { request_written_ms_ = now_ms; }
    void user_spoke() noexcept { user_spoke_ = true; }
    bool shows_new_turn(int64_t now_ms) const noexcept;

    void output_dropped(int64_t now_ms) noexcept { last_output_ms_ = now_ms; }
    void generation_complete(int64_t now_ms) noexcept;
    // The server has stopped too; its turnComplete follows.
    void server_interrupted(int64_t now_ms) noexcept;

    uint64_t turn() const noexcept { return turn_; }
    // When it ends without evidence.
    std::optional<int64_t> ends_at() const noexcept;

private:
    const Limits limits_;
    Origin by_;
    uint64_t turn_;
    int64_t since_ms_;  // the server's interruption
    int64_t last_output_ms_;
    std::optional<int64_t> generated_at_ms_;
    std::optional<int64_t> request_written_ms_;
    bool user_spoke_ = false;
};

}  // namespace gemlive::dialogue
