#include "media/image_encoder.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <png.h>
#include <turbojpeg.h>

#include "image_fit.hpp"
#include "support/test_data.hpp"

namespace gemlive::media {
namespace {

namespace fs = std::filesystem;

// What a decoder shows: rows of R, G, B.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<uint8_t> rgb;

    std::array<int, 3> at(int x, int y) const
    {
        const size_t first = (static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)) * 3;
        return {rgb[first], rgb[first + 1], rgb[first + 2]};
    }
};

Picture decoded_png(const Image &image)
{
    Picture out;
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&png, image.bytes.data(), image.bytes.size()) == 0) {
        throw std::runtime_error(png.message);
    }
    EXPECT_EQ(png.format & PNG_FORMAT_FLAG_ALPHA, 0U) << "alpha was to be left out";
    png.format = PNG_FORMAT_RGB;
    out.width = static_cast<int>(png.width);
    out.height = static_cast<int>(png.height);
    out.rgb.resize(PNG_IMAGE_SIZE(png));
    if (png_image_finish_read(&png, nullptr, out.rgb.data(), 0, nullptr) == 0) {
        throw std::runtime_error(png.message);
    }
    return out;
}

Picture decoded_jpeg(const Image &image)
{
    Picture out;
    const std::unique_ptr<void, int (*)(tjhandle)> decoder(tjInitDecompress(), tjDestroy);
    if (tjDecompressHeader(decoder.get(), const_cast<uint8_t *>(image.bytes.data()), image.bytes.size(), &out.width,
                           &out.height) != 0) {
        throw std::runtime_error(tjGetErrorStr2(decoder.get()));
    }
    out.rgb.resize(static_cast<size_t>(out.width) * static_cast<size_t>(out.height) * 3);
    if (tjDecompress2(decoder.get(), image.bytes.data(), image.bytes.size(), out.rgb.data(), out.width, 0, out.height,
                      TJPF_RGB, TJFLAG_ACCURATEDCT) != 0) {
        throw std::runtime_error(tjGetErrorStr2(decoder.get()));
    }
    return out;
}

Picture encoded(const VideoFrame &frame, const ImageOptions &options)
{
    Image image;
    const Error error = encode_image(frame, options, image);
    EXPECT_FALSE(error) << error.message;
    const bool png = options.format == ImageFormat::png;
    EXPECT_STREQ(image.mime_type, png ? "image/png" : "image/jpeg");
    return png ? decoded_png(image) : decoded_jpeg(image);
}

// Its left half red, its right half blue, but for a white corner at the top on the left.
VideoFrame two_colours(int width, int height, int rotation = 0)
{
    std::vector<uint8_t> rgb(static_cast<size_t>(width) * static_cast<size_t>(height) * 3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool corner = x < width / 4 && y < height / 4;
            uint8_t *pixel = rgb.data() + (static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)) * 3;
            pixel[0] = corner || x < width / 2 ? 255 : 0;
            pixel[1] = corner ? 255 : 0;
            pixel[2] = corner || x >= width / 2 ? 255 : 0;
        }
    }
    FrameView view{PixelFormat::rgb24, width, height, rotation, {{{rgb.data(), 0, rgb.size()}}}};
    EXPECT_FALSE(VideoFrame::complete(view));
    VideoFrame frame;
    frame.copy(view);
    return frame;
}

constexpr std::array red{255, 0, 0}, blue{0, 0, 255}, white{255, 255, 255}, black{0, 0, 0};

// Scaling rounds.
bool is_near(std::array<int, 3> a, std::array<int, 3> b)
{
    return std::abs(a[0] - b[0]) <= 2 && std::abs(a[1] - b[1]) <= 2 && std::abs(a[2] - b[2]) <= 2;
}

ImageOptions png_of(int width, int height, ImageFit fit = ImageFit::scale_aspect_fit)
{
    return {ImageFormat::png, 75, width, height, fit};
}

TEST(ImageEncoderTest, FrameIsScaledDownAndNeverUp)
{
    const Picture small = encoded(two_colours(320, 240), ImageOptions());
    EXPECT_EQ(std::pair(small.width, small.height), std::pair(320, 240));
    const Picture large = encoded(two_colours(1920, 1080), ImageOptions());
    EXPECT_EQ(std::pair(large.width, large.height), std::pair(1024, 576));
    const Picture thin = encoded(two_colours(3000, 1), ImageOptions());
    EXPECT_EQ(std::pair(thin.width, thin.height), std::pair(1024, 1));
}

