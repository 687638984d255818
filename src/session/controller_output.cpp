#include "controller.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/base64.hpp"
#include "protocol/decoder.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

namespace {

constexpr Clock::duration longest_playout_look = milliseconds(1000);
// A sign of the user's speech comes that much later than its first sound, at most.
constexpr uint64_t signal_delay_samples = media::wire_sample_rate;

// What decoding a message needs: its memory is used again for the next, of whichever session of the thread.
struct Decoding {
    protocol::Decoder decoder;
    protocol::ServerMessage message;
    std::string without_audio;
};

Decoding &decoding_of_this_thread()
{
    thread_local Decoding decoding;
    return decoding;
}

// An application that reads wants sound, whatever it has set.
bool enable_if_read(media::Playout &playout)
{
    if (playout.reader_seen() && !playout.enabled()) {
        playout.enable();
    }
    return playout.enabled();
}

}  // namespace

void Controller::on_message(Connection &connection, const char *data, size_t size, size_t capacity)
{
    GEMLIVE_ASSERT(on_io_thread());
    const bool is_left = !is_current(connection) && &connection != successor_.get();
    if (is_ended() || is_left || connection.is(ConnectionPhase::ended) || (closing_ && closing_->link_asked)) {
        return;
    }
    const auto self = shared_from_this();
    shared_->events.begin_batch();
    auto &[decoder, message, without_audio] = decoding_of_this_thread();
    const Error error = decoder.decode(data, size, capacity, message);
    const bool is_accepted = message.setup_complete.present && connection.is(ConnectionPhase::setting_up);
    if (is_accepted && &connection == successor_.get() && !take_over()) {
        return;
    }
    handled_.emplace(connection.number, wording::Message({data, size}, message, without_audio));
    if (is_accepted) {
        announce_connected(connection, message.setup_complete.session_id);
    }
    if (error) {
        emit(wording::error(error, false));
    }
    if (message.error.present) {
        emit(wording::error(Error(Status::protocol, message.error.message), true));
    }
    enable_if_read(shared_->playout);
    if (connection.is(ConnectionPhase::setting_up) && message.has_conversation()) {
        tell_early_content(connection);  // T20
    } else {
        turns_.on_message(message, now_ms());
        act_on_effects();
    }
    if (message.resumption.last_consumed.value_or(-1) >= 0) {
        connection.counts_consumed = true;  // what it has only received it may still lose
        journal_.consumed(connection.number, static_cast<uint64_t>(*message.resumption.last_consumed));
    }
    if (message.go_away_ms) {
        on_go_away(*message.go_away_ms);
    }
    handled_.reset();
    if (message.usage.present) {
        static_cast<void>(judge_budget(Clock::now()));  // warns behind the message that it is about; the end can wait for the batch's
    }
}

void Controller::on_batch_end(Connection &connection)
{
    if (!is_ended() && is_current(connection)) {
        const auto self = shared_from_this();
        const auto now = Clock::now();
        release_acknowledged(connection, now);
        watch_playout(now);
        check_hand_over(now);
        check_update(now);
        check_closing(now);
        check_budget(now);
        set_deadline();
    }
    wake_application();
}

// Nothing can be said before the setup is accepted: a server that does has lost its way, and opens nothing.
void Controller::tell_early_content(Connection &connection)
{
    if (!std::exchange(connection.spoke_early, true)) {
        emit(wording::error(Error(Status::protocol, "the server spoke before it accepted the setup; that was left out"),
                            true));
    }
}

void Controller::on_no_traffic(Clock::duration silent)
{
    emit(wording::no_traffic(to_ms(silent)));
}

// What an effect means for the rest of the session is done before the application hears of it.
struct Controller::Act {
    Controller &self;

    media::Playout &playout() { return self.shared_->playout; }
    std::optional<int64_t> heard_ms(uint64_t turn)
    {
        return playout().enabled() ? std::optional(playout().heard(turn).ms) : std::nullopt;
    }

    template <typename Effect>
    void operator()(const Effect &effect)
    {
        self.emit(wording::event_of(effect));
    }

    void operator()(const dialogue::Audio &audio)
    {
        if (!audio.continues_sample) {
            self.assembler_.start_turn();
        }
        const bool plays = playout().enabled();
        const settings::AudioEvents wanted = self.settings_->audio_events;
        const bool tells = wanted == settings::AudioEvents::on || (wanted == settings::AudioEvents::automatic && !plays);
        if (!(tells ? tell(audio, plays) : play(audio))) {
            report_no_base64();
        }
    }

