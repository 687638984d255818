#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "base/status.hpp"

namespace gemlive::settings {

// The option image_encode_options: how frames of push_video become pictures.
struct ImageEncodeOptions {
    bool operator==(const ImageEncodeOptions &) const = default;

    // Names the member that is wrong, and what is allowed.
    static Error read(const nlohmann::json &value, ImageEncodeOptions &out);

    std::string format = "JPEG";
    int quality = 75;
    int width = 1024;
    int height = 1024;
    std::string strategy = "scale_aspect_fit";
};

}  // namespace gemlive::settings
