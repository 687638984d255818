#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/status.hpp"

namespace gemlive::media {

// How a frame's pixels lie in memory; the names say the order of the bytes. With the numbers of the C API. The YUV formats are BT.601,
// limited range, with one colour for a block of 2 x 2 pixels (YUY2: of 2 x 1).
enum class PixelFormat : int32_t { rgba = 1, bgra, argb, abgr, rgb24, bgr24, i420, nv12, nv21, yuy2 };

constexpr int max_frame_side = 16384;

// Where an application's frame lies. `data` is the lowest address of a plane. A negative stride says that its rows lie from the bottom
// to the top; 0, that they follow one another without a gap.
struct FramePlane {
    const uint8_t *data = nullptr;
    int32_t stride = 0;
    size_t size = 0;  // the bytes that may be read; 0: as many as it takes
};

struct FrameView {
    PixelFormat format{};
    int width = 0;
    int height = 0;
    int rotation = 0;  // clockwise, in degrees, to be upright
    std::array<FramePlane, 3> planes;
};

// A frame's pixels in the library's own memory: planes one after the other, rows without gaps.
class VideoFrame {
public:
    struct Plane {
        const uint8_t *data;
        int stride;
        int rows;
    };

    // Says what is wrong with a frame, by the member's name in the C API, and what is allowed. Planes behind the first that are not named
    // lie behind it, and belong to its size; their strides are then those that go with the first one's.
    static Error complete(FrameView &view);

    // Copies a frame that is complete; its memory is used again.
    void copy(const FrameView &view);

    PixelFormat format() const noexcept { return format_; }
    int width() const noexcept { return width_; }
    int height() const noexcept { return height_; }
    int rotation() const noexcept { return rotation_; }
    Plane plane(size_t index) const noexcept;

private:
    PixelFormat format_ = PixelFormat::rgba;
    int width_ = 0;
    int height_ = 0;
    int rotation_ = 0;
    std::vector<uint8_t> bytes_;
};

}  // namespace gemlive::media
