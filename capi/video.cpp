#include <gemlive/gemlive_video.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "with_session.hpp"

using namespace gemlive;
using namespace gemlive::capi;

namespace {

constexpr size_t first_version = offsetof(gemlive_video_frame, sizes) + sizeof(gemlive_video_frame::sizes);

static_assert(GEMLIVE_PIXEL_FORMAT_RGBA == static_cast<int32_t>(media::PixelFormat::rgba));
static_assert(GEMLIVE_PIXEL_FORMAT_BGRA == static_cast<int32_t>(media::PixelFormat::bgra));
static_assert(GEMLIVE_PIXEL_FORMAT_ARGB == static_cast<int32_t>(media::PixelFormat::argb));
static_assert(GEMLIVE_PIXEL_FORMAT_ABGR == static_cast<int32_t>(media::PixelFormat::abgr));
static_assert(GEMLIVE_PIXEL_FORMAT_RGB24 == static_cast<int32_t>(media::PixelFormat::rgb24));
static_assert(GEMLIVE_PIXEL_FORMAT_BGR24 == static_cast<int32_t>(media::PixelFormat::bgr24));
static_assert(GEMLIVE_PIXEL_FORMAT_I420 == static_cast<int32_t>(media::PixelFormat::i420));
static_assert(GEMLIVE_PIXEL_FORMAT_NV12 == static_cast<int32_t>(media::PixelFormat::nv12));
static_assert(GEMLIVE_PIXEL_FORMAT_NV21 == static_cast<int32_t>(media::PixelFormat::nv21));
static_assert(GEMLIVE_PIXEL_FORMAT_YUY2 == static_cast<int32_t>(media::PixelFormat::yuy2));

// A program may know a larger struct than this library does: what it says there must be nothing.
Error read_frame(const gemlive_video_frame &given, gemlive_video_frame &out)
{
    if (given.struct_size < first_version) {
        return {Status::invalid_argument, "struct_size is " + std::to_string(given.struct_size) +
                                              "; allowed is sizeof(gemlive_video_frame)"};
    }
    const auto *const bytes = reinterpret_cast<const unsigned char *>(&given);
    if (std::any_of(bytes + std::min<size_t>(given.struct_size, sizeof out), bytes + given.struct_size,
                    [](unsigned char byte) { return byte != 0; })) {
        return {Status::unsupported, "the frame says what this version of the library does not know"};
    }
    out = gemlive_video_frame{};
    std::memcpy(&out, &given, std::min<size_t>(given.struct_size, sizeof out));
    return {};
}

media::FrameView view_of(const gemlive_video_frame &frame)
{
    media::FrameView view{static_cast<media::PixelFormat>(frame.format), frame.width, frame.height, frame.rotation, {}};
    for (size_t plane = 0; plane < view.planes.size(); ++plane) {
        view.planes[plane] = {frame.planes[plane], frame.strides[plane], frame.sizes[plane]};
    }
    return view;
}

}  // namespace

gemlive_status gemlive_session_push_video(gemlive_session *session, const gemlive_video_frame *frame)
{
    return command(session, [&](session::Session &s) -> Error {
        if (!frame) {
            return null_argument("frame");
        }
        gemlive_video_frame known;
        Error error = read_frame(*frame, known);
        return error ? error : s.push_video(view_of(known));
    });
}
