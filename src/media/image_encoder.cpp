#include "media/image_encoder.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include <libyuv.h>
#include <png.h>
#include <turbojpeg.h>

#include "image_fit.hpp"

namespace gemlive::media {
namespace {

constexpr libyuv::FilterMode filter = libyuv::kFilterBox;  // the mean of what a pixel covers: text stays legible

// Rows of 32 bits a pixel: B, G, R and one that nobody reads.
struct Pixels {
    explicit Pixels(Size size)
        : size(size), bytes(static_cast<size_t>(size.width) * static_cast<size_t>(size.height) * 4)
    {
    }

    uint8_t *data() noexcept { return bytes.data(); }
    int stride() const noexcept { return size.width * 4; }

    Size size;
    std::vector<uint8_t> bytes;
};

struct Yuv {
    explicit Yuv(Size size)
        : size(size), chroma_stride((size.width + 1) / 2),
          luma(static_cast<size_t>(size.width) * static_cast<size_t>(size.height)),
          u(static_cast<size_t>(chroma_stride) * static_cast<size_t>((size.height + 1) / 2)), v(u.size())
    {
    }

    Size size;
    int chroma_stride;
    std::vector<uint8_t> luma, u, v;
};

// libyuv names 32-bit formats by a little-endian number, the other way round than the bytes lie.
void to_bgrx(PixelFormat format, const uint8_t *from, int stride, Pixels &to)
{
    const auto convert = format == PixelFormat::rgba    ? libyuv::ABGRToARGB
                         : format == PixelFormat::argb  ? libyuv::BGRAToARGB
                         : format == PixelFormat::abgr  ? libyuv::RGBAToARGB
                         : format == PixelFormat::rgb24 ? libyuv::RAWToARGB
                         : format == PixelFormat::bgr24 ? libyuv::RGB24ToARGB
                                                        : libyuv::ARGBCopy;
    convert(from, stride, to.data(), to.stride(), to.size.width, to.size.height);
}

Pixels scaled_32(const VideoFrame &frame, Size size)
{
    const VideoFrame::Plane plane = frame.plane(0);
    Pixels out(size);
    if (size == Size{frame.width(), frame.height()}) {
        to_bgrx(frame.format(), plane.data, plane.stride, out);
        return out;
    }
    Pixels small(size);  // scaling does not care for the order of the bytes, and there are fewer to order afterwards
    libyuv::ARGBScale(plane.data, plane.stride, frame.width(), frame.height(), small.data(), small.stride(), size.width,
                      size.height, filter);
    to_bgrx(frame.format(), small.data(), small.stride(), out);
    return out;
}

Pixels scaled_24(const VideoFrame &frame, Size size)
{
    const VideoFrame::Plane plane = frame.plane(0);
    Pixels whole(Size{frame.width(), frame.height()});
    to_bgrx(frame.format(), plane.data, plane.stride, whole);
    if (size == whole.size) {
        return whole;
    }
    Pixels out(size);
    libyuv::ARGBScale(whole.data(), whole.stride(), whole.size.width, whole.size.height, out.data(), out.stride(),
                      size.width, size.height, filter);
    return out;
}

Yuv i420_of(const VideoFrame &frame)
{
    Yuv out(Size{frame.width(), frame.height()});
    const VideoFrame::Plane y = frame.plane(0);
    if (frame.format() == PixelFormat::yuy2) {
        libyuv::YUY2ToI420(y.data, y.stride, out.luma.data(), out.size.width, out.u.data(), out.chroma_stride, out.v.data(),
                           out.chroma_stride, out.size.width, out.size.height);
        return out;
    }
    const VideoFrame::Plane chroma = frame.plane(1);
    const auto convert = frame.format() == PixelFormat::nv12 ? libyuv::NV12ToI420 : libyuv::NV21ToI420;
    convert(y.data, y.stride, chroma.data, chroma.stride, out.luma.data(), out.size.width, out.u.data(), out.chroma_stride,
            out.v.data(), out.chroma_stride, out.size.width, out.size.height);
    return out;
}

Pixels scaled_yuv(const VideoFrame &frame, Size size)
{
    struct Planes {
        const uint8_t *y, *u, *v;
        int y_stride, chroma_stride;
    } from{};
    Yuv unpacked(Size{0, 0});
    if (frame.format() == PixelFormat::i420) {
        from = {frame.plane(0).data, frame.plane(1).data, frame.plane(2).data, frame.plane(0).stride, frame.plane(1).stride};
    } else {
        unpacked = i420_of(frame);
        from = {unpacked.luma.data(), unpacked.u.data(), unpacked.v.data(), unpacked.size.width, unpacked.chroma_stride};
    }
    Yuv small(Size{0, 0});
    if (size != Size{frame.width(), frame.height()}) {
        small = Yuv(size);
        libyuv::I420Scale(from.y, from.y_stride, from.u, from.chroma_stride, from.v, from.chroma_stride, frame.width(),
                          frame.height(), small.luma.data(), size.width, small.u.data(), small.chroma_stride,
                          small.v.data(), small.chroma_stride, size.width, size.height, filter);
        from = {small.luma.data(), small.u.data(), small.v.data(), size.width, small.chroma_stride};
    }
    Pixels out(size);
    libyuv::I420ToARGB(from.y, from.y_stride, from.u, from.chroma_stride, from.v, from.chroma_stride, out.data(), out.stride(),
                       size.width, size.height);
    return out;
}

Pixels scaled(const VideoFrame &frame, Size size)
{
    switch (frame.format()) {
    case PixelFormat::rgb24:
    case PixelFormat::bgr24: return scaled_24(frame, size);
    case PixelFormat::i420:
    case PixelFormat::nv12:
    case PixelFormat::nv21:
    case PixelFormat::yuy2: return scaled_yuv(frame, size);
    default: return scaled_32(frame, size);
    }
}

Size turned(Size size, int rotation) noexcept
{
    return rotation % 180 == 0 ? size : Size{size.height, size.width};
}

Pixels upright(Pixels pixels, int rotation)
{
    if (rotation == 0) {
        return pixels;
    }
    Pixels out(turned(pixels.size, rotation));
    libyuv::ARGBRotate(pixels.data(), pixels.stride(), out.data(), out.stride(), pixels.size.width, pixels.size.height,
                       static_cast<libyuv::RotationMode>(rotation));
    return out;
}

Pixels on_canvas(Pixels pixels, const Fitted &fitted)
{
    if (fitted.taken == pixels.size && fitted.canvas == pixels.size) {
        return pixels;
    }
    Pixels out(fitted.canvas);  // zeros are black
    const auto middle = [](int whole, int part) { return (whole - part) / 2; };
    const uint8_t *from = pixels.data() + static_cast<ptrdiff_t>(middle(pixels.size.height, fitted.taken.height)) * pixels.stride() +
                          static_cast<ptrdiff_t>(middle(pixels.size.width, fitted.taken.width)) * 4;
    uint8_t *to = out.data() + static_cast<ptrdiff_t>(middle(out.size.height, fitted.taken.height)) * out.stride() +
                  static_cast<ptrdiff_t>(middle(out.size.width, fitted.taken.width)) * 4;
    libyuv::ARGBCopy(from, pixels.stride(), to, out.stride(), fitted.taken.width, fitted.taken.height);
    return out;
}

Error failed(std::string why)
{
    return {Status::internal, "the frame could not be encoded: " + std::move(why)};
}

Error encode_jpeg(Pixels &pixels, int quality, std::vector<uint8_t> &out)
{
    const std::unique_ptr<void, int (*)(tjhandle)> encoder(tjInitCompress(), tjDestroy);
    if (!encoder) {
        return failed(tjGetErrorStr2(nullptr));
    }
    out.resize(tjBufSize(pixels.size.width, pixels.size.height, TJSAMP_420));
    unsigned char *data = out.data();
    unsigned long size = out.size();
    if (tjCompress2(encoder.get(), pixels.data(), pixels.size.width, pixels.stride(), pixels.size.height, TJPF_BGRX, &data,
                    &size, TJSAMP_420, quality, TJFLAG_NOREALLOC) != 0) {
        return failed(tjGetErrorStr2(encoder.get()));
    }
    out.resize(size);
    return {};
}

Error encode_png(Pixels &pixels, std::vector<uint8_t> &out)
{
    std::vector<uint8_t> rows(static_cast<size_t>(pixels.size.width) * static_cast<size_t>(pixels.size.height) * 3);
    libyuv::ARGBToRAW(pixels.data(), pixels.stride(), rows.data(), pixels.size.width * 3, pixels.size.width,
                      pixels.size.height);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(pixels.size.width);
    image.height = static_cast<png_uint_32>(pixels.size.height);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    out.resize(size);
    const bool done = png_image_write_to_memory(&image, out.data(), &size, 0, rows.data(), 0, nullptr) != 0;
    png_image_free(&image);
    if (!done) {
        return failed(image.message);
    }
    out.resize(size);
    return {};
}

}  // namespace

Error encode_image(const VideoFrame &frame, const ImageOptions &options, Image &out)
{
    const Fitted fitted = fit_image(turned({frame.width(), frame.height()}, frame.rotation()), options);
    Pixels pixels = scaled(frame, turned(fitted.scaled, frame.rotation()));
    pixels = on_canvas(upright(std::move(pixels), frame.rotation()), fitted);
    if (options.format == ImageFormat::png) {
        out.mime_type = "image/png";
        return encode_png(pixels, out.bytes);
    }
    out.mime_type = "image/jpeg";
    return encode_jpeg(pixels, options.quality, out.bytes);
}

}  // namespace gemlive::media
