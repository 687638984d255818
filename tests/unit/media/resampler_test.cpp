#include "media/resampler.hpp"

#include "filter_bank.hpp"
#include "signals.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <tuple>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

using Rates = std::tuple<int, int, ResamplerQuality>;

class ResamplerRates : public ::testing::TestWithParam<Rates> {
protected:
    int in_rate() const { return std::get<0>(GetParam()); }
    int out_rate() const { return std::get<1>(GetParam()); }
    Resampler make() const { return {in_rate(), out_rate(), std::get<2>(GetParam())}; }
    // libsamplerate promises less: it computes the times of its samples anew in each call.
    bool on_our_filter() const
    {
        return std::get<2>(GetParam()) == ResamplerQuality::standard && filter_bank(in_rate(), out_rate());
    }
    void expect_same(std::span<const float> wanted, std::span<const float> got) const
    {
        ASSERT_EQ(got.size(), wanted.size());
        if (on_our_filter()) {
            EXPECT_TRUE(std::equal(got.begin(), got.end(), wanted.begin()));
        } else {
            EXPECT_GT(snr_db(wanted, got), 100.0);
        }
    }

    std::mt19937 random_{20240611};
};

TEST_P(ResamplerRates, SineInChunksStaysASine)
{
    auto resampler = make();
    const auto in = sine(440, in_rate(), static_cast<size_t>(in_rate()));
    std::vector<float> out;
    for (size_t at = 0; at < in.size();) {
        const size_t chunk = std::min(in.size() - at, up_to(random_, 1000));
        resampler.process(std::span(in).subspan(at, chunk), out);
        at += chunk;
    }
    resampler.flush(out);
    ASSERT_EQ(out.size(), static_cast<size_t>(out_rate()));
    const auto wanted = sine(440, out_rate(), out.size());
    const size_t edge = static_cast<size_t>(out_rate()) / 100;
    const auto middle = [edge](const std::vector<float> &all) {
        return std::span(all).subspan(edge, all.size() - 2 * edge);
    };
    EXPECT_GT(snr_db(middle(wanted), middle(out)), 60.0);
    EXPECT_LT(largest_step(middle(out)), 1.1 * largest_step(wanted));
}

TEST_P(ResamplerRates, CountIsExactAfterAnyAmountOfInput)
{
    auto resampler = make();
    std::vector<float> out;
    for (int round = 0; round < 40; ++round) {
        uint64_t given = 0;
        for (size_t chunk = up_to(random_, 4); chunk > 0; --chunk) {
            const auto in = to_floats(noise(up_to(random_, 700), random_));
            resampler.process(in, out);
            given += in.size();
        }
        resampler.flush(out);
        ASSERT_EQ(out.size(), resampled_count(given, in_rate(), out_rate()));
        out.clear();
    }
}

TEST_P(ResamplerRates, ChunkingChangesNothing)
{
    auto whole = make();
    auto pieces = make();
    const auto in = to_floats(noise(5000, random_));
    std::vector<float> wanted;
    whole.process(in, wanted);
    whole.flush(wanted);
    std::vector<float> got;
    for (size_t at = 0; at < in.size();) {
        const size_t chunk = std::min(in.size() - at, up_to(random_, 97));
        pieces.process(std::span(in).subspan(at, chunk), got);
        at += chunk;
    }
    pieces.flush(got);
    expect_same(wanted, got);
}

TEST_P(ResamplerRates, SettlingGivesTheExactCountAndLeavesNoSeam)
{
    auto resampler = make();
    const auto in = sine(200, in_rate(), static_cast<size_t>(in_rate()));
    std::vector<float> out;
    for (size_t at = 0; at < in.size();) {
        const size_t chunk = std::min(in.size() - at, up_to(random_, static_cast<size_t>(in_rate()) / 10));
        resampler.process(std::span(in).subspan(at, chunk), out);
        at += chunk;
        resampler.settle(out);
        ASSERT_EQ(out.size(), resampled_count(at, in_rate(), out_rate()));
        EXPECT_EQ(resampler.pending(), 0U);
    }
    // The samples at a seam are made with a guess of what follows; they must be close, the others exact.
    const auto wanted = sine(200, out_rate(), out.size());
    EXPECT_GT(snr_db(wanted, out), 30.0);
}

