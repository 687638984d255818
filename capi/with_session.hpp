#pragma once

#include "guard.hpp"
#include "handles.hpp"

namespace gemlive::capi {

// A guarded call on a live session; `call` returns an Error.
template <typename Call>
gemlive_status with_session(const gemlive_session *handle, Call &&call) noexcept
{
    return guarded([&]() -> Error {
        const Pinned<SessionObject> object(handle);
        return object ? call(*object->session) : invalid_handle("session");
    });
}

// The same for calls that open a request: its id goes out, 0 when there is none.
template <typename Call>
gemlive_status asking(const gemlive_session *handle, uint64_t *request, Call &&call) noexcept
{
    uint64_t id = 0;
    const gemlive_status status = with_session(handle, [&](session::Session &session) { return call(session, id); });
    if (request) {
        *request = id;
    }
    return status;
}

}  // namespace gemlive::capi
