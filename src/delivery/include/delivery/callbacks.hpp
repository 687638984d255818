#pragma once

#include <functional>
#include <memory>

#include "delivery/event.hpp"
#include "delivery/event_queue.hpp"

namespace gemlive::delivery {

// Marks that this thread runs code of the application, called by us: waiting calls would hang there.
class CallbackScope {
public:
    CallbackScope() noexcept;
    ~CallbackScope();
    CallbackScope(const CallbackScope &) = delete;

    static bool is_active() noexcept;
};

// Gives one event to the application. What it captured is released when the last copy is gone.
using Deliver = std::function<void(const EventPtr &)>;

// One session's events on their way to a callback.
class CallbackClient {
public:
    CallbackClient(std::shared_ptr<EventQueue> events, Deliver deliver);
    ~CallbackClient();

    // After it returns no callback begins; unless this thread is within a callback, none runs either.
    void stop();

private:
    friend class CallbackThread;
    struct State;
    std::shared_ptr<State> state_;
};

// A model's callback thread, named gemlive-cb: started with its first client, ended after the last owner.
class CallbackThread {
public:
    CallbackThread();
    ~CallbackThread();

    void add(CallbackClient &client);

private:
    struct State;
    static void run(const std::shared_ptr<State> &state);
    std::shared_ptr<State> state_;
};

}  // namespace gemlive::delivery
