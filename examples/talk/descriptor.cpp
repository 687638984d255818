#include "descriptor.hpp"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace gemlive::talk {

bool write_all(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<size_t>(written));
        } else if (errno == EAGAIN) {
            pollfd room = {descriptor, POLLOUT, 0};
            poll(&room, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool wait_readable(int descriptor, int stop_descriptor)
{
    pollfd ends[] = {{descriptor, POLLIN, 0}, {stop_descriptor, POLLIN, 0}};
    while (poll(ends, 2, -1) < 0 && errno == EINTR) {
    }
    return ends[1].revents == 0;
}

std::optional<std::string> LineReader::next()
{
    while (true) {
        const size_t end = buffer_.find('\n', searched_);
        if (end != std::string::npos) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            searched_ = 0;
            return line;
        }
        searched_ = buffer_.size();
        if (at_end_ || buffer_.size() > longest) {
            searched_ = 0;
            std::string rest;
            rest.swap(buffer_);
            return rest.empty() ? std::nullopt : std::optional(std::move(rest));
        }
        if (!wait_readable(descriptor_, stop_descriptor_)) {
            return std::nullopt;
        }
        char bytes[65536];
        const ssize_t count = read(descriptor_, bytes, sizeof bytes);
        if (count > 0) {
            buffer_.append(bytes, static_cast<size_t>(count));
        } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
            at_end_ = true;
        }
    }
}

}  // namespace gemlive::talk
