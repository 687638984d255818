#include "image_fit.hpp"

#include <algorithm>
#include <cstdint>

namespace gemlive::media {
namespace {

// a * b / c, rounded down, and at least 1.
int scaled(int a, int b, int c) noexcept
{
    return static_cast<int>(std::max<int64_t>(1, static_cast<int64_t>(a) * b / c));
}

Size no_larger(Size frame, Size bounds) noexcept
{
    if (frame.width <= bounds.width && frame.height <= bounds.height) {
        return frame;
    }
    const Size by_width{bounds.width, scaled(frame.height, bounds.width, frame.width)};
    return by_width.height <= bounds.height ? by_width
                                            : Size{scaled(frame.width, bounds.height, frame.height), bounds.height};
}

Size no_smaller(Size frame, Size bounds) noexcept
{
    if (frame.width <= bounds.width || frame.height <= bounds.height) {
        return frame;
    }
    const Size by_width{bounds.width, scaled(frame.height, bounds.width, frame.width)};
    return by_width.height >= bounds.height ? by_width
                                            : Size{scaled(frame.width, bounds.height, frame.height), bounds.height};
}

Size smaller_sides(Size a, Size b) noexcept
{
    return {std::min(a.width, b.width), std::min(a.height, b.height)};
}

}  // namespace

Fitted fit_image(Size frame, const ImageOptions &options) noexcept
{
    const Size bounds{options.width, options.height};
    switch (options.fit) {
    case ImageFit::scale_aspect_fit: {
        const Size size = no_larger(frame, bounds);
        return {size, size, size};
    }
    case ImageFit::scale_aspect_cover: {
        const Size size = no_smaller(frame, bounds);
        return {size, size, size};
    }
    case ImageFit::center_aspect_fit: {
        const Size size = no_larger(frame, bounds);
        return {size, size, bounds};
    }
    case ImageFit::center_aspect_cover: {
        const Size size = no_smaller(frame, bounds);
        const Size middle = smaller_sides(size, bounds);
        return {size, middle, middle};
    }
    case ImageFit::skew: {
        const Size size = smaller_sides(frame, bounds);
        return {size, size, size};
    }
    }
    return {frame, frame, frame};
}

}  // namespace gemlive::media
