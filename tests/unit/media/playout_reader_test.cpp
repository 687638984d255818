#include "playout_reader.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

class PlayoutReaderTest : public ::testing::Test {
protected:
    void append(uint64_t turn, std::span<const float> samples, int sample_rate = 24000)
    {
        const auto words = to_16_bits(samples);
        for (size_t at = 0; at < words.size();) {
            const auto room = queue_.room(turn, offset_, sample_rate, words.size() - at);
            ASSERT_FALSE(room.empty());
            std::copy_n(words.begin() + static_cast<ptrdiff_t>(at), room.size(), room.begin());
            queue_.publish(room.size());
            offset_ += room.size();
            at += room.size();
        }
    }

    void flush()
    {
        const auto nothing = [](const PlayoutQueue::Passed &) {};
        queue_.jump(true, nothing, nothing);
    }

    std::vector<float> read(size_t frames, size_t wanted_heard)
    {
        std::vector<float> out(frames, 9.0F);
        queue_.enter();
        EXPECT_EQ(reader_.read(*output_, {out.data(), frames}), wanted_heard);
        queue_.leave(reader_.done());
        queue_.take_claimed([](const PlayoutQueue::Passed &) {});
        queue_.reclaim();
        return out;
    }

    void set_output(int sample_rate)
    {
        output_.emplace(AudioFormat{sample_rate, 1}, ResamplerQuality::standard, ++outputs_);
        output_->add_rate(24000);
        output_->add_rate(16000);
    }

    static bool silent(std::span<const float> samples)
    {
        return std::all_of(samples.begin(), samples.end(), [](float sample) { return sample == 0.0F; });
    }

    PlayoutQueue queue_{64};
    PlayoutReader reader_{queue_, 100};
    uint64_t outputs_ = 0;
    std::optional<PlayoutOutput> output_;
    uint64_t offset_ = 0;
};

TEST_F(PlayoutReaderTest, IsSilentBeforeThePrebufferIsThere)
{
    set_output(24000);
    append(1, std::vector<float>(2399, 0.5F));
    EXPECT_TRUE(silent(read(1000, 0)));
    append(1, std::vector<float>(1, 0.5F));
    EXPECT_EQ(read(1000, 1000), std::vector<float>(1000, 0.5F));
}

TEST_F(PlayoutReaderTest, AnEndedSoundNeedsNoPrebufferAndStopsByItself)
{
    set_output(24000);
    append(1, std::vector<float>(500, 0.5F));
    reader_.end_at(queue_.appended_frames());
    const auto out = read(1000, 500);
    EXPECT_EQ(out[499], 0.5F);
    EXPECT_TRUE(silent(std::span(out).subspan(500)));
}

TEST_F(PlayoutReaderTest, AnUnderrunPlaysBackwardsIntoSilence)
{
    set_output(24000);
    std::vector<float> ramp(2400);
    for (size_t i = 0; i < ramp.size(); ++i) {
        ramp[i] = static_cast<float>(i + 1) / 4800.0F;
    }
    append(1, ramp);
    const auto out = read(4000, 2400);
    for (size_t i = 0; i < 96; ++i) {
        const float mirrored = ramp[2399 - i] * static_cast<float>(96 - i) / 97.0F;
        ASSERT_NEAR(out[2400 + i], mirrored, 1e-4) << i;
    }
    EXPECT_TRUE(silent(std::span(out).subspan(2496)));
}

TEST_F(PlayoutReaderTest, AFlushFadesOverWhatWouldHaveCome)
{
    set_output(24000);
    append(1, std::vector<float>(2400, 0.5F));
    append(1, std::vector<float>(2400, -0.25F));
    read(2400, 2400);
    flush();
    const auto out = read(1000, 0);
    for (size_t i = 0; i < 96; ++i) {
        ASSERT_NEAR(out[i], -0.25F * static_cast<float>(96 - i) / 97.0F, 1e-4) << i;
    }
    EXPECT_TRUE(silent(std::span(out).subspan(96)));
    EXPECT_TRUE(silent(read(1000, 0)));
}

TEST_F(PlayoutReaderTest, AFadeGoesOnInTheNextCall)
{
    set_output(48000);
    append(1, std::vector<float>(9600, 0.5F));
    read(4800, 4800);
    flush();
    std::vector<float> out;
    for (int i = 0; i < 20; ++i) {
        const auto block = read(11, 0);
        out.insert(out.end(), block.begin(), block.end());
    }
    for (size_t i = 1; i < 192; ++i) {
        ASSERT_LT(out[i], out[i - 1]) << i;
        ASSERT_GT(out[i], 0.0F) << i;
    }
    EXPECT_TRUE(silent(std::span(out).subspan(192)));
}

TEST_F(PlayoutReaderTest, WhatComesAfterABreakInATurnFadesIn)
{
    set_output(24000);
    append(1, std::vector<float>(4800, 0.5F));
    read(10000, 4800);
    append(1, std::vector<float>(4800, 0.5F));
    const auto out = read(1000, 1000);
    EXPECT_EQ(out[0], 0.0F);
    for (size_t i = 1; i < 96; ++i) {
        ASSERT_GT(out[i], out[i - 1]);
    }
    EXPECT_EQ(out[96], 0.5F);
}

TEST_F(PlayoutReaderTest, AnotherRateOfTheModelGoesOnWithoutAGap)
{
    set_output(48000);
    append(1, std::vector<float>(4800, 0.5F), 24000);
    append(1, std::vector<float>(3200, 0.5F), 16000);
    reader_.end_at(queue_.appended_frames());
    const auto out = read(19200, 19200);
    EXPECT_TRUE(silent(read(100, 0)));
    // The edges are those of the filters alone: each sound ends and begins with silence around it.
    EXPECT_NEAR(out[9000], 0.5F, 1e-4);
    EXPECT_NEAR(out[10000], 0.5F, 1e-4);
}

TEST_F(PlayoutReaderTest, AnotherOutputGoesOnInTheMiddleOfTheSound)
{
    set_output(48000);
    append(1, sine(300, 24000, 24000));
    auto out = read(4800, 4800);
    set_output(24000);
    const auto more = read(2400, 2400);
    const auto wanted = sine(300, 24000, 2400, 0.5, 2400);
    EXPECT_GT(snr_db(wanted, more), 30.0);
}

TEST(SampleHistory, KnowsTheLastSamplesHoweverTheyCame)
{
    std::mt19937 random(81);
    const auto all = to_floats(noise(2000, random));
    SampleHistory history;
    EXPECT_EQ(history.before(1), 0.0F);
    for (size_t at = 0; at < all.size();) {
        const size_t frames = std::min(all.size() - at, up_to(random, 600));
        history.remember(std::span(all).subspan(at, frames));
        at += frames;
        ASSERT_EQ(history.frames(), std::min(at, SampleHistory::max_frames));
        for (size_t ago = 1; ago <= history.frames(); ++ago) {
            ASSERT_EQ(history.before(ago), all[at - ago]);
        }
        EXPECT_EQ(history.before(SampleHistory::max_frames + 1), 0.0F);
    }
    history.clear();
    EXPECT_EQ(history.before(1), 0.0F);
}

}  // namespace
}  // namespace gemlive::media
