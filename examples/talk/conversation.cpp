#include "conversation.hpp"

#include <algorithm>
#include <utility>

namespace gemlive::talk {
namespace {

// Ends by itself with `closed`; this only bounds how long an end from outside goes unnoticed.
constexpr int64_t poll_ms = 1'000;

std::string text_of(const char *text)
{
    return text == nullptr ? "" : text;
}

}  // namespace

Conversation::Conversation(SessionHandle session) : session_(std::move(session))
{
}

Conversation::~Conversation()
{
    thread_.request_stop();
    gemlive_session_wake(session_.get());
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Conversation::begin(View &view)
{
    thread_ = std::jthread([this, &view](const std::stop_token &stop) { run(view, stop); });
}

void Conversation::run(View &view, const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        gemlive_event *taken = nullptr;
        const gemlive_status status = gemlive_session_poll_event(session_.get(), poll_ms, &taken);
        const EventHandle event(taken);
        if (status == GEMLIVE_OK) {
            take(event.get(), view);
        } else if (status != GEMLIVE_ERROR_TIMEOUT && status != GEMLIVE_ERROR_CANCELLED) {
            return;
        }
    }
}

void Conversation::take(const gemlive_event *event, View &view)
{
    const std::string line = text_of(gemlive_event_json(event, nullptr));
    const Json json = Json::parse(line, nullptr, false);
    view.event(json, line);
    for (const Listener &listener : listeners_) {
        listener(json);
    }
    if (gemlive_event_type(event) == GEMLIVE_EVENT_CLOSED) {
        std::lock_guard lock(mutex_);
        closed_ =
            Closed{text_of(gemlive_event_reason(event, nullptr)), gemlive_status_name(gemlive_event_code(event)),
                   text_of(gemlive_event_message(event, nullptr))};
        closed_changed_.notify_all();
    }
    log_.append(json);
}

std::optional<Closed> Conversation::wait_closed(Time deadline, std::stop_token stop,
                                                std::chrono::milliseconds hurried)
{
    std::unique_lock lock(mutex_);
    const auto has_closed = [this] { return closed_.has_value(); };
    if (!closed_changed_.wait_until(lock, stop, deadline, has_closed) && stop.stop_requested()) {
        const Time soon = std::chrono::steady_clock::now() + hurried;
        closed_changed_.wait_until(lock, std::min(deadline, soon), has_closed);
    }
    return closed_;
}

std::optional<Closed> Conversation::closed() const
{
    std::lock_guard lock(mutex_);
    return closed_;
}

}  // namespace gemlive::talk
