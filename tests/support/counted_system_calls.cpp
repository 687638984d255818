#include "support/counted_system_calls.hpp"

#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace {

using gemlive::test::SystemCalls;

thread_local bool counting = false;
thread_local SystemCalls counted;

void count(size_t SystemCalls::*call) noexcept
{
    if (counting) {
        ++(counted.*call);
    }
}

}  // namespace

#ifndef GEMLIVE_SANITIZED
extern "C" {

int epoll_wait(int poller, epoll_event *events, int most, int timeout_ms)
{
    count(&SystemCalls::waits);
    return static_cast<int>(::syscall(SYS_epoll_pwait, poller, events, most, timeout_ms, nullptr, size_t{8}));
}
int epoll_ctl(int poller, int operation, int descriptor, epoll_event *event) noexcept
{
    count(&SystemCalls::changes_of_what_is_waited_for);
    return static_cast<int>(::syscall(SYS_epoll_ctl, poller, operation, descriptor, event));
}
int timerfd_settime(int timer, int flags, const itimerspec *next, itimerspec *before) noexcept
{
    count(&SystemCalls::timers);
    return static_cast<int>(::syscall(SYS_timerfd_settime, timer, flags, next, before));
}
ssize_t recv(int socket, void *data, size_t size, int flags)
{
    count(&SystemCalls::receives);
    return ::syscall(SYS_recvfrom, socket, data, size, flags, nullptr, nullptr);
}
ssize_t send(int socket, const void *data, size_t size, int flags)
{
    count(&SystemCalls::sends);
    return ::syscall(SYS_sendto, socket, data, size, flags, nullptr, 0);
}
}
#endif

namespace gemlive::test {

void count_system_calls(bool on) noexcept
{
    counting = on;
}

SystemCalls take_counted_system_calls() noexcept
{
    return std::exchange(counted, {});
}

}  // namespace gemlive::test
