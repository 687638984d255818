#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include <gemlive/gemlive.h>

#include "base/handle_table.hpp"
#include "delivery/event.hpp"
#include "platform/fork.hpp"
#include "session/model.hpp"
#include "settings/options.hpp"
#include "session/session.hpp"

// What is behind the four kinds of handle, and the way from the C pointer to it.
namespace gemlive::capi {

struct OptionsObject {
    static constexpr unsigned kind = GEMLIVE_OBJECT_OPTIONS;
    using Handle = gemlive_options;
    settings::Options options;
};

struct ModelObject {
    static constexpr unsigned kind = GEMLIVE_OBJECT_MODEL;
    using Handle = gemlive_model;
    std::shared_ptr<session::Model> model;
};

struct SessionObject {
    static constexpr unsigned kind = GEMLIVE_OBJECT_SESSION;
    using Handle = gemlive_session;
    std::shared_ptr<session::Session> session;
    std::atomic<void *> user_data{nullptr};
};

struct EventObject {
    static constexpr unsigned kind = GEMLIVE_OBJECT_EVENT;
    using Handle = gemlive_event;
    delivery::EventPtr event;
    bool borrowed = false;  // of a callback: only the callback's end gives it up
};

template <typename Object>
HandleTable &table() noexcept
{
    return HandleTable::of(Object::kind);
}

template <typename Handle>
uint64_t token(const Handle *handle) noexcept
{
    return reinterpret_cast<uintptr_t>(handle);
}

template <typename Object>
typename Object::Handle *handle_of(uint64_t token) noexcept
{
    return reinterpret_cast<typename Object::Handle *>(static_cast<uintptr_t>(token));
}

// Real-time: the status of a call whose handle is not good, without a sentence.
inline Status dead_handle() noexcept
{
    return platform::is_forked_child() ? Status::invalid_state : Status::invalid_handle;
}

template <typename Object>
class Pinned : public Pin<Object> {
public:
    explicit Pinned(const typename Object::Handle *handle) noexcept
        : Pin<Object>(table<Object>(), platform::is_forked_child() ? 0 : token(handle))
    {
    }
};

// Null when there are no tokens left.
template <typename Object>
typename Object::Handle *make_handle(std::unique_ptr<Object> object)
{
    const uint64_t made = table<Object>().insert(object.get());
    if (made != 0) {
        object.release();
    }
    return handle_of<Object>(made);
}

// Lets no new call in, prepares the object (which wakes those that wait inside), waits for the calls that are inside and
// deletes it. A dead handle is left alone.
void destroy(const gemlive_options *options) noexcept;
void destroy(const gemlive_model *model) noexcept;
void destroy(const gemlive_session *session) noexcept;
void destroy(const gemlive_event *event, bool borrowed) noexcept;

}  // namespace gemlive::capi
