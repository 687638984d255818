#pragma once

#include <exception>
#include <new>
#include <string_view>
#include <utility>

#include <gemlive/gemlive_types.h>

#include "base/status.hpp"
#include "platform/fork.hpp"

// What every export goes through: nothing thrown leaves the library, and each failure leaves its sentence.
namespace gemlive::capi {

gemlive_status fail(Status status, std::string_view message) noexcept;

inline gemlive_status result(const Error &error) noexcept
{
    return error ? fail(error.status, error.message) : GEMLIVE_OK;
}

inline gemlive_status plain(Status status) noexcept
{
    return static_cast<gemlive_status>(status);
}

inline Error forked_child()
{
    return {Status::invalid_state, "this process was forked while the library was in use: its threads are not here. "
                                   "Fork before the first model or after gemlive_shutdown, or start a program"};
}

// `call` returns an Error.
template <typename Call>
gemlive_status guarded(Call &&call) noexcept
{
    try {
        if (platform::is_forked_child()) {
            return result(forked_child());
        }
        return result(std::forward<Call>(call)());
    } catch (const std::bad_alloc &) {
        return fail(Status::out_of_memory, "out of memory");
    } catch (const std::exception &exception) {
        return fail(Status::internal, exception.what());
    } catch (...) {
        return fail(Status::internal, "an unknown exception");
    }
}

// The same for calls that answer with a value; `otherwise` when something is thrown, and in a forked child.
template <typename Value, typename Call>
Value guarded_or(Value otherwise, Call &&call) noexcept
{
    try {
        if (platform::is_forked_child()) {
            return otherwise;
        }
        return std::forward<Call>(call)();
    } catch (...) {
        return otherwise;
    }
}

inline Error invalid_handle(const char *argument)
{
    return {Status::invalid_handle,
            std::string(argument) + " is NULL, destroyed, or a handle of another kind"};
}

inline Error null_argument(const char *argument)
{
    return {Status::invalid_argument, std::string(argument) + " is NULL"};
}

}  // namespace gemlive::capi
