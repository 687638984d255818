#include "handles.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace gemlive::capi {
namespace {

// Real-time threads drop their pins without waking anybody, so whoever waits has to look. Their calls take microseconds.
void wait_for_calls(HandleTable &handles, uint64_t handle)
{
    auto pause = std::chrono::microseconds(10);
    while (handles.pins(handle) > 1) {
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::microseconds(1000));
    }
}

template <typename Object>
Object *retire(uint64_t handle) noexcept
{
    if (platform::is_forked_child()) {
        return nullptr;  // what the child has is a copy, and goes with it
    }
    HandleTable &handles = table<Object>();
    auto *const object = static_cast<Object *>(handles.pin(handle));
    if (object && !handles.retire(handle)) {
        handles.unpin(handle);
        return nullptr;
    }
    return object;
}

template <typename Object>
void destroy_plain(uint64_t handle) noexcept
{
    if (Object *const object = retire<Object>(handle)) {
        wait_for_calls(table<Object>(), handle);
        table<Object>().free(handle);
        delete object;
    }
}

}  // namespace

void destroy(const gemlive_options *options) noexcept
{
    destroy_plain<OptionsObject>(token(options));
}

void destroy(const gemlive_model *model) noexcept
{
    destroy_plain<ModelObject>(token(model));
}

void destroy(const gemlive_event *event, bool borrowed) noexcept
{
    {
        const Pinned<EventObject> pinned(event);
        if (!pinned || pinned->borrowed != borrowed) {
            return;
        }
    }
    destroy_plain<EventObject>(token(event));
}

void destroy(const gemlive_session *session) noexcept
{
    const uint64_t handle = token(session);
    SessionObject *const object = retire<SessionObject>(handle);
    if (!object) {
        return;
    }
    object->session->destroy();
    HandleTable &handles = table<SessionObject>();
    if (!delivery::CallbackScope::is_active()) {
        wait_for_calls(handles, handle);
        handles.free(handle);
        delete object;
        return;
    }
    // The dispatch that runs this callback is inside too: the I/O thread waits in our place.
    object->session->thread()->retry([&handles, handle, object] {
        if (handles.pins(handle) > 1) {
            return false;
        }
        handles.free(handle);
        delete object;
        return true;
    });
}

}  // namespace gemlive::capi
