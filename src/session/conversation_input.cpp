#include "conversation.hpp"

#include "protocol/client_message.hpp"

namespace gemlive::session {

using std::chrono::milliseconds;

void Conversation::process_inbox()
{
    const auto self = shared_from_this();
    const auto now = Clock::now();
    for (Command &command : shared_->inbox.take()) {
        if (ended_) {
            return;
        }
        apply(command, now);
    }
    if (!ended_) {
        wake_link();
        watch_playout(now);
        check_hand_over(now);
        check_closing(now);
    }
    if (!ended_) {
        set_deadline();
    }
}

void Conversation::apply(Command &command, Clock::time_point now)
{
    if (command.in_stream) {
        settle_input(command.mark, now);
    }
    if (command.request != 0) {
        turns_.open_request(command.request, command.timeout_ms);
        act_on_effects();
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
        turns_.start_activity();
        act_on_effects();
        break;
    case Command::Kind::end_activity:
        turns_.end_activity(now_ms());
        act_on_effects();
        break;
    case Command::Kind::interrupt: {
        const bool server_spoke = turns_.is_running();
        turns_.interrupt(shared_->playout.enabled() && shared_->playout.queued_ms() > 0, now_ms());
        act_on_effects();
        if (!server_spoke || shared_->state.load() == State::connecting) {
            return;  // nothing to stop there
        }
        break;
    }
    case Command::Kind::close:
        if (!closing_) {
            closing_ = Closing{command.drain, now + bounded_ms(command.timeout_ms), false};
            take_samples(shared_->input.flush(), now);
            packetizer_.cut();
            take_packets(now);
            retry_now_.notify();
        }
        return;
    }
    for (JournalEntry &entry : command.entries) {
        entry.first_sample = entry.end_sample = shared_->input.samples_out();
        journal_.add(std::move(entry));
    }
}

void Conversation::settle_input(const media::InputMark &mark, Clock::time_point now)
{
    take_samples(shared_->input.take(mark), now);
    take_samples(shared_->input.settle(), now);
    packetizer_.cut();
    take_packets(now);
}

void Conversation::take_samples(std::span<const int16_t> samples, Clock::time_point now)
{
    if (!samples.empty()) {
        last_input_ = now;
        turns_.user_audio();
        packetizer_.add(samples, now);
    }
}

void Conversation::take_packets(Clock::time_point now)
{
    while (const auto packet = packetizer_.next(now)) {
        journal_.add_audio(packet->first_sample, packet->samples);
    }
    if (!shared_->patient.load(std::memory_order_relaxed)) {
        dropped_input_samples_ += journal_.drop_over_bound();
    }
}

void Conversation::pump_input(Clock::time_point now)
{
    const bool wait = shared_->patient.load(std::memory_order_relaxed) && journal_.is_full();
    if (!wait) {
        take_samples(shared_->input.take(), now);
    }
    take_packets(now);
    wake_link();
}

void Conversation::pump()
{
    if (!ended_) {
        pump_input(Clock::now());
        set_deadline();
    }
}

void Conversation::wake_link()
{
    if (connection_ && connection_->set_up && !connection_->end && !connection_->leaving && !journal_.empty()) {
        connection_->link->wake();
    }
}

bool Conversation::next_message(Connection &connection, std::string &out)
{
    if (!connection.setup_sent) {
        connection.setup_sent = true;
        return !protocol::encode_setup(shared_->profile.setup_with(connection.handle), out);
    }
    if (!connection.set_up || journal_.empty()) {
        return false;
    }
    connection.in_flight = journal_.take();
    const JournalEntry &entry = *connection.in_flight;
    if (entry.kind == EntryClass::audio) {
        protocol::encode_audio(entry.samples, media::wire_sample_rate, out);
    } else {
        out = entry.message;
    }
    return true;
}

void Conversation::on_written(Connection &connection)
{
    ++connection.next_index;
    if (!connection.in_flight) {
        return;
    }
    const JournalEntry entry = std::move(*connection.in_flight);
    connection.in_flight.reset();
    if (entry.request != 0) {
        turns_.request_written(entry.request, now_ms());
    }
    if (entry.kind == EntryClass::tool) {
        turns_.tool_answered(entry.call, entry.more_follows);
    }
    if (shared_->patient.load(std::memory_order_relaxed)) {
        pump_input(Clock::now());
    }
    check_hand_over(Clock::now());
    check_closing(Clock::now());
    if (!ended_) {
        set_deadline();
    }
}

// Coalesced: a running loss is told once a second.
void Conversation::report_drops(Clock::time_point now, bool at_once)
{
    const int64_t playout_ms = shared_->playout.dropped_ms() - reported_playout_drop_ms_;
    const bool any = dropped_input_samples_ > 0 || dropped_images_ > 0 || dropped_commands_ > 0 || playout_ms > 0;
    if (!any || (!at_once && drops_reported_ && now - *drops_reported_ < milliseconds(1000))) {
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
    report("playout_audio", playout_ms, "ms");
    reported_playout_drop_ms_ += playout_ms;
}

}  // namespace gemlive::session
