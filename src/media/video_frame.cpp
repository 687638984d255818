#include "media/video_frame.hpp"

#include <cstdlib>
#include <cstring>
#include <string>

namespace gemlive::media {
namespace {

struct PlaneSize {
    size_t row_bytes;
    size_t rows;
};

size_t plane_count(PixelFormat format) noexcept
{
    switch (format) {
    case PixelFormat::i420: return 3;
    case PixelFormat::nv12:
    case PixelFormat::nv21: return 2;
    default: return 1;
    }
}

PlaneSize size_of_plane(PixelFormat format, int width, int height, size_t index) noexcept
{
    const auto w = static_cast<size_t>(width);
    const auto h = static_cast<size_t>(height);
    const size_t pairs = (w + 1) / 2;
    switch (format) {
    case PixelFormat::rgb24:
    case PixelFormat::bgr24: return {3 * w, h};
    case PixelFormat::i420: return index == 0 ? PlaneSize{w, h} : PlaneSize{pairs, (h + 1) / 2};
    case PixelFormat::nv12:
    case PixelFormat::nv21: return index == 0 ? PlaneSize{w, h} : PlaneSize{2 * pairs, (h + 1) / 2};
    case PixelFormat::yuy2: return {4 * pairs, h};
    default: return {4 * w, h};
    }
}

Error invalid(std::string what)
{
    return {Status::invalid_argument, std::move(what)};
}

Error check_plane(const FramePlane &plane, const PlaneSize &size, size_t index)
{
    const std::string number = "[" + std::to_string(index) + "]";
    if (plane.data == nullptr) {
        return invalid("planes" + number + " is NULL, and a frame of this format has that plane");
    }
    const auto stride = static_cast<size_t>(std::abs(static_cast<int64_t>(plane.stride)));
    if (stride != 0 && stride < size.row_bytes) {
        return invalid("strides" + number + " is " + std::to_string(plane.stride) + "; a row of this plane has " +
                       std::to_string(size.row_bytes) + " bytes");
    }
    const size_t needed = (size.rows - 1) * (stride != 0 ? stride : size.row_bytes) + size.row_bytes;
    if (plane.size != 0 && plane.size < needed) {
        return invalid("sizes" + number + " is " + std::to_string(plane.size) + "; the rows of this plane take " +
                       std::to_string(needed) + " bytes");
    }
    return {};
}

// The planes of a frame that lies in one piece.
Error name_planes_behind(FrameView &view)
{
    const FramePlane first = view.planes[0];
    const auto stride = static_cast<size_t>(std::abs(static_cast<int64_t>(first.stride)));
    const size_t all = first.size;
    size_t at = 0;
    for (size_t index = 0; index < plane_count(view.format); ++index) {
        const PlaneSize size = size_of_plane(view.format, view.width, view.height, index);
        const size_t of_chroma = view.format == PixelFormat::i420 ? (stride + 1) / 2 : stride;
        const size_t row = stride == 0 ? size.row_bytes : index == 0 ? stride : of_chroma;
        const int32_t direction = first.stride < 0 ? -1 : 1;
        const size_t bytes = row * size.rows;
        if (all != 0 && all < at + bytes) {
            return invalid("sizes[0] is " + std::to_string(all) + "; plane " + std::to_string(index) + " of this frame ends at " +
                           std::to_string(at + bytes));
        }
        view.planes[index] = {first.data + at, stride == 0 ? 0 : direction * static_cast<int32_t>(row), bytes};
        at += bytes;
    }
    return {};
}

}  // namespace

Error VideoFrame::complete(FrameView &view)
{
    if (view.format < PixelFormat::rgba || view.format > PixelFormat::yuy2) {
        return invalid("format is " + std::to_string(static_cast<int32_t>(view.format)) +
                       "; allowed are the values of enum gemlive_pixel_format");
    }
    const std::string sides = "; allowed is 1 to " + std::to_string(max_frame_side);
    if (view.width < 1 || view.width > max_frame_side) {
        return invalid("width is " + std::to_string(view.width) + sides);
    }
    if (view.height < 1 || view.height > max_frame_side) {
        return invalid("height is " + std::to_string(view.height) + sides);
    }
    if (view.rotation != 0 && view.rotation != 90 && view.rotation != 180 && view.rotation != 270) {
        return invalid("rotation is " + std::to_string(view.rotation) + "; allowed is 0, 90, 180 or 270");
    }
    if (plane_count(view.format) > 1 && view.planes[0].data != nullptr && view.planes[1].data == nullptr &&
        view.planes[2].data == nullptr) {
        if (Error error = name_planes_behind(view)) {
            return error;
        }
    }
    for (size_t index = 0; index < plane_count(view.format); ++index) {
        if (Error error = check_plane(view.planes[index], size_of_plane(view.format, view.width, view.height, index), index)) {
            return error;
        }
    }
    return {};
}

void VideoFrame::copy(const FrameView &view)
{
    format_ = view.format;
    width_ = view.width;
    height_ = view.height;
    rotation_ = view.rotation;
    size_t all = 0;
    for (size_t index = 0; index < plane_count(format_); ++index) {
        const PlaneSize size = size_of_plane(format_, width_, height_, index);
        all += size.row_bytes * size.rows;
    }
    bytes_.resize(all);
    uint8_t *to = bytes_.data();
    for (size_t index = 0; index < plane_count(format_); ++index) {
        const PlaneSize size = size_of_plane(format_, width_, height_, index);
        const FramePlane &plane = view.planes[index];
        if (plane.stride == 0 || plane.stride == static_cast<int64_t>(size.row_bytes)) {
            std::memcpy(to, plane.data, size.row_bytes * size.rows);
            to += size.row_bytes * size.rows;
            continue;
        }
        const auto stride = static_cast<ptrdiff_t>(plane.stride);
        const uint8_t *from = stride > 0 ? plane.data : plane.data - stride * static_cast<ptrdiff_t>(size.rows - 1);
        for (size_t row = 0; row < size.rows; ++row, to += size.row_bytes) {
            std::memcpy(to, from + stride * static_cast<ptrdiff_t>(row), size.row_bytes);
        }
    }
}

VideoFrame::Plane VideoFrame::plane(size_t index) const noexcept
{
    const uint8_t *data = bytes_.data();
    for (size_t before = 0; before < index; ++before) {
        const PlaneSize size = size_of_plane(format_, width_, height_, before);
        data += size.row_bytes * size.rows;
    }
    const PlaneSize size = size_of_plane(format_, width_, height_, index);
    return {data, static_cast<int>(size.row_bytes), static_cast<int>(size.rows)};
}

}  // namespace gemlive::media
