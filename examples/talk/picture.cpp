#include "picture.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace gemlive::talk {

Picture read_picture(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path)) {
        throw std::runtime_error("cannot read '" + path.string() + "'");
    }
    std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const auto begins_with = [&bytes](std::initializer_list<uint8_t> magic) {
        return bytes.size() > magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
    };
    if (begins_with({0xFF, 0xD8, 0xFF})) {
        return {std::move(bytes), "image/jpeg"};
    }
    if (begins_with({0x89, 'P', 'N', 'G'})) {
        return {std::move(bytes), "image/png"};
    }
    throw std::runtime_error("'" + path.string() + "' begins neither like a JPEG nor like a PNG file");
}

}  // namespace gemlive::talk
