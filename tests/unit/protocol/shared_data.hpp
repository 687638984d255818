#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "protocol/decoder.hpp"
#include "support/test_data.hpp"

namespace gemlive::protocol::test {

using gemlive::testing::data_folder;
using nlohmann::json;
using nlohmann::ordered_json;

// The project's own vectors.
std::filesystem::path vectors();

json load(const std::filesystem::path &file);

// The .json files of a folder that has `name` as file name, the project's own first.
std::vector<std::filesystem::path> vector_files(const std::string &name);

// The message in a buffer that ends where the decoder may no longer read, and lives until the next call.
Error decode(Decoder &decoder, const std::string &text, ServerMessage &out);

// What the part's base64 stands for; nothing if it is none.
std::optional<std::vector<uint8_t>> bytes_of(const Part &part);

std::string hex(std::span<const uint8_t> bytes);
std::string unhex(const std::string &text);

// Members of every object in the opposite order.
ordered_json reversed(const ordered_json &value);

// The protocol's own keys in snake_case; what is the user's or is handed on as JSON keeps its keys.
ordered_json snake_case(const ordered_json &value);

// One text in all forms that mean the same.
std::vector<std::string> spellings(const std::string &text);

}  // namespace gemlive::protocol::test

// For tests of data that may be absent. Where CI has the data, a missing part of it is no reason to skip.
#define GEMLIVE_REQUIRE_DATA(folder)                                                                     \
    do {                                                                                                 \
        if (!std::filesystem::exists(folder)) {                                                          \
            ASSERT_TRUE(::gemlive::testing::may_lack_data()) << (folder) << " is missing";               \
            GTEST_SKIP() << (folder) << " is not here: set GEMLIVE_TEST_DATA to the folder that has it"; \
        }                                                                                                \
    } while (false)