TEST_P(ResamplerRates, PullMakesTheSameAsProcess)
{
    auto pushed = make();
    auto pulled = make();
    const auto in = to_floats(noise(6000, random_));
    std::vector<float> wanted;
    pushed.process(in, wanted);
    std::span<const float> left = in;
    const auto source = [&left](std::span<float> block) noexcept {
        const size_t given = std::min(block.size(), left.size());
        std::copy_n(left.begin(), given, block.begin());
        left = left.subspan(given);
        return given;
    };
    std::vector<float> got;
    while (got.size() < wanted.size()) {
        std::vector<float> block(std::min(wanted.size() - got.size(), up_to(random_, 480)));
        ASSERT_EQ(pulled.pull(block, source), block.size());
        got.insert(got.end(), block.begin(), block.end());
    }
    expect_same(wanted, got);
    std::vector<float> rest(100000);
    const size_t made = pulled.pull(rest, source);
    EXPECT_TRUE(left.empty());
    const size_t drained = pulled.pull_rest(std::span(rest).subspan(made));
    EXPECT_EQ(got.size() + made + drained, resampled_count(in.size(), in_rate(), out_rate()));
    EXPECT_EQ(pulled.pending(), 0U);
}

TEST_P(ResamplerRates, PullDoesNotRunAhead)
{
    auto resampler = make();
    size_t taken = 0;
    const auto source = [&taken](std::span<float> block) noexcept {
        std::fill(block.begin(), block.end(), 0.0F);
        taken += block.size();
        return block.size();
    };
    size_t made = 0;
    std::vector<float> out(10000);
    for (int i = 0; i < 200; ++i) {
        made += resampler.pull(std::span(out).first(up_to(random_, 480)), source);
    }
    const double ahead_s = static_cast<double>(taken) / in_rate() - static_cast<double>(made) / out_rate();
    EXPECT_LT(ahead_s, 50.0 / std::min(in_rate(), out_rate()));
}

TEST_P(ResamplerRates, DelayIsTheMostInputThatWaits)
{
    auto resampler = make();
    std::vector<float> out;
    double most = 0;
    for (int i = 0; i < in_rate() / 10; ++i) {
        const float sample = 0.25F;
        resampler.process({&sample, 1}, out);
        most = std::max(most, resampler.pending_input());
    }
    EXPECT_LE(most, resampler.delay());
    if (on_our_filter()) {
        EXPECT_GT(most, resampler.delay() - 1.0);
        EXPECT_LE(resampler.delay() / in_rate(), 0.00401);
    }
}

TEST_P(ResamplerRates, ABrokenSampleIsGoneAfterTheFiltersLength)
{
    auto resampler = make();
    std::vector<float> in(static_cast<size_t>(in_rate()), 0.0F);
    in[100] = std::numeric_limits<float>::quiet_NaN();
    in[200] = std::numeric_limits<float>::infinity();
    std::vector<float> out;
    resampler.process(in, out);
    resampler.flush(out);
    ASSERT_EQ(out.size(), static_cast<size_t>(out_rate()));
    EXPECT_EQ(std::count(out.begin() + out_rate() / 10, out.end(), 0.0F), out_rate() - out_rate() / 10);
}

INSTANTIATE_TEST_SUITE_P(Devices, ResamplerRates,
                         ::testing::Values(Rates{48000, 16000, ResamplerQuality::standard},
                                           Rates{44100, 16000, ResamplerQuality::standard},
                                           Rates{32000, 16000, ResamplerQuality::standard},
                                           Rates{24000, 16000, ResamplerQuality::standard},
                                           Rates{22050, 16000, ResamplerQuality::standard},
                                           Rates{8000, 16000, ResamplerQuality::standard},
                                           Rates{11025, 16000, ResamplerQuality::standard},
                                           Rates{24000, 48000, ResamplerQuality::standard},
                                           Rates{24000, 44100, ResamplerQuality::standard},
                                           Rates{24000, 22050, ResamplerQuality::standard},
                                           Rates{24000, 8000, ResamplerQuality::standard},
                                           Rates{192000, 16000, ResamplerQuality::standard},
                                           Rates{48000, 16000, ResamplerQuality::high},
                                           Rates{24000, 44100, ResamplerQuality::high}));

