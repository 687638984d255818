#include "delivery/callbacks.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>

#include "platform/thread.hpp"

namespace gemlive::delivery {
namespace {

thread_local int callback_depth = 0;

}  // namespace

CallbackScope::CallbackScope() noexcept
{
    ++callback_depth;
}

CallbackScope::~CallbackScope()
{
    --callback_depth;
}

bool CallbackScope::is_active() noexcept
{
    return callback_depth > 0;
}

struct CallbackClient::State {
    State(std::shared_ptr<EventQueue> queue, Deliver given) : events(std::move(queue)), deliver(std::move(given)) {}

    const std::shared_ptr<EventQueue> events;
    std::mutex mutex;
    std::condition_variable changed;
    Deliver deliver;  // empty once stopped
    bool delivering = false;
};

struct CallbackThread::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<CallbackClient::State>> ready;
    bool ended = false;
};

CallbackClient::CallbackClient(std::shared_ptr<EventQueue> events, Deliver deliver)
    : state_(std::make_shared<State>(std::move(events), std::move(deliver)))
{
}

CallbackClient::~CallbackClient()
{
    stop();
}

void CallbackClient::stop()
{
    state_->events->set_hook(nullptr);
    Deliver released;
    std::unique_lock lock(state_->mutex);
    released = std::exchange(state_->deliver, nullptr);
    if (!CallbackScope::is_active()) {
        state_->changed.wait(lock, [this] { return !state_->delivering; });
    }
    lock.unlock();
}

CallbackThread::CallbackThread() : state_(std::make_shared<State>())
{
    platform::start_thread("gemlive-cb", [state = state_] { run(state); });
}

CallbackThread::~CallbackThread()
{
    std::lock_guard lock(state_->mutex);
    state_->ended = true;
    state_->changed.notify_all();
}

void CallbackThread::add(CallbackClient &client)
{
    client.state_->events->set_hook([state = state_, waiting = std::weak_ptr(client.state_)] {
        if (auto ready = waiting.lock()) {
            std::lock_guard lock(state->mutex);
            state->ready.push_back(std::move(ready));
            state->changed.notify_all();
        }
    });
}

void CallbackThread::run(const std::shared_ptr<State> &state)
{
    for (;;) {
        std::shared_ptr<CallbackClient::State> client;
        {
            std::unique_lock lock(state->mutex);
            state->changed.wait(lock, [&] { return state->ended || !state->ready.empty(); });
            if (state->ready.empty()) {
                return;
            }
            client = std::move(state->ready.front());
            state->ready.pop_front();
        }
        EventPtr event;
        while (client->events->take_next(event) == Status::ok) {
            Deliver deliver;
            {
                std::lock_guard lock(client->mutex);
                deliver = client->deliver;
                client->delivering = static_cast<bool>(deliver);
            }
            if (!deliver) {
                break;
            }
            {
                CallbackScope scope;
                deliver(event);
            }
            deliver = nullptr;
            std::lock_guard lock(client->mutex);
            client->delivering = false;
            client->changed.notify_all();
        }
    }
}

}  // namespace gemlive::delivery