    // Decoded straight into the ring. Like tell(), false when it is no base64: what came before that is heard.
    bool play(const dialogue::Audio &audio)
    {
        protocol::AudioAssembler &assembler = self.assembler_;
        for (std::string_view rest = audio.base64; !rest.empty();) {
            const std::span<int16_t> room =
                playout().begin_chunk(audio.turn, audio.sample_rate, assembler.room_for(rest));
            if (room.empty()) {  // nobody hears it, but its odd byte may be the next one's
                return assembler.add(rest).has_value();
            }
            const std::optional<size_t> frames = assembler.decode(rest, room);
            if (!frames) {
                return false;
            }
            playout().commit(*frames);
        }
        return true;
    }

    // Decoded straight into the event.
    bool tell(const dialogue::Audio &audio, bool plays)
    {
        const size_t room = self.assembler_.room_for(audio.base64);
        delivery::AudioEvent made = wording::event_of(audio, room, self.handled_->message);
        std::string_view rest = audio.base64;
        const std::optional<size_t> frames = self.assembler_.decode(rest, made.samples);
        if (!frames) {
            return false;
        }
        made.set_frames(*frames);
        if (plays) {
            playout().append(audio.turn, made.samples, audio.sample_rate);
        }
        if (!made.samples.empty()) {
            self.emit(std::move(made.event));
        }
        return true;
    }

    void operator()(const dialogue::Media &media)
    {
        std::vector<uint8_t> bytes(base64::decoded_size(media.base64));
        const auto size = base64::decode(media.base64, bytes.data());
        if (!size) {
            report_no_base64();
            return;
        }
        bytes.resize(*size);
        self.emit(wording::event_of(media, std::move(bytes)));
    }

    void report_no_base64()
    {
        const Error error(Status::protocol, "The server sent media that is not base64; it was left out.");
        self.emit(wording::error(error, false));
    }

    void operator()(const dialogue::GenerationComplete &complete)
    {
        playout().end_of_turn(complete.turn);
        self.emit(wording::event_of(complete));
    }

    void operator()(const dialogue::Interrupted &cut)
    {
        std::optional<int64_t> flushed_ms;
        if (playout().enabled()) {
            flushed_ms = 0;
            for (const media::Playout::Flushed &flushed : playout().flush()) {
                *flushed_ms += flushed.flushed_ms;
            }
        }
        const std::optional<int64_t> heard = heard_ms(cut.turn);
        self.keep_heard(cut.turn, heard);
        self.emit(wording::event_of(cut, heard, flushed_ms));
    }

    void operator()(const dialogue::TurnFinished &finished)
    {
        playout().end_of_turn(finished.turn);
        self.connection_->turn_finished |= finished.reason == dialogue::TurnEnd::completed;
        self.emit(wording::event_of(finished, heard_ms(finished.turn)));
        self.tell_played(finished.turn);
    }

    void operator()(const dialogue::TurnStarted &started)
    {
        Connection &connection = *self.connection_;
        self.journal_.turn_began(connection.number, started.request, Clock::now() - connection.round_trip());
        if (!self.turns_.user_speaks()) {
            self.journal_.keep_no_more();
        }
        self.accept_update(connection);  // what still came of the turn before it says nothing of an update
        self.emit(wording::event_of(started));
    }

    // H5: it may have to be sent again from its beginning.
    void operator()(const dialogue::SpeechStarted &started)
    {
        const uint64_t now = self.taken_;
        switch (started.source) {
        case dialogue::SpeechSource::manual: self.journal_.keep_from(now - self.pre_roll_.size()); break;
        case dialogue::SpeechSource::server: self.journal_.keep_from(now - std::min(now, signal_delay_samples)); break;
        case dialogue::SpeechSource::local: {
            const int64_t from_ms = std::max<int64_t>(*started.offset_ms - self.settings_->preroll_ms, 0);
            const uint64_t from = media::wire_samples(from_ms);
            // Without an activity it may go on with an utterance that is kept already.
            self.settings_->setup.manual_activity ? self.journal_.keep_from(from) : self.journal_.keep_from_earlier(from);
            break;
        }
        }
        self.emit(wording::event_of(started));
    }

    void operator()(const dialogue::SpeechStopped &stopped)
    {
        self.emit(wording::event_of(stopped, self.settings_->setup.transcribes_user));
    }

