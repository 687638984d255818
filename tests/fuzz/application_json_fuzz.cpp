// Any JSON of an application: read as options, and made into a setup message. Whatever is refused is refused with a sentence.
#include <cstdlib>
#include <memory>
#include <string_view>

#include "settings/settings.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace gemlive::settings;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    Options options;
    gemlive::Error error = options.set_all(text);
    if (error && error.message.empty()) {
        std::abort();
    }
    std::shared_ptr<const Settings> settings;
    error = Settings::make(options, settings);
    if (error ? error.message.empty() : settings == nullptr) {
        std::abort();
    }
    return 0;
}
