#include "media/video_frame.hpp"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gemlive::media {
namespace {

using ::testing::HasSubstr;

std::string problem(FrameView view)
{
    return VideoFrame::complete(view).message;
}

TEST(VideoFrameTest, RefusalNamesTheMemberAndWhatIsAllowed)
{
    const std::vector<uint8_t> bytes(64 * 64 * 4);
    const FrameView good{PixelFormat::rgba, 64, 64, 0, {{{bytes.data(), 0, bytes.size()}}}};
    EXPECT_EQ(problem(good), "");
    FrameView view = good;
    view.format = static_cast<PixelFormat>(11);
    EXPECT_THAT(problem(view), HasSubstr("format is 11; allowed"));
    view = good;
    view.width = 0;
    EXPECT_THAT(problem(view), HasSubstr("width is 0; allowed is 1 to 16384"));
    view = good;
    view.height = 20'000;
    EXPECT_THAT(problem(view), HasSubstr("height is 20000; allowed"));
    view = good;
    view.rotation = 45;
    EXPECT_THAT(problem(view), HasSubstr("rotation is 45; allowed is 0, 90, 180 or 270"));
    view = good;
    view.planes[0].stride = 255;
    EXPECT_THAT(problem(view), HasSubstr("strides[0] is 255; a row of this plane has 256 bytes"));
    view = good;
    view.planes[0].stride = -255;
    EXPECT_THAT(problem(view), HasSubstr("strides[0] is -255"));
    view = good;
    view.planes[0].size = bytes.size() - 1;
    EXPECT_THAT(problem(view), HasSubstr("sizes[0] is 16383; the rows of this plane take 16384 bytes"));
    view = good;
    view.format = PixelFormat::i420;
    view.planes[2] = view.planes[0];
    EXPECT_THAT(problem(view), HasSubstr("planes[1] is NULL"));
}

TEST(VideoFrameTest, PlanesThatAreNotNamedLieBehindTheFirst)
{
    const std::vector<uint8_t> bytes(8 * 3 + 2 * 4 * 2);
    FrameView view{PixelFormat::i420, 5, 3, 0, {{{bytes.data(), 8, bytes.size()}}}};
    ASSERT_EQ(VideoFrame::complete(view).message, "");
    EXPECT_EQ(view.planes[1].data - bytes.data(), 24);
    EXPECT_EQ(view.planes[2].data - bytes.data(), 32);
    EXPECT_EQ(view.planes[2].stride, 4);
    view = {PixelFormat::nv12, 5, 3, 0, {{{bytes.data(), 0, 15 + 12}}}};
    ASSERT_EQ(VideoFrame::complete(view).message, "");
    EXPECT_EQ(view.planes[1].data - bytes.data(), 15);
    EXPECT_THAT(problem({PixelFormat::nv12, 5, 3, 0, {{{bytes.data(), 0, 26}}}}), HasSubstr("sizes[0] is 26; plane 1 of this frame ends at 27"));
}

TEST(VideoFrameTest, RowsLoseTheirGapsAndAreTurnedFromTheBottomUp)
{
    std::vector<uint8_t> bytes(3 * 16);
    std::iota(bytes.begin(), bytes.end(), uint8_t{0});
    VideoFrame frame;
    frame.copy({PixelFormat::rgba, 3, 3, 0, {{{bytes.data(), 16, bytes.size()}}}});
    EXPECT_EQ(frame.plane(0).stride, 12);
    EXPECT_EQ(frame.plane(0).data[0], 0);
    EXPECT_EQ(frame.plane(0).data[12], 16);
    frame.copy({PixelFormat::rgba, 3, 3, 0, {{{bytes.data(), -16, bytes.size()}}}});
    EXPECT_EQ(frame.plane(0).data[0], 32);
    EXPECT_EQ(frame.plane(0).data[24], 0);
}

TEST(VideoFrameTest, PlanesOfOddSidesHaveTheirHalfPixels)
{
    const std::vector<uint8_t> bytes(5 * 3 + 2 * 3 * 2);
    VideoFrame frame;
    frame.copy({PixelFormat::i420, 5, 3, 0, {{{bytes.data(), 0, 15}, {bytes.data() + 15, 0, 6}, {bytes.data() + 21, 0, 6}}}});
    EXPECT_EQ(frame.plane(1).stride, 3);
    EXPECT_EQ(frame.plane(1).rows, 2);
    EXPECT_EQ(frame.plane(2).data - frame.plane(0).data, 21);
}

}  // namespace
}  // namespace gemlive::media
