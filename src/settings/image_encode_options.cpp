#include "settings/image_encode_options.hpp"

#include <algorithm>
#include <initializer_list>

namespace gemlive::settings {
namespace {

using nlohmann::json;

Error refused(const std::string &member, const json &value, const std::string &allowed)
{
    return {Status::invalid_argument, "option image_encode_options: " + member + " is " +
                                          value.dump(-1, ' ', false, json::error_handler_t::replace) + "; allowed is " +
                                          allowed};
}

Error read_number(const std::string &member, const json &value, int most, int &out)
{
    if (!value.is_number_integer() || value < 1 || value > most) {
        return refused(member, value, "1 to " + std::to_string(most));
    }
    out = value;
    return {};
}

Error read_word(const std::string &member, const json &value, std::initializer_list<const char *> words, std::string &out)
{
    std::string allowed;
    for (const char *const word : words) {
        if (value == word) {
            out = word;
            return {};
        }
        allowed += (allowed.empty() ? "one of: " : " ") + std::string(word);
    }
    return refused(member, value, allowed);
}

}  // namespace

Error ImageEncodeOptions::read(const json &value, ImageEncodeOptions &out)
{
    constexpr int most_pixels = 16384;  // of a side, which is what frames may have
    ImageEncodeOptions read;
    for (const auto &[name, member] : value.items()) {
        Error error;
        if (name == "format") {
            error = read_word(name, member, {"JPEG", "PNG"}, read.format);
        } else if (name == "quality") {
            error = read_number(name, member, 100, read.quality);
        } else if (name == "width") {
            error = read_number(name, member, most_pixels, read.width);
        } else if (name == "height") {
            error = read_number(name, member, most_pixels, read.height);
        } else if (name == "strategy") {
            error = read_word(name, member,
                              {"scale_aspect_fit", "scale_aspect_cover", "center_aspect_fit", "center_aspect_cover", "skew"},
                              read.strategy);
        } else {
            error = {Status::invalid_argument, "option image_encode_options has no member \"" + name +
                                                   "\"; there are format, quality, width, height and strategy"};
        }
        if (error) {
            return error;
        }
    }
    out = std::move(read);
    return {};
}

}  // namespace gemlive::settings
