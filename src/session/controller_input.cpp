#include "controller.hpp"

#include "base/assert.hpp"
#include "protocol/client_message.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

void Controller::process_inbox()
{
    const auto self = shared_from_this();
    guarded([this] {
        GEMLIVE_ASSERT(on_io_thread());
        const auto now = Clock::now();
        apply_commands(now);
        if (!is_ended()) {
            wake_link();
            watch_playout(now);
            check_hand_over(now);
            check_closing(now);
            set_deadline();
        }
    });
}

// J11: returns up to where the audio may be taken: a command that comes later has its place behind that.
media::InputMark Controller::apply_commands(Clock::time_point now)
{
    Inbox::Taken taken = shared_->inbox.take(shared_->input);
    for (Command &command : taken.commands) {
        if (is_ended()) {
            break;
        }
        apply(command, now);
    }
    return taken.until;
}

// A command may have been given before an update changed who finds the user's speech. False: nothing of it is left.
bool Controller::leave_out_marks(Command &command) const
{
    using Kind = Command::Kind;
    if (settings_->setup.manual_activity && (command.kind != Kind::end_activity || activity_is_given_)) {
        return command.kind != Kind::end_stream && command.kind != Kind::commit_audio;
    }
    if (command.kind == Kind::end_activity) {  // a request may come with it
        std::erase_if(command.entries, [](const JournalEntry &entry) { return entry.mark != ActivityMark::none; });
        command.kind = Kind::send;
        return !command.entries.empty();
    }
    return command.kind != Kind::start_activity;
}

void Controller::apply(Command &command, Clock::time_point now)
{
    if (!leave_out_marks(command)) {
        return;
    }
    if (command.in_stream) {
        settle_input(command.mark, now);
    }
    if (command.request != 0) {
        release_context(true);
        update_before_request();
        turns_.open_request(command.request, command.timeout_ms, now_ms(), command.without_tools);
        act_on_effects();
    }
    if (!command.entries.empty()) {
        command.entries.back().ticket = std::move(command.ticket);
    }
    switch (command.kind) {
    case Command::Kind::send:
        break;
    case Command::Kind::image:
        for (JournalEntry &entry : command.entries) {
            dropped_images_ += journal_.set_image(std::move(entry));
        }
        return;
    case Command::Kind::start_activity:
        pre_roll_.keep_newest(media::wire_samples(settings_->preroll_ms));
        start_activity(std::move(command.entries.front()), dialogue::SpeechSource::manual, std::nullopt, now);
        return;
    case Command::Kind::end_activity:
        activity_is_given_ = false;
        activity_by_voice_ = 0;
        turns_.end_activity(dialogue::SpeechSource::manual, std::nullopt, now_ms());
        act_on_effects();
        break;
    case Command::Kind::commit_audio:
        if (!stream_is_open_) {
            return;  // A6
        }
        end_voice(now);
        stream_is_open_ = false;
        break;
    case Command::Kind::end_stream:
        end_voice(now);
        stream_is_open_ = false;
        break;
    case Command::Kind::clear_audio:
        pre_roll_.clear();  // A5
        dropped_input_samples_ += journal_.discard_unsent_audio();
        return;
    case Command::Kind::add_context:
        add_context(command);
        return;
    case Command::Kind::interrupt: {
        const bool playing = shared_->playout.enabled() && shared_->playout.queued_ms() > 0;
        const bool tell_server = turns_.interrupt(playing, now_ms());
        act_on_effects();
        if (!tell_server || !is_live()) {
            return;  // nothing to stop there
        }
        break;
    }
    case Command::Kind::update:
        update();
        return;
    case Command::Kind::close:
        if (closing_) {  // a later close can only hurry the first
            closing_->drain = closing_->drain && command.drain;
            closing_->deadline = std::min(closing_->deadline, now + bounded_ms(command.timeout_ms));
        } else {
            closing_ = Closing{command.drain, now + bounded_ms(command.timeout_ms), false};
            journal_.hold_input(false);
            set_phase(SessionPhase::closing);
            give_successor_up("the session closes");
            release_context(true);
            take_samples(shared_->input.flush(), now);
            packetizer_.cut();
            take_packets(now);
            retry_now_.notify();
        }
        return;
    }
    add_entries(command, shared_->input.samples_out());
}

