#include "platform/socket.hpp"

#include <cerrno>

#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#if defined(__linux__)
#include <linux/sockios.h>
#else
#include <fcntl.h>
#endif

namespace gemlive::platform {
namespace {

Transfer transfer(ssize_t moved) noexcept
{
    Transfer out;
    if (moved >= 0) {
        out.bytes = static_cast<size_t>(moved);
        return out;
    }
    out.would_block = errno == EAGAIN || errno == EWOULDBLOCK;
    out.error = std::error_code(errno, std::system_category());
    return out;
}

template <typename Call>
ssize_t uninterrupted(Call call) noexcept
{
    ssize_t result = call();
    while (result < 0 && errno == EINTR) {
        result = call();
    }
    return result;
}

}  // namespace

Descriptor open_tcp_socket(bool ipv6, std::error_code &error) noexcept
{
    const int family = ipv6 ? AF_INET6 : AF_INET;
#if defined(__linux__)
    Descriptor made(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP));
#else
    Descriptor made(::socket(family, SOCK_STREAM, IPPROTO_TCP));
    if (made) {
        ::fcntl(made.number(), F_SETFD, FD_CLOEXEC);
        ::fcntl(made.number(), F_SETFL, ::fcntl(made.number(), F_GETFL) | O_NONBLOCK);
#if defined(SO_NOSIGPIPE)
        const int on = 1;
        ::setsockopt(made.number(), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    }
#endif
    error = made ? std::error_code() : std::error_code(errno, std::system_category());
    return made;
}

std::optional<size_t> unacknowledged_bytes(int socket) noexcept
{
#if defined(__linux__)
    int bytes = 0;
    if (::ioctl(socket, SIOCOUTQ, &bytes) == 0 && bytes >= 0) {
        return static_cast<size_t>(bytes);
    }
#elif defined(SO_NWRITE)
    int bytes = 0;
    socklen_t size = sizeof bytes;
    if (::getsockopt(socket, SOL_SOCKET, SO_NWRITE, &bytes, &size) == 0 && bytes >= 0) {
        return static_cast<size_t>(bytes);
    }
#endif
    return std::nullopt;
}

Transfer receive(int socket, void *data, size_t size) noexcept
{
    return transfer(uninterrupted([&] { return ::recv(socket, data, size, 0); }));
}

Transfer send(int socket, const void *data, size_t size) noexcept
{
#if defined(MSG_NOSIGNAL)
    constexpr int flags = MSG_NOSIGNAL;
#else
    constexpr int flags = 0;  // the socket has SO_NOSIGPIPE
#endif
    return transfer(uninterrupted([&] { return ::send(socket, data, size, flags); }));
}

}  // namespace gemlive::platform
