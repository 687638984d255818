#pragma once

#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>

#include "settings/settings.hpp"

namespace gemlive::settings {

// Options, and the settings that they come to where the environment says nothing.
class MadeSettings : public ::testing::Test {
protected:
    MadeSettings()
    {
        for (const char *name :
             {"GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_CLOUD_PROJECT",
              "GOOGLE_CLOUD_LOCATION", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL", "GOOGLE_GENAI_API_VERSION"}) {
            ::unsetenv(name);
        }
    }

    Error make() { return Settings::make(options, settings); }

    Options options;
    std::shared_ptr<const Settings> settings;
};

}  // namespace gemlive::settings
