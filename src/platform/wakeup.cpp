#include "platform/wakeup.hpp"

#if defined(__linux__)
#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>
#endif

namespace gemlive::platform {

WakeupHandle WakeupHandle::create() noexcept
{
    WakeupHandle made;
#if defined(__linux__)
    made.descriptor_ = Descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
#endif
    return made;
}

void WakeupHandle::signal() const noexcept
{
#if defined(__linux__)
    if (descriptor_) {
        const uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(descriptor_.number(), &one, sizeof one);
    }
#endif
}

void WakeupHandle::clear() const noexcept
{
#if defined(__linux__)
    if (descriptor_) {
        uint64_t count = 0;
        [[maybe_unused]] const auto read = ::read(descriptor_.number(), &count, sizeof count);
    }
#endif
}

}  // namespace gemlive::platform