void Controller::add_entries(Command &command, uint64_t sample)
{
    for (JournalEntry &entry : command.entries) {
        entry.first_sample = entry.end_sample = sample;
        entry.tell_as_content([this](const std::string &call) { return turns_.is_unknown_to_server(call); });
        reached_journal(entry);
        if (!shared_->calls.are_cancelled(entry.calls)) {
            journal_.add(std::move(entry));
        }
    }
}

void Controller::settle_input(const media::InputMark &mark, Clock::time_point now)
{
    take_samples(shared_->input.take(mark), now);
    take_samples(shared_->input.settle(), now);
    packetizer_.cut();
    take_packets(now);
}

void Controller::take_samples(std::span<const int16_t> samples, Clock::time_point now)
{
    for (const media::VoiceDetector::Change &change : shared_->input.take_voice_changes()) {
        const uint64_t before = change.known - std::min(change.known, taken_);
        const auto size = static_cast<size_t>(std::min<uint64_t>(before, samples.size()));
        take_piece(samples.first(size), now);
        samples = samples.subspan(size);
        on_voice(change, now);
    }
    take_piece(samples, now);
}

void Controller::take_piece(std::span<const int16_t> samples, Clock::time_point now)
{
    if (samples.empty()) {
        return;
    }
    taken_ += samples.size();
    last_input_ = now;
    stream_is_open_ = true;
    if (holds_back_audio()) {
        const size_t onset = settings_->automatic_activity ? media::VoiceDetector::onset_samples : 0;
        pre_roll_.add(samples, media::wire_samples(settings_->preroll_ms) + onset);  // A1
        return;
    }
    pre_roll_.clear();  // the gate was opened: what goes now comes after it
    turns_.user_audio();
    if (const auto voice = shared_->input.last_voice()) {
        turns_.voice_heard(to_ms(*voice - shared_->created));
        shared_->last_voice_ms.store(to_ms(*voice - shared_->created), std::memory_order_relaxed);
    }
    if (packetizer_.waiting_samples() == 0) {
        packetizer_.move_to(taken_ - samples.size());
    }
    packetizer_.add(samples, now);
}

// A1: outside of an activity nobody listens.
bool Controller::holds_back_audio() const
{
    return settings_->setup.manual_activity && settings_->activity_gate && !activity_is_given_;
}

// What was held back goes behind the mark, and before what follows in the stream.
void Controller::start_activity(JournalEntry mark, dialogue::SpeechSource by, std::optional<int64_t> offset_ms,
                                Clock::time_point now)
{
    activity_is_given_ = true;
    turns_.start_activity(by, offset_ms, now_ms());
    act_on_effects();
    const std::vector<int16_t> before = pre_roll_.take();
    mark.first_sample = mark.end_sample = taken_ - before.size();
    journal_.add(std::move(mark));
    packetizer_.move_to(taken_ - before.size());
    packetizer_.add(before, now);
    take_packets(now);
}

// A4
bool Controller::discards_audio() const
{
    const bool outage = lost_at_ms_ && cause_ == wording::DialCause::lost && !is_live();
    return outage && settings_->outage_audio == settings::OutageAudio::discard &&
           !shared_->blocking_writer.load(std::memory_order_relaxed);
}

void Controller::take_packets(Clock::time_point now)
{
    const bool discards = discards_audio();
    while (const auto packet = packetizer_.next(now)) {
        if (discards) {
            dropped_input_samples_ += packet->samples.size();
        } else {
            journal_.add_audio(packet->first_sample, packet->samples);
        }
    }
    if (!shared_->blocking_writer.load(std::memory_order_relaxed)) {
        dropped_input_samples_ += journal_.drop_over_bound();
    }
}

void Controller::pump_input(Clock::time_point now)
{
    const media::InputMark until = apply_commands(now);
    if (is_ended()) {
        return;
    }
    const bool wait = shared_->blocking_writer.load(std::memory_order_relaxed) && journal_.is_full();
    const media::InputStream::Pace pace = shared_->input.pace();  // first: what comes meanwhile makes it too early
    if (wait) {
        last_input_ = now;  // no pause: it is we who do not take it
    } else {
        take_samples(shared_->input.take(until), now);
    }
    take_packets(now);
    packet_due_ = wait ? now : packetizer_.whole_at(pace.last_push, pace.block);
    wake_link();
}

std::optional<Clock::time_point> Controller::stream_ends_at() const
{
    return stream_is_open_ ? std::optional(*last_input_ + milliseconds(settings_->stream_pause_ms)) : std::nullopt;
}

