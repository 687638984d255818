#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue/bounded_text.hpp"
#include "dialogue/effects.hpp"
#include "dialogue/mute.hpp"
#include "dialogue/requests.hpp"
#include "dialogue/usage.hpp"
#include "dialogue/utterances.hpp"
#include "protocol/server_message.hpp"

namespace gemlive::dialogue {

struct TurnRules {
    int64_t transcript_grace_ms = 1000;
    int64_t interrupt_grace_ms = 3000;
    int64_t reply_timeout_ms = 10000;
    int64_t stall_timeout_ms = 10000;  // 0: never
    bool model_replies = true;         // a transcription model never does
    bool server_tells_speech = false;  // expected: when the user begins and ends to speak
};

// Behind generationComplete and the end of its playout a turn that gets no turnComplete ends.
constexpr int64_t completion_grace_ms = 2000;
// So many times silent for stall_timeout_ms, it ends.
constexpr int64_t stalls_until_end = 3;

// What is known of the turn while it runs.
struct RunningTurn {
    // Forty times the largest answer of a model: it stops what has no end, and cuts nothing that has one.
    static constexpr size_t max_text_bytes = 4 * 1024 * 1024;

    uint64_t id = 0;
    uint64_t request = 0;
    int64_t started_ms = 0;
    std::optional<int64_t> asked_ms;  // end of the user's speech, or the request was written
    std::optional<int64_t> first_audio_ms;
    std::optional<int64_t> generated_at_ms;  // generationComplete came, and nothing but words of it later
    int64_t last_output_ms = 0;              // or the last answer of a tool
    bool generation_told = false;
    bool interrupted = false;
    bool withdrawn = false;  // of a cancelled request, begun by a tool call: the rest is dropped
    bool without_tools = false;  // its request asked for that
    bool asked_again = false;  // since its last output: by a request, or by the user's words
    bool stall_reported = false;
    bool words_finished = false;  // the server says that its transcript is whole
    BoundedText text{max_text_bytes};        // what it wrote; its transcript unless it spoke
    BoundedText transcript{max_text_bytes};  // of what it spoke
    bool half_a_sample = false;              // the last audio part ended within one
    int64_t frames = 0;
    int64_t generated_us = 0;
};

struct OpenCall {
    std::string id;
    uint64_t turn = 0;
    bool has_id = true;  // the server's; else we gave it one
    bool resumable = false;  // a handle has come since, with which the next server knows of it
    bool unknown = false;    // to the server: its connection was lost before such a handle came
    bool unwanted = false;   // its turn was to call none
};

// The rules of turns, utterances and requests as a pure step: what came in and what time it is go in, effects are
// appended to the list. It knows no socket, no clock and no lock, so a recording can run through it. The rules are
// numbered in docs/dialogue.md; a number in a comment marks where a rule is kept.
class Turns {
public:
    // Calls that the application leaves unanswered; what comes beyond is dropped and counted.
    static constexpr size_t max_open_calls = 1024;

    Turns(TurnRules rules, Effects &effects);
    void set_rules(const TurnRules &rules);  // at once; a mute keeps the limits that it began with

    // How long a message takes to the server and back: of the connection that is used from now on.
    void connected(int64_t round_trip_ms) { round_trip_ms_ = round_trip_ms; }
    // When the last sample that waits in the playout will have been heard, if it is read steadily.
    void playing_until(int64_t ms) { playing_until_ms_ = ms; }

    // A message of the server. go_away and setup_complete are the caller's.
    void on_message(const protocol::ServerMessage &message, int64_t now_ms);

    // What the client did.
    void user_audio();
    void voice_heard(int64_t at_ms) { last_voice_ms_ = at_ms; }  // the newest, in the microphone
    // The user's speech begins and ends, by the word of the server or of whoever marks it instead.
    void start_activity(SpeechSource by, std::optional<int64_t> offset_ms, int64_t now_ms);
    void end_activity(SpeechSource by, std::optional<int64_t> offset_ms, int64_t now_ms);
    // Where the server looks for it: what the microphone heard.
    void voice_started(int64_t offset_ms, int64_t now_ms);
    void voice_stopped(int64_t offset_ms, int64_t now_ms);
    // Supersedes the one before. The answer to one without tools is to call none.
    void open_request(uint64_t request, int64_t timeout_ms, int64_t now_ms, bool without_tools = false);
    void request_written(uint64_t request, int64_t now_ms);
    void tool_answered(const std::string &call, bool more_follows, int64_t now_ms);  // written
    // The application stops the turn, or the sound of one that is still to be played, or else the pending request. True:
    // the server is to be told.
    bool interrupt(bool playing, int64_t now_ms);

    void connection_lost(int64_t now_ms);
    void connection_left(int64_t now_ms);  // on purpose, after a go-away
    // The next connection resumes nothing: its server knows of no call.
    void context_lost();
    // The written request that no turn has answered; 0: there is none. Its connection has ended: it fails, or it waits
    // again until it is written to the next one.
    uint64_t written_request() const noexcept { return requests_.written_one(); }
    void fail_written_request();
    void write_request_again() { requests_.write_again(); }
    // The session's last events, but `closed`.
    void end(int64_t now_ms);

    // Everything that is due; the time of the next that will be.
    void on_time(int64_t now_ms);
    std::optional<int64_t> next_deadline() const;

