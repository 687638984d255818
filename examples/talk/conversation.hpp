#pragma once

#include "handles.hpp"
#include "view.hpp"
#include "waiter.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace gemlive::talk {

// The session's last event.
struct Closed {
    std::string reason;
    std::string code;
    std::string message;

    bool requested() const { return reason == "requested"; }
};

// One session and the thread that takes its events: each is shown, told to the listeners, and put into the log.
class Conversation {
public:
    using Listener = std::function<void(const Json &event)>;

    explicit Conversation(SessionHandle session);
    ~Conversation();
    Conversation(const Conversation &) = delete;
    Conversation &operator=(const Conversation &) = delete;

    // Before begin() only.
    void add_listener(Listener listener) { listeners_.push_back(std::move(listener)); }

    void begin(View &view);

    gemlive_session *session() const { return session_.get(); }
    EventLog &log() { return log_; }

    // Nothing when it did not come in time. Once stopped it waits for `hurried` at most.
    std::optional<Closed> wait_closed(Time deadline, std::stop_token stop, std::chrono::milliseconds hurried);
    std::optional<Closed> closed() const;

private:
    void run(View &view, const std::stop_token &stop);
    void take(const gemlive_event *event, View &view);

    SessionHandle session_;
    EventLog log_;
    std::vector<Listener> listeners_;
    mutable std::mutex mutex_;
    std::condition_variable_any closed_changed_;
    std::optional<Closed> closed_;
    std::jthread thread_;
};

}  // namespace gemlive::talk
