#include "media/voice_detector.hpp"

#include <chrono>
#include <cmath>

#include <gtest/gtest.h>

#include "media/input_stream.hpp"
#include "signals.hpp"
#include "support/vowel.hpp"

namespace gemlive::media {
namespace {

using namespace gemlive::testing;
using std::chrono::milliseconds;
using Samples = std::vector<int16_t>;

constexpr size_t ms = 16;

class VoiceDetectorTest : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (!VoiceDetector::is_available()) {
            GTEST_SKIP() << "built without a voice detector";
        }
    }

    void quiet(size_t length_ms) { stream.insert(stream.end(), length_ms * ms, 0); }

    void speech(size_t length_ms)
    {
        const Samples spoken = vowel(length_ms);
        stream.insert(stream.end(), spoken.begin(), spoken.end());
    }

    // As a microphone would give it: sample i comes at i / 16 ms.
    void hear(size_t block)
    {
        for (; heard < stream.size(); heard += block) {
            const auto piece = std::span(stream).subspan(heard, std::min(block, stream.size() - heard));
            detector.process(piece, heard, at_ms((heard + piece.size()) / ms));
        }
        heard = stream.size();
    }

    static Clock::time_point at_ms(size_t at) { return Clock::time_point(milliseconds(at)); }

    Samples stream;
    size_t heard = 0;
    VoiceDetector detector;
};

TEST_F(VoiceDetectorTest, SpeechHasABeginningAndAnEnd)
{
    quiet(500);
    speech(1000);
    quiet(1000);
    hear(80);
    const auto changes = detector.take_changes();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_TRUE(changes[0].started);
    EXPECT_NEAR(static_cast<double>(changes[0].sample), 500.0 * ms, 60.0 * ms);
    EXPECT_FALSE(changes[1].started);
    EXPECT_NEAR(static_cast<double>(changes[1].sample), 1500.0 * ms, 130.0 * ms);
    EXPECT_FALSE(detector.is_speaking());
    EXPECT_TRUE(detector.take_changes().empty());
}

TEST_F(VoiceDetectorTest, EndIsDatedByTheSampleAndNotByTheHangover)
{
    quiet(500);
    speech(1000);
    quiet(1000);
    hear(320);
    const auto changes = detector.take_changes();
    ASSERT_EQ(changes.size(), 2U);
    for (const VoiceDetector::Change &change : changes) {
        const auto sample_came = at_ms(change.sample / ms);
        EXPECT_LE(std::chrono::abs(change.at - sample_came), milliseconds(20));
    }
    EXPECT_EQ(detector.last_voice(), changes[1].at);
}

TEST_F(VoiceDetectorTest, SpeechIsHeardWhileItGoesOn)
{
    EXPECT_FALSE(detector.last_voice());
    quiet(500);
    speech(700);
    hear(80);
    EXPECT_TRUE(detector.is_speaking());
    ASSERT_TRUE(detector.last_voice());
    EXPECT_LE(at_ms(1200) - *detector.last_voice(), milliseconds(60));
}

TEST_F(VoiceDetectorTest, BlocksOfAnySizeLeadToTheSame)
{
    quiet(300);
    speech(800);
    quiet(900);
    std::vector<uint64_t> expected;
    for (const size_t block : {320UL, 1UL, 77UL, 800UL, 5000UL}) {
        VoiceDetector other;
        for (size_t at = 0; at < stream.size(); at += block) {
            other.process(std::span(stream).subspan(at, std::min(block, stream.size() - at)), at, {});
        }
        std::vector<uint64_t> places;
        for (const VoiceDetector::Change &change : other.take_changes()) {
            places.push_back(change.sample);
        }
        ASSERT_EQ(places.size(), 2U) << block;
        if (expected.empty()) {
            expected = places;
        }
        EXPECT_EQ(places, expected) << block;
    }
}

TEST_F(VoiceDetectorTest, PauseBetweenWordsIsNoEnd)
{
    quiet(300);
    speech(600);
    quiet(250);
    speech(600);
    quiet(1000);
    hear(80);
    EXPECT_EQ(detector.take_changes().size(), 2U);
}

TEST_F(VoiceDetectorTest, SilenceNoiseTonesAndClicksAreNoSpeech)
{
    std::mt19937 random(5);
    Samples faint = noise(3 * 16'000, random);
    for (int16_t &sample : faint) {
        sample = static_cast<int16_t>(sample / 300);
    }
    Samples tone;
    Samples clicks(3 * 16'000);
    for (size_t i = 0; i < clicks.size(); ++i) {
        const bool sounds = i % 8000 < 3200;
        const double sine = std::sin(2 * M_PI * 800 * static_cast<double>(i) / 16'000);
        tone.push_back(static_cast<int16_t>(sounds ? 8000 * sine : 0));
        clicks[i] = i % 1600 == 0 ? 20'000 : 0;
    }
    const std::pair<const char *, Samples> sounds[] = {
        {"silence", Samples(3 * 16'000)},
        {"noise", faint},
        {"tone", tone},
        {"clicks", clicks},
        {"offset", Samples(3 * 16'000, 12'000)}};
    for (const auto &[name, sound] : sounds) {
        VoiceDetector fresh;
        fresh.process(sound, 0, {});
        EXPECT_TRUE(fresh.take_changes().empty()) << name;
    }
}

TEST_F(VoiceDetectorTest, InterruptedStreamEndsTheSpeech)
{
    quiet(300);
    speech(600);
    hear(80);
    EXPECT_EQ(detector.take_changes().size(), 1U);
    detector.interrupt();
    const auto changes = detector.take_changes();
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_FALSE(changes[0].started);
    EXPECT_NEAR(static_cast<double>(changes[0].sample), 900.0 * ms, 40.0 * ms);
    detector.interrupt();
    EXPECT_TRUE(detector.take_changes().empty());
}

TEST_F(VoiceDetectorTest, IndicesAreThoseOfTheStreamAfterItWasSwitchedOffForAWhile)
{
    speech(600);
    quiet(700);
    detector.process(stream, 1'000'000, {});
    const auto changes = detector.take_changes();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_NEAR(static_cast<double>(changes[0].sample), 1'000'000, 100.0 * ms);
    EXPECT_NEAR(static_cast<double>(changes[1].sample), 1'000'000 + 600.0 * ms, 130.0 * ms);
}

TEST_F(VoiceDetectorTest, InputStreamListensOnlyWhereItIsToldTo)
{
    quiet(200);
    speech(600);
    InputStream deaf({.ring_ms = 2000});
    deaf.push({stream.data(), stream.size()});
    deaf.take();
    EXPECT_FALSE(deaf.last_voice());
    EXPECT_TRUE(deaf.take_voice_changes().empty());

    InputStream input({.ring_ms = 2000, .detect_voice = true});
    input.push({stream.data(), stream.size()});
    input.take();
    EXPECT_TRUE(input.last_voice());
    EXPECT_EQ(input.take_voice_changes().size(), 1U);
    input.detect_voice(false);
    EXPECT_EQ(input.take_voice_changes().size(), 1U) << "who spoke has stopped";
    input.push({stream.data(), stream.size()});
    input.take();
    EXPECT_TRUE(input.take_voice_changes().empty());
}

}  // namespace
}  // namespace gemlive::media
