#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "connection.hpp"
#include "dialogue/effects.hpp"
#include "dialogue/turns.hpp"
#include "media/packetizer.hpp"
#include "media/pre_roll.hpp"
#include "protocol/audio_assembler.hpp"
#include "engine/signal.hpp"
#include "engine/engine.hpp"
#include "session/budget.hpp"
#include "session/configuration.hpp"
#include "session/hand_over.hpp"
#include "session/journal.hpp"
#include "session/retry.hpp"
#include "session/shared.hpp"
#include "session/surroundings.hpp"
#include "tool_answer.hpp"
#include "wording.hpp"

namespace gemlive::session {

// How a session stands with its application. One writer: Controller::set_phase().
enum class SessionPhase : uint8_t {
    running,
    closing,     // the application asked for the end
    overflowed,  // nobody takes the events: the last ones are about to be made
    finishing,   // the last events are made; they pass the queue's bound
    ended,
};

// The controller of a session, on its I/O thread: connections come and go, the journal goes out, messages become events.
//   controller.cpp          connecting, living, losing, closing
//   controller_calls.cpp    calls of functions, and answers that the application does not give
//   controller_connect.cpp  one connection, from the credential to setupComplete, and why it failed
//   controller_context.cpp  what was said, as it is kept
//   controller_hand_over.cpp  from a connection that the server is going to end to the next
//   controller_input.cpp    audio and commands on their way out
//   controller_voice.cpp    what is heard in the microphone
//   controller_output.cpp   messages on their way in
//   controller_settings.cpp what the settings mean for each part, also when they change
//   controller_updates.cpp  changes of the setup on their way to the model
class Controller final : public engine::TimerClient,
                         public engine::ActivityClient,
                         public std::enable_shared_from_this<Controller> {
public:
    Controller(std::shared_ptr<Shared> shared, std::shared_ptr<engine::Engine> engine, Surroundings surroundings);

    // All on the I/O thread.
    void start();
    void process_inbox();
    void tell_not_applied(const Error &error);  // a change of the model's options
    void pump();   // a blocking writer waits for room
    void abort();  // the session is destroyed: nothing more is told

    void on_deadline(Clock::time_point now) override;
    void on_activity(Clock::time_point now) override;  // the microphone, after a rest
    const std::shared_ptr<engine::IoThread> &thread() const noexcept { return thread_; }

    // For Connection.
    bool next_message(Connection &connection, std::string &out);
    void on_written(Connection &connection, uint64_t end_byte);
    void on_no_traffic(Clock::duration silent);
    void on_connection_ended(const Connection &connection);
    void on_message(Connection &connection, const char *data, size_t size, size_t capacity);
    void on_batch_end(Connection &connection);  // all messages of one read are handled
    void wake_application() { shared_->events.end_batch(); }

    // Around everything that the I/O thread calls: an exception ends the session with its one `closed`, and nothing else.
    template <typename Work>
    void guarded(Work &&work)
    {
        try {
            work();
        } catch (...) {
            end_after_exception(std::current_exception());
        }
    }

private:
    static constexpr Clock::duration close_handshake = std::chrono::milliseconds(1000);
    static constexpr int invalid_payload = 1007;  // with this close code the service refuses what a message says

    struct Closing {
        bool drain = false;
        Clock::time_point deadline;
        bool link_asked = false;
    };
    // The message that is being handled: what its events are stamped with.
    struct Handled {
        Handled(uint64_t connection, wording::Message message) : connection(connection), message(std::move(message)) {}

        uint64_t connection;
        wording::Message message;
    };
    struct Act;  // on one effect of the rules

    bool is_ended() const noexcept { return phase_ == SessionPhase::ended; }
    void set_phase(SessionPhase phase);
    void publish_state();
    // Not one that was left, nor one that is prepared: what goes out is written to it, and its settings are in force.
    bool is_current(const Connection &connection) const noexcept { return &connection == connection_.get(); }
    bool is_live() const noexcept { return connection_ && connection_->is(ConnectionPhase::live); }
    bool on_io_thread() const;
    void end_after_exception(std::exception_ptr exception) noexcept;

    // Settings.
    static dialogue::TurnRules turn_rules(const settings::Settings &settings);
    static RetryLimits retry_limits(const settings::Settings &settings);
    static Journal::Limits journal_limits(const settings::Settings &settings);
    static Liveness::Limits liveness_limits(const settings::Settings &settings);
    static Budget::Limits budget_limits(const settings::Settings &settings);
    void put_in_force(std::shared_ptr<const settings::Settings> settings);
    void change_who_finds_speech();
    bool take_next_default_model(Failure &failure);
    void take_settings_of_next_dial();
    void take_prepared_settings(const Configuration &prepared);
    const Configuration &configuration_of(const Connection &connection) const noexcept
    {
        return connection.prepared ? *connection.prepared : in_force_;
    }
    void take_newer_setup();

    // Updates.
    void update();
    void check_update(Clock::time_point now);
    void update_before_request();
    std::optional<Clock::time_point> update_boundary() const;
    UpdateWay way_of_update() const;
    void update_within(Connection &connection, UpdateWay way);
    void accept_update(Connection &connection);
    bool refuses_last_update(const Connection &connection);
    static bool refuses_setup(const Failure &failure);
    bool take_refused_setup_back(const Failure &failure);
    void take_back(const Configuration &refused, const Configuration &former, const Failure &failure);

    // Connections.
    net::asio::awaitable<void> run_guarded();
    net::asio::awaitable<void> run();
    std::shared_ptr<Connection> begin_connection();
    net::asio::awaitable<void> live();
    net::asio::awaitable<bool> connect(Connection &connection, Failure &failure);
    net::asio::awaitable<Error> prepare_dial(Connection &connection, const Configuration &configuration, net::DialOptions &dial);
    void announce_connected(Connection &connection, const std::string &session_id);
    Failure failure_of_dial(const Connection &connection, const net::DialResult &result) const;
    Failure failure_of_end(const Connection &connection) const;
    void name_doubtful_version(Failure &failure) const;
    // Each says when the next dial may be; nothing when the session has ended.
    std::optional<Clock::time_point> after_connection(const Failure &failure);
    std::optional<Clock::time_point> after_life();
    enum class HandleOf : uint8_t { earlier_session, this_session };
    void keep_handle(std::string handle, HandleOf of);
    void keep_what_may_be_lost(const Connection &connection);
    void settle_written_request();
    void count_unsent();
    void reopen_activity(Connection &connection);
    void release_acknowledged(const Connection &connection, Clock::time_point now);
    void finish(wording::EndReason reason, Status code, const std::string &message);
    void check_closing(Clock::time_point now);
    Budget::Judgement judge_budget(Clock::time_point now);
    void check_budget(Clock::time_point now);
    bool is_drained();
    void rest_microphone(Clock::time_point now);
    void set_deadline();  // of what is due next; after whatever may have changed that
    Clock::time_point next_deadline(Clock::time_point now) const;

    // Hand-over.
    void on_go_away(int64_t time_left_ms);
    HandOver::Facts hand_over_facts() const;
    void check_hand_over(Clock::time_point now);
    bool may_prepare_successor();
    void hand_over();
    net::asio::awaitable<void> prepare_successor();
    void give_successor_up(const char *why);
    bool take_over();

    // Out.
    media::InputMark apply_commands(Clock::time_point now);
    void apply(Command &command, Clock::time_point now);
    bool leave_out_marks(Command &command) const;
    void pump_input(Clock::time_point now);
    void take_samples(std::span<const int16_t> samples, Clock::time_point now);
    void take_piece(std::span<const int16_t> samples, Clock::time_point now);
    void on_voice(const media::VoiceDetector::Change &change, Clock::time_point now);
    void begin_activity_by_voice(uint64_t sample, Clock::time_point now);
    void end_activity_by_voice(uint64_t sample, Clock::time_point now);
    void start_activity(JournalEntry mark, dialogue::SpeechSource by, std::optional<int64_t> offset_ms,
                        Clock::time_point now);
    void take_packets(Clock::time_point now);
    void settle_input(const media::InputMark &mark, Clock::time_point now);
    void end_voice(Clock::time_point now);
    bool holds_back_audio() const;
    bool discards_audio() const;
    void end_quiet_stream(Clock::time_point now);
    std::optional<Clock::time_point> stream_ends_at() const;
    void add_entries(Command &command, uint64_t sample);
    void wake_link();
    bool has_dropped() const noexcept;
    void report_drops(Clock::time_point now, bool at_once);

    // In.
    // Acts on what the last steps of the rules led to, effect by effect, and tells the application. To be called after
    // each step of turns_ that has effects.
    void act_on_effects();
    void tell_what_is_left_out();
    void keep_in_context(const dialogue::Effect &effect);
    void keep_heard(uint64_t turn, std::optional<int64_t> heard_ms);
    void add_context(Command &command);
    void release_context(bool at_once);
    bool tells_context(const Connection &connection) const;
    void withdraw_context();
    bool announces_history(const Connection &connection) const;
    bool may_have_been_too_much() const;
    void reached_journal(const JournalEntry &entry);
    bool tell_context(Connection &connection, bool speech_goes_again);
    wording::Restored restore(Connection &connection, bool speech_goes_again);
    std::vector<uint64_t> waiting_items() const;
    void forget_refused(const std::vector<uint64_t> &items);

    // Tool calls.
    void open_calls();
    bool holds_input_for_a_call() const;
    void answer_overdue_calls();
    Refusal refusal_of(const dialogue::ToolCallOpened &call) const;
    void refuse_call(Refusal why, const dialogue::ToolCallOpened &opened);
    void keep_own_answer(const ToolCalls::Call &call, const protocol::ToolAnswer &answer);
    void write_answers(const ToolCalls::Messages &ready);

    // Of that connection; 0: of the message that is being handled, else of the one that is used.
    void emit(std::shared_ptr<delivery::Event> event, uint64_t of_connection = 0);
    void tell_early_content(Connection &connection);
    void watch_playout(Clock::time_point now);
    void tell_played(uint64_t turn);
    int64_t now_ms() const { return shared_->now_ms(); }

    const std::shared_ptr<Shared> shared_;
    std::shared_ptr<const settings::Settings> settings_;  // in force, as in shared_
    Configuration in_force_;  // with what of newer settings is in place
    std::optional<Configuration> for_next_dial_;
    std::shared_ptr<const settings::Settings> postponed_;  // no connection could be made with them: they wait for one that has to be
    std::optional<Clock::time_point> update_waits_since_;  // the oldest of what is in for_next_dial_
    std::optional<Configuration> former_;  // until a server has accepted what is in force
    const std::shared_ptr<engine::Engine> engine_;
    const std::shared_ptr<engine::IoThread> thread_;

    dialogue::Effects effects_;  // of turns_, not yet acted on
    dialogue::Turns turns_;
    protocol::AudioAssembler assembler_;
    Journal journal_;
    media::Packetizer packetizer_;
    RetryPolicy retry_;
    Budget budget_;
    std::optional<Clock::time_point> first_connected_;

    const Surroundings surroundings_;
    SessionPhase phase_ = SessionPhase::running;
    std::shared_ptr<Connection> connection_;   // that is used
    std::shared_ptr<Connection> successor_;    // that is prepared to take over
    std::shared_ptr<Connection> predecessor_;  // that was left for it
    uint64_t last_connection_ = 0;             // its number
    std::string handle_;                      // newest resumption handle
    uint64_t handle_number_ = 0;
    std::vector<JournalEntry> held_context_;  // until no turn runs
    bool trims_context_ = false;              // the next server is told half: the last one may have had too much
    wording::DialCause cause_ = wording::DialCause::first;
    int attempt_ = 0;
    std::optional<int64_t> lost_at_ms_;
    engine::Signal retry_now_;
    std::optional<Closing> closing_;
    std::optional<HandOver> hand_over_;  // after the server's go-away
    bool handing_over_ = false;          // nothing more is written until the successor is accepted, or given up
    bool given_up_ = false;              // on our own wish
    bool takes_two_ = true;              // the server, connections of one conversation

    Clock::time_point next_release_;  // of what was written

    std::optional<Clock::time_point> last_input_;
    bool stream_is_open_ = false;    // audio came, and no end of the stream since
    uint64_t taken_ = 0;  // samples of the microphone: behind them is what comes next in the order of the stream
    bool activity_is_given_ = false;  // in that order
    uint64_t activity_by_voice_ = 0;  // its number in Shared, while it is open
    media::PreRoll pre_roll_;         // while audio is held back
    Clock::time_point packet_due_;  // when to look at the microphone's ring; once past, at each point of the grid
    uint64_t dropped_input_samples_ = 0;
    int64_t dropped_images_ = 0;
    int64_t dropped_commands_ = 0;
    int64_t dropped_context_items_ = 0;
    std::vector<std::string> told_left_out_;  // of the tools
    std::string told_version_warning_;
    int64_t reported_playout_drop_ms_ = 0;
    std::optional<Clock::time_point> drops_reported_;

    media::Playout::Heard played_;    // of a turn that still runs: all of it that has come so far
    Clock::duration playout_look_{};  // grows while nobody reads what waits to be played

    std::optional<Handled> handled_;
};

}  // namespace gemlive::session
