#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue/bounded_text.hpp"
#include "dialogue/effects.hpp"
#include "dialogue/usage.hpp"
#include "dialogue/utterances.hpp"
#include "protocol/server_message.hpp"

namespace gemlive::dialogue {

struct TurnRules {
    int64_t transcript_grace_ms = 1000;
    int64_t interrupt_grace_ms = 3000;
    int64_t reply_timeout_ms = 10000;
    int64_t stall_timeout_ms = 10000;  // 0: never
};

// What is known of the turn while it runs.
struct RunningTurn {
    // Forty times the largest answer of a model: it stops what has no end, and cuts nothing that has one.
    static constexpr size_t max_text_bytes = 4 * 1024 * 1024;

    uint64_t id = 0;
    uint64_t request = 0;
    int64_t started_ms = 0;
    std::optional<int64_t> asked_ms;  // end of the user's speech, or the request was written
    std::optional<int64_t> first_audio_ms;
    std::optional<int64_t> generated_at_ms;
    int64_t last_output_ms = 0;
    bool generation_complete = false;
    bool interrupted = false;
    BoundedText text{max_text_bytes};        // what it wrote; its transcript unless it spoke
    BoundedText transcript{max_text_bytes};  // of what it spoke
    bool half_a_sample = false;              // the last audio part ended within one
    int64_t frames = 0;
    int64_t generated_us = 0;
};

// A request that no turn has answered yet.
struct OpenRequest {
    uint64_t id = 0;
    int64_t timeout_ms = 0;
    std::optional<int64_t> written_ms;
};

// The rules of turns, utterances and requests as a pure step: what came in and what time it is go in, effects are
// appended to the list. It knows no socket, no clock and no lock, so a recording can run through it. The rules are
// numbered in docs/dialogue.md; a number in a comment marks where a rule is kept.
class Turns {
public:
    // Calls that the application leaves unanswered; what comes beyond is dropped and counted.
    static constexpr size_t max_open_calls = 1024;

    Turns(TurnRules rules, Effects &effects);
    void set_rules(const TurnRules &rules);  // for what begins from now on

    // A message of the server. go_away and setup_complete are the caller's.
    void on_message(const protocol::ServerMessage &message, int64_t now_ms);

    // What the client did.
    void user_audio();
    void start_activity();
    void end_activity(int64_t now_ms);
    void open_request(uint64_t request, int64_t timeout_ms);  // supersedes the one before
    void request_written(uint64_t request, int64_t now_ms);
    void tool_answered(const std::string &call, bool more_follows);  // written
    // The application stops the turn, or the sound of one that is still to be played.
    void interrupt(bool playing, int64_t now_ms);

    void connection_lost(int64_t now_ms);
    void connection_left(int64_t now_ms);  // on purpose, after a go-away
    // Fails the written, unanswered request: the next connection's server never got it.
    void fail_written_request();
    // The session's last events, but `closed`.
    void end(int64_t now_ms);

    // Everything that is due; the time of the next that will be.
    void on_time(int64_t now_ms);
    std::optional<int64_t> next_deadline() const;

    bool is_running() const noexcept { return turn_.has_value(); }
    bool has_open_request() const noexcept { return request_.has_value(); }
    bool user_speaks() const noexcept { return user_speaks_; }  // as far as anybody said so
    bool has_open_calls() const noexcept { return !open_calls_.empty(); }
    uint64_t last_turn() const noexcept { return last_turn_; }
    // The server still has to complete what it is saying.
    bool server_is_busy() const noexcept { return turn_.has_value() || muted_until_.has_value(); }
    const UsageTotals &usage_totals() const noexcept { return usage_; }
    int64_t turns_finished() const noexcept { return turns_finished_; }

private:
    void add(Effect effect) { effects_.push_back(std::move(effect)); }
    void ensure_turn(int64_t now_ms);
    bool drops_output();
    void on_interrupted(int64_t now_ms);
    void on_part(const protocol::Part &part, int64_t now_ms);
    void on_audio(const protocol::Part &part, int64_t now_ms);
    void on_tool_calls(const protocol::ServerMessage &message, int64_t now_ms);
    void on_resumption(const protocol::ResumptionUpdate &update, int64_t now_ms);
    void on_speech_signals(const protocol::ServerMessage &message, int64_t now_ms);
    void on_extras(const protocol::ServerContent &content);
    void on_usage(const protocol::Usage &usage);
    void finish_turn(TurnEnd reason, std::string_view server_reason, int64_t now_ms);
    void tell_metrics();
    void cancel_calls(std::vector<std::string> calls, Origin origin);
    void fail_request(ReplyFailure reason);
    uint64_t newest_turn() const noexcept { return turn_ ? turn_->id : last_turn_; }
    void unmute();
    bool waits_for_output() const noexcept;

    TurnRules rules_;
    Effects &effects_;
    Utterances utterances_;
    UsageTotals usage_;

    std::optional<RunningTurn> turn_;
    std::optional<TurnMetrics> metrics_;  // of the turn that just finished, until usage has had its chance
    uint64_t last_turn_ = 0;
    int64_t turns_finished_ = 0;
    std::optional<OpenRequest> request_;

    std::optional<int64_t> muted_until_;  // output of a cut turn is dropped
    bool muted_by_application_ = false;
    int64_t late_messages_ = 0;
    bool late_in_this_message_ = false;

    bool user_speaks_ = false;
    bool user_came_ = false;     // since the last turn began
    bool answer_sent_ = false;   // a tool's, since the last turn began
    std::optional<int64_t> speech_ended_ms_;
    std::vector<std::string> open_calls_;
    uint64_t next_local_call_ = 1;

    std::optional<int64_t> handle_ms_;  // when the newest resumption handle came
    bool resumable_ = false;
    int64_t last_message_ms_ = 0;
    bool stall_reported_ = false;
};

}  // namespace gemlive::dialogue
