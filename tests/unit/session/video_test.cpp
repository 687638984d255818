// What of an application's frames reaches the server.
#include <gmock/gmock.h>

#include "base/base64.hpp"
#include "controller_fixture.hpp"
#include "platform/thread.hpp"
#include "session/shared.hpp"
#include "session/video_slot.hpp"

namespace gemlive::session {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::HasSubstr;

const std::vector<uint8_t> pixels(64 * 48 * 4, 200);

media::FrameView frame(int width = 64)
{
    media::FrameView view{media::PixelFormat::rgba, width, 48, 0, {{{pixels.data(), 0, pixels.size()}}}};
    EXPECT_FALSE(media::VideoFrame::complete(view));
    return view;
}

constexpr Clock::time_point start(1h);

TEST(VideoSlot, NewestFrameTakesThePlaceOfTheOneThatWaits)
{
    VideoSlot slot;
    EXPECT_EQ(slot.put(frame(64), 1s, start), start);
    EXPECT_EQ(slot.put(frame(32), 1s, start), std::nullopt) << "somebody comes already";
    const auto taken = slot.take(start);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->width(), 32);
    EXPECT_FALSE(slot.take(start));
}

TEST(VideoSlot, FramesAreTakenAnIntervalApart)
{
    VideoSlot slot;
    slot.put(frame(), 1s, start);
    slot.take(start);
    EXPECT_EQ(slot.put(frame(), 3s, start + 100ms), start + 3s);
    EXPECT_FALSE(slot.take(start + 2999ms));
    EXPECT_EQ(slot.put(frame(), 1s, start + 500ms), start + 1s) << "the user begins to speak";
    EXPECT_TRUE(slot.take(start + 1s));
    EXPECT_FALSE(slot.take(start + 3s)) << "that was for the frame that has gone";
    EXPECT_EQ(slot.put(frame(), 1s, start + 5s), start + 5s);
}

class VideoTest : public ControllerTest {
protected:
    VideoTest()
    {
        server.on_message = [this](ScriptedLink &link, const json &message) {
            if (link.received.back() == "video") {
                shown.push_back(message["realtimeInput"]["video"]);
                link.send(answer("seen"));
            }
        };
    }
    ~VideoTest() override { end(); }

    std::vector<json> shown;  // of the I/O thread
};

TEST_F(VideoTest, FrameIsShownAsAPictureOfTheTypeThatItIs)
{
    open({{"image_encode_options", {{"width", 32}}}, {"video_idle_interval_ms", 0}});
    ASSERT_FALSE(session->push_video(frame()));
    await("text");
    ASSERT_FALSE(update({{"image_encode_options", {{"format", "PNG"}}}}));
    on_io_thread([] {});
    ASSERT_FALSE(session->push_video(frame()));
    await("text");
    on_io_thread([&] {
        ASSERT_EQ(shown.size(), 2U);
        EXPECT_EQ(shown[0]["mimeType"], "image/jpeg");
        EXPECT_THAT(shown[0]["data"], HasSubstr("/9j/"));
        EXPECT_EQ(shown[1]["mimeType"], "image/png");
        EXPECT_THAT(shown[1]["data"], HasSubstr("iVBORw0KGgo"));
    });
}

TEST_F(VideoTest, OfFramesThatComeTooFastTheNewestIsShown)
{
    open({{"video_idle_interval_ms", 200}, {"image_encode_options", {{"format", "PNG"}}}});
    ASSERT_FALSE(session->push_video(frame(64)));
    await("text");
    for (int i = 0; i < 20; ++i) {
        ASSERT_FALSE(session->push_video(frame(32)));
    }
    ASSERT_FALSE(session->push_video(frame(16)));
    await("text");
    on_io_thread([&] {
        const std::string &base64 = shown.back()["data"].get_ref<const std::string &>();
        std::vector<uint8_t> png(base64::decoded_size(base64));
        ASSERT_TRUE(base64::decode(base64, png.data()));
        EXPECT_EQ(png.at(19), 16) << "the width in a PNG's header";
    });
}

TEST_F(VideoTest, FrameThatWaitsHoldsNothingUpWhenTheSessionIsGone)
{
    open({{"video_idle_interval_ms", 3'600'000}});
    ASSERT_FALSE(session->push_video(frame()));
    await("text");
    ASSERT_FALSE(session->push_video(frame()));  // in an hour
    const std::weak_ptr<Session> gone = session;
    end();
    model.reset();
    EXPECT_TRUE(platform::wait_until_threads_ended(20s));
    EXPECT_TRUE(gone.expired());
}

TEST_F(VideoTest, SessionThatHasEndedTakesNoFrame)
{
    open();
    await("connected");
    ASSERT_FALSE(session->close(false, std::nullopt));
    EXPECT_EQ(session->push_video(frame()).status, Status::closed);
}

}  // namespace
}  // namespace gemlive::session
