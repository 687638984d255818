#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "media/video_frame.hpp"

namespace gemlive::media {

enum class ImageFormat : uint8_t { jpeg, png };

// How a frame comes into `width` x `height`. None enlarges it.
enum class ImageFit : uint8_t {
    scale_aspect_fit,     // the whole frame, no larger than that
    scale_aspect_cover,   // the whole frame, no side smaller than that
    center_aspect_fit,    // exactly that: the whole frame in the middle, black around it
    center_aspect_cover,  // exactly that: the middle of the frame, or all where it is smaller
    skew,                 // each side by itself
};

struct ImageOptions {
    bool operator==(const ImageOptions &) const = default;

    ImageFormat format = ImageFormat::jpeg;
    int quality = 75;  // of JPEG, 1 to 100
    int width = 1024;
    int height = 1024;
    ImageFit fit = ImageFit::scale_aspect_fit;
};

struct Image {
    const char *mime_type = "";
    std::vector<uint8_t> bytes;
};

// Turns a frame upright, scales it and encodes it. Alpha is left out, not blended. Milliseconds of work: not for the threads of
// sockets or sound.
Error encode_image(const VideoFrame &frame, const ImageOptions &options, Image &out);

}  // namespace gemlive::media