// A2: the microphone is muted, or gives nothing for another reason.
void Controller::end_quiet_stream(Clock::time_point now)
{
    const auto at = stream_ends_at();
    if (!at || now < *at || shared_->input.waiting_frames() > 0) {
        return;
    }
    take_samples(shared_->input.settle(), now);
    packetizer_.cut();
    take_packets(now);
    end_voice(now);
    pre_roll_.clear();  // it is not from just before anything any more
    stream_is_open_ = false;
    if (!settings_->setup.manual_activity && !closing_) {
        JournalEntry end = stream_end_entry();
        end.first_sample = end.end_sample = shared_->input.samples_out();
        journal_.add(std::move(end));
    }
    wake_link();
}

void Controller::pump()
{
    guarded([this] {
        GEMLIVE_ASSERT(on_io_thread());
        if (!is_ended()) {
            pump_input(Clock::now());
            set_deadline();
        }
    });
}

void Controller::wake_link()
{
    journal_.hold_input(holds_input_for_a_call());
    if (is_live() && !handing_over_ && (connection_->has_messages() || !journal_.empty())) {
        connection_->link->wake();
    }
}

bool Controller::next_message(Connection &connection, std::string &out)
{
    GEMLIVE_ASSERT(on_io_thread());
    if (!connection.setup_sent) {
        connection.setup_sent = true;
        out = std::move(connection.setup);
        return true;
    }
    if (!connection.is(ConnectionPhase::live) || (handing_over_ && is_current(connection))) {
        return false;
    }
    if (!connection.history.empty()) {
        out = std::move(connection.history);
        connection.history.clear();
        return true;
    }
    if (!connection.preface.empty()) {
        out.swap(connection.preface);
        return true;
    }
    if (!connection.updates.empty()) {
        out = std::move(connection.updates.front());
        connection.updates.pop_front();
        return true;
    }
    journal_.hold_input(holds_input_for_a_call());
    if (journal_.empty()) {
        return false;
    }
    const JournalEntry &entry = journal_.begin_write(connection.number);
    if (entry.kind == EntryClass::audio) {
        protocol::encode_audio(journal_.samples_of(entry), media::wire_sample_rate, out);
    } else {
        out = entry.message;
    }
    return true;
}

void Controller::on_written(Connection &connection, uint64_t end_byte)
{
    GEMLIVE_ASSERT(on_io_thread());
    const uint64_t index = connection.next_index++;
    const auto written = journal_.written(connection.number, index, end_byte, Clock::now());
    if (!written) {
        return;  // the setup, or a preface
    }
    if (written->request != 0) {
        turns_.request_written(written->request, now_ms());
    }
    for (const std::string &call : written->calls) {
        turns_.tool_answered(call, written->more_follows, now_ms());
        shared_->calls.written(call);
    }
    if (shared_->blocking_writer.load(std::memory_order_relaxed)) {
        pump_input(Clock::now());
    }
    release_context(false);
    check_hand_over(Clock::now());
    check_update(Clock::now());
    check_closing(Clock::now());
    set_deadline();
}

// Of what this side counts; the playout counts for itself.
bool Controller::has_dropped() const noexcept
{
    return dropped_input_samples_ > 0 || dropped_images_ > 0 || dropped_commands_ > 0 || dropped_context_items_ > 0;
}

// Coalesced: a running loss is told once a second.
void Controller::report_drops(Clock::time_point now, bool at_once)
{
    const int64_t playout_ms = shared_->playout.dropped_ms() - reported_playout_drop_ms_;
    dropped_images_ += shared_->lost_frames.exchange(0);
    if (!(has_dropped() || playout_ms > 0) || (!at_once && drops_reported_ && now - *drops_reported_ < milliseconds(1000))) {
        return;
    }
    drops_reported_ = now;
    const auto report = [this](const char *what, int64_t amount, const char *unit) {
        if (amount > 0) {
            emit(wording::dropped(what, amount, unit));
        }
    };
    report("input_audio", static_cast<int64_t>(std::exchange(dropped_input_samples_, 0)), "samples");
    report("input_video", std::exchange(dropped_images_, 0), "images");
    report("commands", std::exchange(dropped_commands_, 0), "commands");
    report("chat_context", std::exchange(dropped_context_items_, 0), "items");
    report("playout_audio", playout_ms, "ms");
    reported_playout_drop_ms_ += playout_ms;
}

}  // namespace gemlive::session
