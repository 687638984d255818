#pragma once

#include <cstdlib>
#include <filesystem>

namespace gemlive::testing {

// Test data that is not part of the project: GEMLIVE_TEST_DATA, else a folder beside the sources.
inline std::filesystem::path data_folder()
{
    const char *const given = std::getenv("GEMLIVE_TEST_DATA");
    return given != nullptr ? given : GEMLIVE_SOURCE_DIR "/../shared";
}

// Whether a test may do without what it looks for there. On the build machine a folder that lacks it is a fault of the test.
inline bool may_lack_data()
{
    return std::getenv("CI") == nullptr || !std::filesystem::is_directory(data_folder());
}

}  // namespace gemlive::testing
