// push_* and read_* may not allocate, lock or make a system call, whatever goes on around them.
#include "media/input_stream.hpp"
#include "media/playout.hpp"

#include "realtime_guard.hpp"
#include "signals.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <unistd.h>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

class Realtime : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (!RealtimeGuard::works()) {
            GTEST_SKIP() << "the sanitizer's runtime stands where the guard would";
        }
        RealtimeGuard::take_violations();
    }
};

TEST_F(Realtime, TheGuardSeesWhatItMust)
{
    std::mutex mutex;
    void *volatile memory = nullptr;
    {
        RealtimeGuard guard;
        memory = ::operator new(100);
        ::operator delete(memory);
        mutex.lock();
        mutex.unlock();
        EXPECT_EQ(::write(-1, "", 0), -1);
    }
    const std::string seen = RealtimeGuard::take_violations();
    for (const char *name : {"malloc", "free", "pthread_mutex_lock", "write"}) {
        EXPECT_NE(seen.find(name), std::string::npos) << name << " in " << seen;
    }
    EXPECT_EQ(RealtimeGuard::take_violations(), "");
}

TEST_F(Realtime, Push)
{
    std::mt19937 random(61);
    const std::vector<int16_t> shorts(2 * 5000, 300);
    const std::vector<float> floats(2 * 5000, 0.1F);
    InputStream input({.ring_ms = 250});
    for (int i = 0; i < 500; ++i) {
        input.set_format({i % 3 == 0 ? 48000 : 16000, i % 2 + 1});
        {
            RealtimeGuard guard;
            input.push({shorts.data(), up_to(random, 500)});
            input.push({floats.data(), up_to(random, 5000)});
            const void *const planes[2] = {shorts.data(), floats.data()};
            for (int32_t format = 1; format <= 6; ++format) {
                const auto samples = static_cast<SampleFormat>(format);
                input.push({samples, std::span(planes).first(1), up_to(random, 500)});
                input.push({samples, planes, up_to(random, 500)});  // refused where there is one channel
            }
            input.level();
            input.accepted_frames();
            input.refused_frames();
        }
        ASSERT_EQ(RealtimeGuard::take_violations(), "");
        input.take();
    }
    EXPECT_GT(input.refused_frames(), 0U);
    EXPECT_GT(input.accepted_frames(), 0U);
}

TEST_F(Realtime, Read)
{
    std::mt19937 random(62);
    std::vector<int16_t> shorts(2 * 2000);
    std::vector<float> floats(2 * 2000);
    const AudioFormat formats[] = {{48000, 2}, {24000, 1}, {44100, 2}, {16000, 1}};
    const int rates[] = {24000, 16000, 24000, 48000};
    for (const auto quality : {ResamplerQuality::standard, ResamplerQuality::high}) {
        Playout playout({.prebuffer_ms = 20, .playout_ms = 3000, .quality = quality});
        uint64_t turn = 1;
        size_t heard = 0;
        for (int i = 0; i < 4000; ++i) {
            {
                RealtimeGuard guard;
                heard += playout.read({shorts.data(), up_to(random, 500)});
                heard += playout.read({floats.data(), up_to(random, 2000)});
                playout.queued_us();
                playout.reader_seen();
            }
            ASSERT_EQ(RealtimeGuard::take_violations(), "") << "after step " << i;
            switch (random() % 32) {
            case 0:
                playout.set_output_format(formats[random() % std::size(formats)]);
                break;
            case 1:
                playout.flush();
                ++turn;
                break;
            case 2:
                playout.end_of_turn(turn++);
                break;
            default:
                playout.append(turn, noise(up_to(random, 3000), random), rates[random() % std::size(rates)]);
                playout.collect({});
            }
        }
        EXPECT_GT(heard, 0U);
    }
}

// From the second call on: the output has its size by then.
TEST_F(Realtime, ResamplersOfDevicesNeedNoMemory)
{
    const std::pair<int, int> rates[] = {
        {48000, 16000}, {44100, 16000}, {8000, 16000}, {24000, 48000}, {24000, 44100}};
    for (const auto &[in_rate, out_rate] : rates) {
        Resampler resampler(in_rate, out_rate);
        const std::vector<float> in(static_cast<size_t>(in_rate) / 100, 0.1F);
        std::vector<float> out;
        out.reserve(2000);
        {
            RealtimeGuard guard;
            for (int i = 0; i < 100; ++i) {
                out.clear();
                resampler.process(in, out);
                resampler.settle(out);
            }
            out.clear();
            resampler.flush(out);
        }
        EXPECT_EQ(RealtimeGuard::take_violations(), "") << in_rate << " to " << out_rate;
    }
}

// Not real-time functions, but a packet of audio must not cost an allocation either.
TEST_F(Realtime, SteadyStreamsDoNotAllocate)
{
    const std::vector<int16_t> microphone(2 * 480, 100);
    const std::vector<int16_t> model(4800, 100);
    std::vector<int16_t> device(2 * 960);
    InputStream input({.format = {48000, 2}});
    Playout playout({});
    playout.set_output_format({48000, 2});
    const auto second = [&] {
        for (int i = 0; i < 100; ++i) {
            input.push({microphone.data(), 480});
            if (i % 5 == 4) {
                input.take();
            }
            if (i % 20 == 0) {
                playout.append(1, model, 24000);
            }
            if (i % 20 == 10) {
                for (size_t left = 4801; left > 0;) {
                    const auto room = playout.begin_chunk(1, 24000, left);
                    std::fill(room.begin(), room.end(), int16_t{3});
                    playout.commit(room.size());
                    left -= room.size();
                }
            }
            playout.read({device.data(), 960});
            playout.collect({});
        }
    };
    second();
    second();
    {
        RealtimeGuard guard;
        second();
    }
    const std::string seen = RealtimeGuard::take_violations();
    EXPECT_EQ(seen.find("alloc"), std::string::npos) << seen;
    EXPECT_EQ(seen.find("free"), std::string::npos) << seen;
}

}  // namespace
}  // namespace gemlive::media
