#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "dialogue/effects.hpp"

namespace gemlive::dialogue {

// The one request that no turn has answered yet, and those that nobody waits for any more although the server may still
// answer them. The rules R1 to R8.
class Requests {
public:
    // Abandoned requests that are remembered; beyond it the oldest is forgotten.
    static constexpr size_t max_abandoned = 32;

    // What a turn answers.
    struct Asked {
        uint64_t request = 0;
        int64_t written_ms = 0;
        bool withdrawn = false;      // the application does not want the answer
        bool without_tools = false;  // it is to call none
    };

    Requests(int64_t reply_timeout_ms, Effects &effects) : reply_timeout_ms_(reply_timeout_ms), effects_(effects) {}
    void set_timeout(int64_t reply_timeout_ms) noexcept { reply_timeout_ms_ = reply_timeout_ms; }

    void open(uint64_t request, int64_t timeout_ms, int64_t now_ms, bool without_tools);  // supersedes the one before
    void written(uint64_t request, int64_t now_ms);
    // True if the server has got the request that is cancelled.
    bool cancel(int64_t now_ms);
    // The user has spoken: what comes now is not the answer to a request that was withdrawn.
    void user_spoke();

    // Taken by the turn that begins.
    std::optional<Asked> take();
    // The server answers one that nobody wants.
    bool answer_is_unwanted() const noexcept;
    // The server has done with the oldest abandoned one that it has got. False: there is none.
    bool drop_abandoned();
    // The same, if nobody wants its answer.
    void drop_unwanted();
    // A turn of the server's ended without any output.
    void answered_with_nothing();

    void connection_ended();  // nothing that was abandoned is answered any more
    void lose_written();
    void write_again();
    void end();

    void forget_expired(int64_t now_ms);
    void on_time(int64_t now_ms);
    std::optional<int64_t> next_deadline() const noexcept;

    bool is_open() const noexcept { return open_.has_value(); }
    bool is_written() const noexcept { return open_ && open_->written_ms; }
    uint64_t written_one() const noexcept { return is_written() ? open_->id : 0; }

private:
    struct Request {
        uint64_t id = 0;
        int64_t timeout_ms = 0;
        bool without_tools = false;
        std::optional<int64_t> written_ms;
    };
    // Abandoned while it was on its way to the server, or waited for a turn.
    struct Abandoned {
        Asked asked;
        bool written = false;
        int64_t forget_ms = 0;
    };

    void fail(ReplyFailure reason);
    void abandon(ReplyFailure reason, int64_t now_ms);
    const Abandoned *oldest_written() const noexcept;
    void forget_withdrawn();

    int64_t reply_timeout_ms_;
    Effects &effects_;
    std::optional<Request> open_;
    std::vector<Abandoned> abandoned_;
};

}  // namespace gemlive::dialogue
