#pragma once

#include "media/image_encoder.hpp"

namespace gemlive::media {

struct Size {
    bool operator==(const Size &) const = default;

    int width = 0;
    int height = 0;
};

// What becomes of a frame: it is scaled, of that a part in the middle is taken, and black is put around it.
struct Fitted {
    Size scaled;
    Size taken;   // no larger than `scaled`
    Size canvas;  // no smaller than `taken`
};

Fitted fit_image(Size frame, const ImageOptions &options) noexcept;

}  // namespace gemlive::media
