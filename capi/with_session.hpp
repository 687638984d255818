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

// The same for commands: on a session that ended unasked nothing else about a call matters.
template <typename Call>
gemlive_status command(const gemlive_session *handle, Call &&call) noexcept
{
    return with_session(handle, [&](session::Session &session) -> Error {
        Error ended = session.ended_error();
        return ended ? ended : call(session);
    });
}

// The same for commands that open a request: its id goes out, 0 when there is none.
template <typename Call>
gemlive_status asking(const gemlive_session *handle, uint64_t *request, Call &&call) noexcept
{
    uint64_t id = 0;
    const gemlive_status status = command(handle, [&](session::Session &session) { return call(session, id); });
    if (request) {
        *request = id;
    }
    return status;
}

}  // namespace gemlive::capi
