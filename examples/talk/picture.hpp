#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace gemlive::talk {

struct Picture {
    std::vector<uint8_t> bytes;
    // What the bytes say they are; the file's name does not count.
    const char *mime_type = "";
};

// Throws std::runtime_error that names the file.
Picture read_picture(const std::filesystem::path &path);

}  // namespace gemlive::talk
