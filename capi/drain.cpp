#include "drain.hpp"

#include <algorithm>

#include "delivery/callback_scope.hpp"
#include "guard.hpp"
#include "handles.hpp"

namespace gemlive::capi {
namespace {

const char *const all_taken = "the closed event has been taken: nothing more comes";

}  // namespace

std::shared_ptr<void> owned(void *user_data, gemlive_release_callback release)
{
    return std::shared_ptr<void>(user_data, [release](void *data) {
        if (release) {
            release(data);
        }
    });
}

void call_back(gemlive_event_callback callback, void *user_data, const delivery::EventPtr &event)
{
    auto object = std::make_unique<EventObject>();
    object->event = event;
    object->borrowed = true;
    gemlive_event *const handle = make_handle(std::move(object));
    callback(handle, user_data);
    destroy(handle, true);
}

Error poll_event(delivery::EventQueue &queue, int64_t timeout_ms, gemlive_event **event)
{
    if (!event) {
        return null_argument("event");
    }
    if (timeout_ms != 0 && delivery::CallbackScope::is_active()) {
        return {Status::would_deadlock, "waiting within a callback would hang: use timeout_ms 0"};
    }
    auto object = std::make_unique<EventObject>();
    switch (const Status status = queue.take(timeout_ms, object->event)) {
    case Status::ok:
        *event = make_handle(std::move(object));
        return *event ? Error() : Error(Status::out_of_memory, "too many handles are alive: the event is lost");
    case Status::timeout: return {status, "no event came in time"};
    case Status::closed: return {status, all_taken};
    case Status::cancelled: return {status, "the wait was ended by a wake or by destroying"};
    default: return {Status::invalid_state, "another thread takes the events of this queue"};
    }
}

Error dispatch_events(delivery::EventQueue &queue, gemlive_event_callback callback, void *user_data, size_t max_events)
{
    if (!callback) {
        return null_argument("callback");
    }
    if (!queue.begin_drain()) {
        return {Status::invalid_state, "another thread, or this one, takes the events of this queue"};
    }
    struct End {
        delivery::EventQueue &queue;
        ~End() { queue.end_drain(); }
    } const end{queue};
    const size_t waiting = queue.size();
    const size_t most = max_events == 0 ? waiting : std::min(max_events, waiting);
    size_t given = 0;
    Status status = Status::ok;
    do {
        const delivery::CallbackScope scope;
        delivery::HandOut out;
        status = queue.take_next(out);
        if (status == Status::ok) {
            call_back(callback, user_data, out.event());
        }
    } while (status == Status::ok && ++given < most);
    if (status == Status::cancelled || queue.is_cancelled()) {  // also within the last one
        return {Status::cancelled, "destroyed within a callback"};
    }
    if (status == Status::closed && given == 0) {
        return {status, all_taken};
    }
    return {};
}

delivery::EventQueue::Hook hook_of(gemlive_wakeup_callback callback, const std::shared_ptr<void> &owner)
{
    if (!callback) {
        return nullptr;
    }
    return [callback, owner] { callback(owner.get()); };
}

}  // namespace gemlive::capi
