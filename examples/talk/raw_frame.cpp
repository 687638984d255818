#include "raw_frame.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

namespace gemlive::talk {
namespace {

constexpr std::array<std::pair<const char *, int32_t>, 10> formats{{
    {"rgba", GEMLIVE_PIXEL_FORMAT_RGBA},
    {"bgra", GEMLIVE_PIXEL_FORMAT_BGRA},
    {"argb", GEMLIVE_PIXEL_FORMAT_ARGB},
    {"abgr", GEMLIVE_PIXEL_FORMAT_ABGR},
    {"rgb24", GEMLIVE_PIXEL_FORMAT_RGB24},
    {"bgr24", GEMLIVE_PIXEL_FORMAT_BGR24},
    {"i420", GEMLIVE_PIXEL_FORMAT_I420},
    {"nv12", GEMLIVE_PIXEL_FORMAT_NV12},
    {"nv21", GEMLIVE_PIXEL_FORMAT_NV21},
    {"yuy2", GEMLIVE_PIXEL_FORMAT_YUY2},
}};

int32_t format_of(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string allowed;
    for (const auto &[word, format] : formats) {
        if (name == word) {
            return format;
        }
        allowed += std::string(allowed.empty() ? "" : " ") + word;
    }
    throw std::runtime_error("'format' is \"" + name + "\"; allowed is one of: " + allowed);
}

}  // namespace

RawFrame read_raw_frame(const std::filesystem::path &path, const Json &command)
{
    for (const char *const name : {"width", "height", "format"}) {
        if (!command.contains(name)) {
            throw std::runtime_error(std::string("a raw frame needs '") + name + "'");
        }
    }
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path)) {
        throw std::runtime_error("cannot read '" + path.string() + "'");
    }
    RawFrame raw{{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}, {}};
    if (raw.bytes.empty()) {
        throw std::runtime_error("'" + path.string() + "' is empty");
    }
    raw.frame.struct_size = sizeof raw.frame;
    raw.frame.format = format_of(command["format"]);
    raw.frame.width = command["width"];
    raw.frame.height = command["height"];
    raw.frame.rotation = command.value("rotation", 0);
    raw.frame.strides[0] = command.value("stride", 0);
    raw.frame.planes[0] = raw.bytes.data();
    raw.frame.sizes[0] = raw.bytes.size();
    return raw;
}

}  // namespace gemlive::talk
