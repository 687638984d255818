#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include <gemlive/gemlive_video.h>

#include "json_lines.hpp"

namespace gemlive::talk {

// A frame from a file of pixels, planes one behind the other.
struct RawFrame {
    std::vector<uint8_t> bytes;
    gemlive_video_frame frame;  // of these bytes
};

// `command` says width, height and format, and may say stride and rotation. Throws std::runtime_error that names what is wrong.
RawFrame read_raw_frame(const std::filesystem::path &path, const Json &command);

}  // namespace gemlive::talk
