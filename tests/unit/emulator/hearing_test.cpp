#include "hearing.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "base/base64.hpp"
#include "microphone.hpp"
#include "voice.hpp"

namespace gemlive::emulator {
namespace {

// What a client would send of it at 24 kHz, as the emulator gets to hear it.
std::vector<int16_t> spoken(const std::string &text, const std::string &voice)
{
    const std::vector<int16_t> samples = synthesise(text, voice);
    Json blob;
    blob["mimeType"] = "audio/pcm;rate=24000";
    blob["data"] = base64::encode({reinterpret_cast<const uint8_t *>(samples.data()), samples.size() * 2});
    Microphone microphone;
    const auto heard = microphone.hear(blob);
    return {heard.begin(), heard.end()};
}

std::vector<int16_t> silence(int ms)
{
    return std::vector<int16_t>(static_cast<size_t>(ms) * 16);
}

std::vector<HeardSpeech> hear(std::initializer_list<std::vector<int16_t>> parts, size_t block = 320)
{
    Hearing hearing({});
    std::vector<HeardSpeech> found;
    for (const auto &part : parts) {
        for (size_t i = 0; i < part.size(); i += block)
            hearing.feed(std::span(part).subspan(i, std::min(block, part.size() - i)), found);
    }
    return found;
}

TEST(Hearing, FindsEachUtteranceOfBothVoices)
{
    for (const char *voice : {"slt", "rms"}) {
        const auto speech = spoken("Hello, do you sell swords in this town?", voice);
        const auto found = hear({silence(500), speech, silence(1000), speech, silence(1000)});
        ASSERT_EQ(found.size(), 4u) << voice;
        EXPECT_EQ(found[0].edge, HeardSpeech::Edge::started);
        EXPECT_EQ(found[1].edge, HeardSpeech::Edge::ended);
        EXPECT_GE(found[0].from, 8000);
        EXPECT_LT(found[1].to, 8000 + static_cast<int64_t>(speech.size()) + 1600);
        EXPECT_GT(found[1].to - found[1].from, static_cast<int64_t>(speech.size()) / 2);
    }
}

TEST(Hearing, DoesNotDependOnTheBlockSize)
{
    const auto speech = spoken("A short line.", "slt");
    const auto small = hear({silence(200), speech, silence(900)}, 7);
    const auto large = hear({silence(200), speech, silence(900)}, 100000);
    ASSERT_EQ(small.size(), large.size());
    for (size_t i = 0; i < small.size(); ++i) {
        EXPECT_EQ(small[i].at, large[i].at);
        EXPECT_EQ(small[i].from, large[i].from);
    }
}

TEST(Hearing, SilenceNoiseAndHumAreNoSpeech)
{
    std::mt19937 random(3);
    std::normal_distribution<double> gauss(0, 60);
    std::vector<int16_t> noise(16000 * 4);
    std::vector<int16_t> hum(16000 * 4);
    for (size_t i = 0; i < noise.size(); ++i) {
        noise[i] = static_cast<int16_t>(gauss(random));
        hum[i] = static_cast<int16_t>(800 * std::sin(2 * M_PI * 50 * static_cast<double>(i) / input_rate));
    }
    EXPECT_TRUE(hear({silence(3000)}).empty());
    EXPECT_TRUE(hear({noise}).empty());
    EXPECT_TRUE(hear({hum}).empty());
}

TEST(Hearing, TheEndOfTheStreamEndsSpeech)
{
    Hearing hearing({});
    std::vector<HeardSpeech> found;
    hearing.feed(spoken("Is anybody there?", "rms"), found);
    ASSERT_TRUE(hearing.in_speech());
    hearing.end_stream(found);
    EXPECT_FALSE(hearing.in_speech());
    EXPECT_EQ(found.back().edge, HeardSpeech::Edge::ended);
    const size_t before = found.size();
    hearing.end_stream(found);
    EXPECT_EQ(found.size(), before);
}

TEST(Microphone, KeepsAnOddByteForTheNextBlob)
{
    Microphone microphone;
    Json blob;
    blob["mimeType"] = "audio/pcm";
    const uint8_t first[] = {0x01, 0x02, 0x03};
    const uint8_t second[] = {0x04, 0x05, 0x06};
    blob["data"] = base64::encode(first);
    const auto one = microphone.hear(blob);
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(one[0], 0x0201);
    blob["data"] = base64::encode(second);
    const auto two = microphone.hear(blob);
    ASSERT_EQ(two.size(), 2u);
    EXPECT_EQ(two[0], 0x0403);
    EXPECT_EQ(two[1], 0x0605);
}

TEST(Microphone, ReadsTheRate)
{
    EXPECT_EQ(pcm_rate("audio/pcm"), 16000);
    EXPECT_EQ(pcm_rate("Audio/PCM; rate = 24000"), 24000);
    EXPECT_EQ(pcm_rate("audio/pcm;rate=8000"), 8000);
    EXPECT_EQ(pcm_rate("audio/opus"), 0);
    EXPECT_EQ(pcm_rate("audio/pcm;rate=0"), 0);
}

}  // namespace
}  // namespace gemlive::emulator