TEST(ImageEncoderTest, FrameIsTurnedUpright)
{
    const std::map<int, std::array<int, 2>> white_corners{{0, {2, 2}}, {90, {37, 2}}, {180, {77, 37}}, {270, {2, 77}}};
    for (const auto &[rotation, corner] : white_corners) {
        const Picture picture = encoded(two_colours(80, 40, rotation), png_of(1024, 1024));
        const bool lies = rotation % 180 == 0;
        EXPECT_EQ(std::pair(picture.width, picture.height), lies ? std::pair(80, 40) : std::pair(40, 80)) << rotation;
        EXPECT_EQ(picture.at(corner[0], corner[1]), white) << rotation;
    }
}

TEST(ImageEncoderTest, FitsPutTheFrameWhereTheirNamesSay)
{
    const VideoFrame frame = two_colours(200, 100);
    const Picture fit = encoded(frame, png_of(100, 100));
    EXPECT_EQ(std::pair(fit.width, fit.height), std::pair(100, 50));
    const Picture cover = encoded(frame, png_of(100, 50, ImageFit::scale_aspect_cover));
    EXPECT_EQ(std::pair(cover.width, cover.height), std::pair(100, 50));
    const Picture skewed = encoded(frame, png_of(100, 100, ImageFit::skew));
    EXPECT_EQ(std::pair(skewed.width, skewed.height), std::pair(100, 100));
    EXPECT_TRUE(is_near(skewed.at(80, 50), blue));

    const Picture boxed = encoded(frame, png_of(100, 100, ImageFit::center_aspect_fit));
    ASSERT_EQ(std::pair(boxed.width, boxed.height), std::pair(100, 100));
    EXPECT_EQ(boxed.at(50, 10), black);
    EXPECT_TRUE(is_near(boxed.at(5, 28), white));
    EXPECT_TRUE(is_near(boxed.at(90, 70), blue));
    EXPECT_EQ(boxed.at(50, 80), black);

    const Picture middle = encoded(frame, png_of(60, 80, ImageFit::center_aspect_cover));
    ASSERT_EQ(std::pair(middle.width, middle.height), std::pair(60, 80));
    EXPECT_TRUE(is_near(middle.at(5, 5), red));
    EXPECT_TRUE(is_near(middle.at(55, 75), blue));
}

TEST(ImageFitTest, SizesAreThoseOfTheProportions)
{
    const auto scaled = [](Size frame, Size bounds, ImageFit fit) {
        return fit_image(frame, {ImageFormat::jpeg, 75, bounds.width, bounds.height, fit}).scaled;
    };
    EXPECT_EQ(scaled({1080, 1920}, {1024, 1024}, ImageFit::scale_aspect_fit), (Size{576, 1024}));
    EXPECT_EQ(scaled({4000, 10}, {100, 100}, ImageFit::scale_aspect_fit), (Size{100, 1}));
    EXPECT_EQ(scaled({200, 100}, {100, 100}, ImageFit::scale_aspect_cover), (Size{200, 100}));
    EXPECT_EQ(scaled({400, 200}, {100, 100}, ImageFit::scale_aspect_cover), (Size{200, 100}));
    EXPECT_EQ(scaled({50, 400}, {100, 100}, ImageFit::skew), (Size{50, 100}));
}

// ---- The frames of the data beside the project ----

std::optional<fs::path> images()
{
    const fs::path folder = testing::data_folder() / "media" / "images";
    return fs::exists(folder / "index.json") ? std::optional(folder) : std::nullopt;
}