    void operator()(const dialogue::ReplyFailed &failed)
    {
        if (self.journal_.withdraw(failed.request)) {
            const std::lock_guard lock(self.shared_->context_mutex);
            self.shared_->context.remove_request(failed.request);
        }
        self.emit(wording::event_of(failed));
    }

    void operator()(const dialogue::ToolCallOpened &call)
    {
        if (const Refusal why = self.refusal_of(call); why != Refusal::none) {
            self.refuse_call(why, call);
            return;
        }
        const std::string *const behavior = self.settings_->setup.tools.behavior_of(call.name);
        self.emit(wording::event_of(call, behavior && *behavior != "UNSPECIFIED" ? *behavior : ""));
    }

    void operator()(const dialogue::ToolCallsCancelled &cancelled)
    {
        self.write_answers(self.shared_->calls.cancelled(cancelled.calls));
        self.journal_.withdraw_calls(cancelled.calls);
        self.wake_link();  // what waited for their answers
        self.emit(wording::event_of(cancelled));
    }

    void operator()(const dialogue::ResumptionUpdated &update)
    {
        // One that comes before the history was written holds nothing of it.
        if (!update.handle.empty() && self.connection_->history_is_written()) {
            self.keep_handle(std::string(update.handle), HandleOf::this_session);
        }
        self.emit(wording::event_of(update));
    }
};

// Once, however often the tools go out.
void Controller::tell_what_is_left_out()
{
    const std::string &warning = settings_->endpoint.version_warning;
    if (warning != told_version_warning_) {
        told_version_warning_ = warning;
        if (!warning.empty()) {
            emit(wording::error(Error(Status::unsupported, warning), false));
        }
    }
    const std::vector<std::string> &left_out = settings_->setup.tools.left_out();
    if (left_out == told_left_out_) {
        return;
    }
    told_left_out_ = left_out;
    for (const std::string &sentence : left_out) {
        emit(wording::not_applied("tools", sentence));
    }
}

void Controller::act_on_effects()
{
    open_calls();
    for (const dialogue::Effect &effect : effects_) {  // acting takes no step of the rules, so none is added
        keep_in_context(effect);
        std::visit(Act{*this}, effect);
    }
    effects_.clear();
    shared_->user_speaks.store(turns_.user_speaks(), std::memory_order_relaxed);
    release_context(false);
}

void Controller::emit(std::shared_ptr<delivery::Event> event, uint64_t of_connection)
{
    if (is_ended() || phase_ == SessionPhase::overflowed) {
        return;
    }
    event->time_ms = now_ms();
    event->session = shared_->handle;
    event->connection = connection_ ? connection_->number : 0;
    if (of_connection != 0) {
        event->connection = of_connection;
    } else if (handled_) {
        event->connection = handled_->connection;
        if (!event->server_message) {
            event->server_message = handled_->message.shown();
        }
    }
    const bool last_events = phase_ == SessionPhase::finishing;
    if (!shared_->events.push(std::move(event), last_events) && !last_events) {
        set_phase(SessionPhase::overflowed);  // the rules that made this event are still at work
        thread_->post([self = shared_from_this()] {
            self->guarded([&self] {
                self->finish(wording::EndReason::event_queue_full, Status::would_block,
                             "nobody took the events, and more than the options event_queue and event_queue_bytes allow "
                             "wait");
            });
        });
    }
}

// T21: of a turn that has just ended and was played before.
void Controller::tell_played(uint64_t turn)
{
    if (played_.turn == turn && shared_->playout.heard(turn).frames == played_.frames && shared_->playout.queued_us() == 0) {
        emit(wording::playout_finished(played_.turn, played_.ms));
    }
}

void Controller::watch_playout(Clock::time_point now)
{
    media::Playout &playout = shared_->playout;
    if (!enable_if_read(playout)) {
        return;
    }
    const int64_t queued_us = playout.queued_us();
    turns_.playing_until(queued_us > 0 ? now_ms() + queued_us / 1000 : 0);
    while (const auto finished = playout.next_finished()) {
        if (turns_.is_running(finished->turn)) {
            played_ = *finished;  // T21: its server may still go on
        } else {
            emit(wording::playout_finished(finished->turn, finished->ms));
        }
    }
    playout.collect(now);
    const bool stands = queued_us > 0 && playout.queued_us() == queued_us;
    playout_look_ = stands ? std::clamp<Clock::duration>(playout_look_ * 2, engine::IoThread::grid, longest_playout_look)
                           : Clock::duration::zero();
}

}  // namespace gemlive::session
