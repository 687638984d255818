#include "platform/descriptor.hpp"

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace gemlive::platform {

Descriptor::~Descriptor()
{
#if defined(__unix__) || defined(__APPLE__)
    if (number_ >= 0) {
        ::close(number_);
    }
#endif
}

}  // namespace gemlive::platform