std::vector<uint8_t> content(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Layout {
    PixelFormat format;
    bool is_yuv;
};

const std::map<std::string, Layout> layouts{
    {"RGBA", {PixelFormat::rgba, false}},   {"BGRA", {PixelFormat::bgra, false}}, {"ARGB", {PixelFormat::argb, false}},
    {"ABGR", {PixelFormat::abgr, false}},   {"RGB24", {PixelFormat::rgb24, false}}, {"BGR24", {PixelFormat::bgr24, false}},
    {"I420", {PixelFormat::i420, true}},    {"NV12", {PixelFormat::nv12, true}},  {"NV21", {PixelFormat::nv21, true}},
};

FrameView view_of(PixelFormat format, int width, int height, const std::vector<int> &strides, const std::vector<uint8_t> &bytes)
{
    FrameView view{format, width, height, 0, {}};
    size_t at = 0;
    for (size_t plane = 0; plane < strides.size(); ++plane) {
        const auto rows = static_cast<size_t>(plane == 0 ? height : (height + 1) / 2);
        const size_t size = static_cast<size_t>(strides[plane]) * rows;
        view.planes[plane] = {bytes.data() + at, strides[plane], std::min(size, bytes.size() - at)};
        at += size;
    }
    return view;
}

TEST(ImageFormats, EveryFormatOfAFrameShowsTheSamePicture)
{
    const std::optional<fs::path> folder = images();
    if (!folder) {
        ASSERT_TRUE(testing::may_lack_data()) << "no pictures in " << testing::data_folder();
        GTEST_SKIP() << "no pictures: set GEMLIVE_TEST_DATA";
    }
    const auto index = nlohmann::json::parse(std::ifstream(*folder / "index.json"));
    size_t seen = 0;
    for (const auto &frame : index["raw_frames"]) {
        const int width = frame["width"], height = frame["height"];
        const std::vector<uint8_t> plain = content(*folder / frame["formats"]["RGB24"]["file"]);
        const std::vector<uint8_t> of_yuv = content(*folder / frame["yuv_reference_rgb"]["file"]);
        for (const auto &[name, file] : frame["formats"].items()) {
            const auto layout = layouts.find(name.substr(0, name.find(' ')));
            ASSERT_NE(layout, layouts.end()) << name;
            const std::vector<uint8_t> bytes = content(*folder / file["file"]);
            FrameView view = view_of(layout->second.format, width, height, file["strides"], bytes);
            const Error error = VideoFrame::complete(view);
            ASSERT_FALSE(error) << error.message;
            VideoFrame copied;
            copied.copy(view);
            const Picture picture = encoded(copied, png_of(16384, 16384));
            const std::vector<uint8_t> &expected = layout->second.is_yuv ? of_yuv : plain;
            ASSERT_EQ(picture.rgb.size(), expected.size());
            int worst = 0;
            for (size_t i = 0; i < expected.size(); ++i) {
                worst = std::max(worst, std::abs(picture.rgb[i] - expected[i]));
            }
            EXPECT_LE(worst, layout->second.is_yuv ? 2 : 0) << frame["content"] << " " << name;
            ++seen;
        }
    }
    EXPECT_GT(seen, 0U);
}

// JPEG is of full range: limited-range planes that go to its encoder as they are make grey blacks.
TEST(ImageFormats, BlackOfAYuvFrameIsBlackInAJpeg)
{
    const std::vector<uint8_t> planes = [] {
        std::vector<uint8_t> bytes(32 * 32, 16);
        bytes.insert(bytes.end(), 2 * 16 * 16, 128);
        return bytes;
    }();
    VideoFrame frame;
    frame.copy(view_of(PixelFormat::i420, 32, 32, {32, 16, 16}, planes));
    const Picture picture = encoded(frame, ImageOptions());
    EXPECT_LT(*std::max_element(picture.rgb.begin(), picture.rgb.end()), 8);
}

TEST(ImageFormats, YuY2ShowsItsColours)
{
    std::vector<uint8_t> bytes;  // 3 x 2, all of one green: Y 145, U 54, V 34
    for (int i = 0; i < 2 * 2; ++i) {
        bytes.insert(bytes.end(), {145, 54, 145, 34});
    }
    VideoFrame frame;
    frame.copy(view_of(PixelFormat::yuy2, 3, 2, {8}, bytes));
    const Picture picture = encoded(frame, png_of(64, 64));
    ASSERT_EQ(std::pair(picture.width, picture.height), std::pair(3, 2));
    for (int x = 0; x < 3; ++x) {
        const auto [r, g, b] = picture.at(x, 1);
        EXPECT_LE(std::max({std::abs(r - 0), std::abs(g - 255), std::abs(b - 1)}), 3) << r << " " << g << " " << b;
    }
}

}  // namespace
}  // namespace gemlive::media
