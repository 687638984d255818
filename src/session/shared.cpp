#include "session/shared.hpp"

#include <utility>

namespace gemlive::session {
namespace {

media::ResamplerQuality quality_of(const settings::Options &options)
{
    return options.text("resampler_quality") == "high" ? media::ResamplerQuality::high
                                                       : media::ResamplerQuality::standard;
}

media::InputStream::Settings input_settings(const settings::Options &options)
{
    media::InputStream::Settings settings;
    settings.ring_ms = static_cast<int>(options.integer("input_ring_ms"));
    settings.quality = quality_of(options);
    return settings;
}

media::Playout::Settings playout_settings(const settings::Options &options)
{
    media::Playout::Settings settings;
    settings.prebuffer_ms = static_cast<int>(options.integer("playout_prebuffer_ms"));
    settings.playout_ms = static_cast<int>(options.integer("playout_ms"));
    settings.quality = quality_of(options);
    return settings;
}

}  // namespace

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

Shared::Shared(settings::Options given_options, Profile given_profile, std::shared_ptr<net::TlsContext> given_tls)
    : options(std::move(given_options)), profile(std::move(given_profile)), tls(std::move(given_tls)),
      input(input_settings(options)), playout(playout_settings(options)),
      events({.events = static_cast<size_t>(options.integer("event_queue")),
              .bytes = static_cast<size_t>(options.integer("event_queue_bytes"))}),
      admission(static_cast<size_t>(options.integer("command_queue")),
                static_cast<size_t>(options.integer("command_queue_bytes"))),
      inbox(admission)
{
    input.set_space_callback([this] {
        std::lock_guard lock(room_mutex);
        room_changed.notify_all();
    });
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