TEST(Resampler, EqualRatesChangeNothing)
{
    std::mt19937 random(7);
    for (const int rate : {16000, 24000}) {
        Resampler resampler(rate, rate);
        const auto in = to_floats(noise(10000, random));
        std::vector<float> out;
        resampler.process(in, out);
        EXPECT_EQ(resampler.pending(), 0U);
        resampler.settle(out);
        resampler.flush(out);
        EXPECT_EQ(out, in);
    }
}

TEST(Resampler, TheRatesOfDevicesRunOnOurFilterTheRestAndHighQualityDoNot)
{
    const std::pair<int, int> ours[] = {{48000, 16000}, {44100, 16000}, {32000, 16000}, {24000, 16000},
                                        {22050, 16000}, {8000, 16000},  {24000, 48000}, {24000, 44100}};
    for (const auto &[in_rate, out_rate] : ours) {
        const auto bank = filter_bank(in_rate, out_rate);
        ASSERT_TRUE(bank) << in_rate << " to " << out_rate;
        EXPECT_EQ(bank, filter_bank(in_rate, out_rate));
        EXPECT_EQ(Resampler(in_rate, out_rate).delay(), static_cast<double>(bank->taps() / 2));
        EXPECT_NE(Resampler(in_rate, out_rate, ResamplerQuality::high).delay(),
                  static_cast<double>(bank->taps() / 2));
    }
    EXPECT_FALSE(filter_bank(11025, 16000));
    EXPECT_FALSE(filter_bank(24000, 22050));
}

// Of all filters of ours, over the whole band: what passes and what does not.
TEST(Resampler, RippleAndStopBandAreAsPromised)
{
    const std::pair<int, int> rates[] = {{48000, 16000}, {44100, 16000}, {32000, 16000}, {24000, 16000},
                                         {22050, 16000}, {8000, 16000},  {24000, 48000}, {24000, 44100}};
    for (const auto &[in_rate, out_rate] : rates) {
        SCOPED_TRACE(std::to_string(in_rate) + " to " + std::to_string(out_rate));
        const double lower = std::min(in_rate, out_rate) / 2.0;
        const auto frames = static_cast<size_t>(in_rate) / 8;
        const auto inner = [](std::span<const float> all) { return all.subspan(all.size() / 4, all.size() / 2); };
        for (double part = 0.03; part <= 0.8; part += 0.07) {
            std::vector<float> out;
            Resampler resampler(in_rate, out_rate);
            resampler.process(sine(part * lower, in_rate, frames), out);
            const auto wanted = sine(part * lower, out_rate, out.size());
            // An error of 0.0001 of the tone is 0.001 dB; its phase and its images are in here too.
            EXPECT_GT(snr_db(inner(wanted), inner(out)), 80.0) << part * lower << " Hz";
        }
        for (double frequency = lower; frequency < 0.499 * in_rate; frequency += in_rate / 90.0) {
            std::vector<float> out;
            Resampler resampler(in_rate, out_rate);
            resampler.process(sine(frequency, in_rate, frames), out);
            EXPECT_LT(level_db(inner(out)) - level_db(sine(frequency, in_rate, frames)), -90.0)
                << frequency << " Hz";
        }
    }
}

TEST(Resampler, SteadyUseKeepsItsMemory)
{
    Resampler resampler(48000, 16000);
    const auto in = sine(440, 48000, 2400);
    std::vector<float> out;
    resampler.process(in, out);
    out.clear();
    resampler.process(in, out);
    const size_t capacity = out.capacity();
    for (int i = 0; i < 100; ++i) {
        out.clear();
        resampler.process(in, out);
    }
    EXPECT_EQ(out.capacity(), capacity);
}

}  // namespace
}  // namespace gemlive::media
