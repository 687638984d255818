#include "session/shared.hpp"

#include <utility>

#include "protocol/client_message.hpp"

namespace gemlive::session {
namespace {

using settings::Settings;

media::ResamplerQuality quality_of(const Settings &settings)
{
    return settings.high_quality ? media::ResamplerQuality::high : media::ResamplerQuality::standard;
}

media::InputStream::Settings input_settings(const Settings &settings)
{
    media::InputStream::Settings input;
    input.ring_ms = settings.input_ring_ms;
    input.quality = quality_of(settings);
    input.detect_voice = settings.voice_detection;
    return input;
}

media::Playout::Settings playout_settings(const Settings &settings)
{
    media::Playout::Settings playout;
    playout.prebuffer_ms = settings.playout_prebuffer_ms;
    playout.playout_ms = settings.playout_ms;
    playout.quality = quality_of(settings);
    return playout;
}

}  // namespace

JournalEntry stream_end_entry()
{
    JournalEntry entry;
    entry.kind = EntryClass::activity;
    protocol::encode_audio_stream_end(entry.message);
    return entry;
}

JournalEntry activity_entry(ActivityMark mark)
{
    JournalEntry entry;
    entry.kind = EntryClass::activity;
    entry.mark = mark;
    mark == ActivityMark::start ? protocol::encode_activity_start(entry.message)
                                : protocol::encode_activity_end(entry.message);
    return entry;
}

Status Inbox::put(Command command, const media::InputStream &input)
{
    std::lock_guard lock(mutex_);
    if (closed_) {
        return Status::closed;
    }
    // J10
    if (command.kind != Command::Kind::close) {
        size_t bytes = 0;
        for (const JournalEntry &entry : command.entries) {
            bytes += entry.message.size();
        }
        std::optional<Admission::Ticket> ticket = admission_.admit(bytes);
        if (!ticket) {
            return Status::would_block;
        }
        command.ticket = std::move(*ticket);
    }
    command.mark = input.position();
    commands_.push_back(std::move(command));
    return Status::ok;
}

std::vector<Command> Inbox::close()
{
    std::lock_guard lock(mutex_);
    closed_ = true;
    return std::exchange(commands_, {});
}

Inbox::Taken Inbox::take(const media::InputStream &input)
{
    std::lock_guard lock(mutex_);
    return {std::exchange(commands_, {}), input.position()};
}

Shared::Shared(Configuration given)
    : configuration(std::move(given)), input(input_settings(*configuration.settings)),
      playout(playout_settings(*configuration.settings)),
      events({.events = configuration.settings->event_queue, .bytes = configuration.settings->event_queue_bytes}),
      context(configuration.settings->chat_context_bytes),
      admission(configuration.settings->command_queue, configuration.settings->command_queue_bytes), inbox(admission),
      settings_(configuration.settings)
{
    context.update(configuration.settings->chat_context, true);
    if (!configuration.settings->setup.first_handle.empty()) {
        context.go_on_from_handle();
    }
    input.set_space_callback([this] {
        std::lock_guard lock(room_mutex);
        room_changed.notify_all();
    });
}

std::shared_ptr<const Settings> Shared::settings() const
{
    const std::lock_guard lock(settings_mutex_);
    return settings_;
}

void Shared::replace_settings(std::shared_ptr<const Settings> settings)
{
    const std::lock_guard lock(settings_mutex_);
    settings_.swap(settings);  // the old ones go behind the lock
}

bool Shared::close() noexcept
{
    Status taken = Status::ok;
    return refusal_.compare_exchange_strong(taken, Status::closed);
}

void Shared::end(const Error &end)
{
    const std::lock_guard lock(end_mutex_);
    if (end) {
        // The one status that asks the caller to try again would be asked for ever.
        const Status status = end.status == Status::would_block ? Status::closed : end.status;
        end_ = {status, "the session has ended: " + end.message};
    }
    refusal_.store(end_ ? end_.status : Status::closed, std::memory_order_release);
}

Error Shared::closed_error() const
{
    Error error = ended_error();
    return error ? error : Error(Status::closed, "the session is closing or closed");
}

Error Shared::ended_error() const
{
    const std::lock_guard lock(end_mutex_);
    return end_;
}

}  // namespace gemlive::session
