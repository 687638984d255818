#include "platform/trust.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace gemlive::platform {
namespace {

TEST(TrustTest, AFileIsReadWhole)
{
    const auto path = std::filesystem::temp_directory_path() / ("gemlive-read-" + std::to_string(getpid()));
    const std::string text(100'001, 'x');
    std::ofstream(path) << text;
    EXPECT_EQ(read_file(path), text);
    EXPECT_TRUE(is_readable_file(path));
    std::filesystem::remove(path);
    EXPECT_EQ(read_file(path), "");
    EXPECT_FALSE(is_readable_file(path));
    EXPECT_FALSE(is_readable_folder(path));
}

TEST(TrustTest, PlacesAreKnown)
{
    EXPECT_FALSE(trust_files().empty());
    for (const std::string &place : trust_files()) {
        EXPECT_TRUE(place.starts_with('/')) << place;
    }
}

}  // namespace
}  // namespace gemlive::platform
