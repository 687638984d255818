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
    if (commands_.size() >= bound_ && command.kind != Command::Kind::close) {
        return Status::would_block;
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

std::vector<Command> Inbox::take()
{
    std::lock_guard lock(mutex_);
    return std::exchange(commands_, {});
}

Shared::Shared(settings::Options given_options, Profile given_profile, std::shared_ptr<net::TlsContext> given_tls)
    : options(std::move(given_options)), profile(std::move(given_profile)), tls(std::move(given_tls)),
      input(input_settings(options)), playout(playout_settings(options)),
      events(static_cast<size_t>(options.integer("event_queue"))),
      inbox(static_cast<size_t>(options.integer("command_queue")))
{
    input.set_space_callback([this] {
        std::lock_guard lock(room_mutex);
        room_changed.notify_all();
    });
}

void Shared::close(const std::string &why)
{
    const std::lock_guard lock(why_mutex);
    if (!closing.exchange(true)) {
        why_closed = why;
    }
}

Error Shared::closed_error() const
{
    const std::lock_guard lock(why_mutex);
    return {Status::closed, "the session is closing or closed" + (why_closed.empty() ? "" : ": " + why_closed)};
}

}  // namespace gemlive::session