    bool is_running() const noexcept { return turn_.has_value(); }
    bool is_running(uint64_t turn) const noexcept { return turn_ && turn_->id == turn; }
    bool has_open_request() const noexcept { return requests_.is_open(); }
    // The last turn has ended, and the server says that more comes of what it answered.
    bool interaction_goes_on() const noexcept { return interaction_goes_on_ && !turn_; }
    bool user_speaks() const noexcept { return speech_by_.has_value(); }  // as far as anybody said so
    bool has_open_calls() const noexcept { return !open_calls_.empty(); }
    bool waits_for_a_tool() const noexcept;  // the running turn
    // An open call that the server does not know of: it came behind the handle with which the session was resumed.
    bool is_unknown_to_server(const std::string &call) const noexcept;
    // The user has said something or a tool has answered, and no turn has begun since. An answer may ask for none.
    std::optional<int64_t> reply_owed_since_ms() const noexcept;
    std::optional<int64_t> last_turn_ended_ms() const noexcept { return last_turn_ended_ms_; }
    // The newest resumption handle came when that turn had ended.
    bool handle_covers_last_turn() const noexcept { return handle_covers_; }
    const UsageTotals &usage_totals() const noexcept { return usage_; }
    int64_t turns_finished() const noexcept { return turns_finished_; }

private:
    void add(Effect effect) { effects_.push_back(std::move(effect)); }
    void ensure_turn(int64_t now_ms);
    void start_turn(int64_t now_ms);
    bool output_is_another_turns() const noexcept;
    bool drops_output(int64_t now_ms);
    bool is_late_word(int64_t now_ms) const noexcept;
    void on_interrupted(int64_t now_ms);
    void on_input_transcript(const protocol::Transcription &heard, bool interim, int64_t now_ms);
    void on_user_words(bool unanswered, int64_t now_ms);
    void on_output_transcript(std::string_view text, bool finished, int64_t now_ms);
    void on_generation_complete(int64_t now_ms);
    void on_interaction(const protocol::ServerContent &content, int64_t now_ms);
    void on_turn_complete(std::string_view server_reason, int64_t now_ms);
    void on_part(const protocol::Part &part, int64_t now_ms);
    void on_audio(const protocol::Part &part, int64_t now_ms);
    void on_tool_calls(const protocol::ServerMessage &message, int64_t now_ms);
    void on_resumption(const protocol::ResumptionUpdate &update, int64_t now_ms);
    void on_speech_signals(const protocol::ServerMessage &message, int64_t now_ms);
    void on_extras(const protocol::ServerContent &content);
    void on_usage(const protocol::Usage &usage);
    void finish_turn(TurnEnd reason, std::string_view server_reason, int64_t now_ms);
    // The server has not ended it: its turnComplete may still come.
    void finish_turn_uncompleted(TurnEnd reason, int64_t now_ms);
    void tell_metrics();
    void cancel_all_calls(Origin origin);
    void cancel_calls(std::vector<std::string> calls, Origin origin);
    uint64_t newest_turn() const noexcept { return turn_ ? turn_->id : last_turn_; }
    void mute(Origin by, uint64_t turn, int64_t now_ms);
    void unmute();  // tells what was dropped
    void unmute_by_evidence(int64_t now_ms);
    void tell_late_output();
    bool is_generating() const noexcept;  // output is due
    std::optional<int64_t> completes_at() const noexcept;
    std::optional<int64_t> stalls_at() const noexcept;
    std::optional<int64_t> ends_stalled_at() const noexcept;
    std::optional<int64_t> no_reply_at() const noexcept;

    TurnRules rules_;
    Effects &effects_;
    Utterances utterances_;
    Requests requests_;
    UsageTotals usage_;
    std::optional<UsageCounts> usage_of_turn_;  // since the last turn_metrics
    int64_t round_trip_ms_ = 0;
    int64_t playing_until_ms_ = 0;

    std::optional<RunningTurn> turn_;
    std::optional<TurnMetrics> metrics_;  // of the turn that just finished, until usage has had its chance
    uint64_t last_turn_ = 0;
    int64_t turns_finished_ = 0;
    uint64_t cut_turn_ = 0;                // the newest one of which `interrupted` was told
    std::optional<int64_t> late_words_until_ms_;  // words of the last turn still come
    bool completion_owed_ = false;         // the last turn ended without its turnComplete
    bool interaction_goes_on_ = false;     // the server says so: T24
    std::optional<int64_t> more_owed_since_ms_;
    TurnStarted last_started_;             // of the newest turn: what it answers

    std::optional<Mute> mute_;
    int64_t late_messages_ = 0;
    bool late_in_this_message_ = false;

    std::optional<SpeechSource> speech_by_;  // who says that the user speaks
    bool user_came_ = false;     // since the last turn began
    bool answer_sent_ = false;   // a tool's, since the last turn began
    bool answer_was_unwanted_ = false;  // its call, and that of none before it was wanted
    int64_t answer_sent_ms_ = 0;
    bool voice_asks_ = false;  // it may be the model's own, from the loudspeaker, while that speaks
    std::optional<int64_t> speech_ended_ms_;
    std::optional<int64_t> last_voice_ms_;
    int64_t last_turn_started_ms_ = 0;
    std::optional<int64_t> awaits_reply_since_ms_;  // the user's words, or the end of his speech
    std::vector<OpenCall> open_calls_;
    uint64_t next_local_call_ = 1;

    std::optional<int64_t> handle_ms_;  // when the newest resumption handle came
    bool resumable_ = false;
    bool handle_covers_ = false;
    std::optional<int64_t> last_turn_ended_ms_;
};

}  // namespace gemlive::dialogue
