#include "handles.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "delivery/callback_scope.hpp"

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
void free_object(uint64_t handle, Object *object) noexcept
{
    table<Object>().free(handle);
    delete object;
}

template <typename Object>
void destroy_plain(uint64_t handle) noexcept
{
    if (Object *const object = retire<Object>(handle)) {
        wait_for_calls(table<Object>(), handle);
        free_object(handle, object);
    }
}

// A retired object that may be in use by the very call whose callback this thread runs: then nobody waits, and the I/O
// thread looks from time to time whether the last call is over.
template <typename Object>
void free_when_unused(uint64_t handle, Object *object, const std::shared_ptr<engine::IoThread> &thread) noexcept
{
    if (!delivery::CallbackScope::is_active()) {
        wait_for_calls(table<Object>(), handle);
    } else if (table<Object>().pins(handle) > 1) {
        thread->retry([handle, object] {
            if (table<Object>().pins(handle) > 1) {
                return false;
            }
            free_object(handle, object);
            return true;
        });
        return;
    }
    free_object(handle, object);
}

}  // namespace

void destroy(const gemlive_options *options) noexcept
{
    destroy_plain<OptionsObject>(token(options));
}

void destroy(const gemlive_model *model) noexcept
{
    const uint64_t handle = token(model);
    if (ModelObject *const object = retire<ModelObject>(handle)) {
        object->model->release_queue();
        free_when_unused(handle, object, object->model->engine()->next_thread());
    }
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
    if (SessionObject *const object = retire<SessionObject>(handle)) {
        object->session->destroy();
        free_when_unused(handle, object, std::shared_ptr(object->session->thread()));
    }
}

}  // namespace gemlive::capi
