// What the sanitizer for threads must see: each side on a thread of its own, a bounded number of rounds.
#include "media/input_stream.hpp"
#include "media/playout.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;

// A fault that hangs must fail, not block: every loop that waits for another thread asks this.
class Deadline {
public:
    bool over() const { return std::chrono::steady_clock::now() > end_; }

private:
    std::chrono::steady_clock::time_point end_ = std::chrono::steady_clock::now() + std::chrono::seconds(60);
};

TEST(Threads, PushedSamplesArriveInOrder)
{
    InputStream input({.ring_ms = 20});
    constexpr size_t total = 300000;
    const Deadline deadline;
    std::atomic<bool> gave_up{false};
    std::thread pusher([&] {
        std::mt19937 random(51);
        std::vector<int16_t> block(400);
        for (size_t at = 0; at < total;) {
            const size_t frames = std::min(total - at, up_to(random, block.size()));
            for (size_t i = 0; i < frames; ++i) {
                block[i] = static_cast<int16_t>((at + i) % 32768);
            }
            const size_t taken = input.push({block.data(), frames});
            at += taken;
            if (taken == 0) {
                std::this_thread::yield();
            }
            if (deadline.over()) {
                gave_up = true;
                return;
            }
        }
    });
    size_t got = 0;
    bool in_order = true;
    while (got < total && !deadline.over()) {
        for (const int16_t sample : input.take()) {
            in_order = in_order && sample == static_cast<int16_t>(got % 32768);
            ++got;
        }
    }
    pusher.join();
    EXPECT_FALSE(gave_up);
    EXPECT_EQ(got, total);
    EXPECT_TRUE(in_order);
}

TEST(Threads, FormatChangesWhilePushingLoseNothing)
{
    InputStream input({.ring_ms = 50});
    constexpr size_t total = 200000;
    const Deadline deadline;
    std::atomic<size_t> pushed{0};
    std::atomic<bool> changes_done{false};
    // One rate and samples that are the same in every channel: however the frames are cut, each pushed frame is
    // one sample on the wire.
    std::thread pusher([&] {
        std::vector<int16_t> block(100 * 2, 77);
        while (pushed < total && !deadline.over()) {
            const size_t taken = input.push({block.data(), std::min<size_t>(100, total - pushed)});
            pushed += taken;
            if (taken == 0) {
                std::this_thread::yield();
            }
        }
    });
    std::thread changer([&] {
        for (int i = 0; i < 500 && !deadline.over(); ++i) {
            while (input.set_format({16000, i % 2 + 1}) == Status::would_block && !deadline.over()) {
                std::this_thread::yield();
            }
            const InputMark mark = input.position();
            EXPECT_GE(mark.stream, 1U);
            input.free_frames();
        }
        changes_done = true;
    });
    size_t got = 0;
    bool intact = true;
    while (!(changes_done && pushed == total && input.waiting_frames() == 0) && !deadline.over()) {
        for (const int16_t sample : input.take()) {
            intact = intact && sample == 77;
            ++got;
        }
    }
    pusher.join();
    changer.join();
    got += input.flush().size();
    EXPECT_EQ(got, total);
    EXPECT_TRUE(intact);
}

TEST(Threads, AWaiterHearsOfRoom)
{
    InputStream input({.ring_ms = 10});
    constexpr int rounds = 2000;
    const Deadline deadline;
    std::atomic<bool> done{false};
    std::thread writer([&] {
        const std::vector<int16_t> block(160);
        for (int i = 0; i < rounds && !deadline.over(); ++i) {
            size_t at = 0;
            while (at < block.size() && !deadline.over()) {
                const uint32_t sequence = input.space_sequence().load();
                input.announce_waiter();
                if (input.free_frames() == 0) {
                    while (input.space_sequence().load() == sequence && !deadline.over()) {
                        std::this_thread::yield();
                    }
                }
                at += input.push({block.data() + at, block.size() - at});
            }
        }
        done = true;
    });
    uint64_t got = 0;
    while ((!done || input.waiting_frames() > 0) && !deadline.over()) {
        got += input.take().size();
        std::this_thread::yield();
    }
    writer.join();
    EXPECT_EQ(got, 160U * rounds);
}

TEST(Threads, ReadAppendFlushAgreeOnEverySample)
{
    Playout playout({.prebuffer_ms = 5, .playout_ms = 400});
    playout.enable();
    constexpr uint64_t turns = 400;
    const Deadline deadline;
    std::atomic<bool> done{false};
    std::atomic<uint64_t> heard_by_reader{0};
    std::thread reader([&] {
        std::mt19937 random(52);
        std::vector<int16_t> block(600);
        while (!done && !deadline.over()) {
            heard_by_reader += playout.read({block.data(), up_to(random, block.size())});
            if (random() % 16 == 0) {
                std::this_thread::yield();
            }
        }
        // Until nothing is left: the sum below is then complete.
        for (size_t heard = 1; heard > 0 && !deadline.over();) {
            heard = playout.read({block.data(), block.size()});
            heard_by_reader += heard;
        }
    });
    std::mt19937 random(53);
    uint64_t given = 0;
    uint64_t flushed = 0;
    uint64_t heard = 0;
    uint64_t finished = 0;
    for (uint64_t turn = 1; turn <= turns && !deadline.over(); ++turn) {
        const size_t pieces = up_to(random, 20);
        for (size_t i = 0; i < pieces; ++i) {
            const auto samples = std::vector<int16_t>(up_to(random, 3000), 1000);
            playout.append(turn, samples, 24000);
            given += samples.size();
            playout.collect({});
            if (random() % 4 == 0) {
                std::this_thread::yield();
            }
        }
        if (random() % 2 == 0) {
            for (const auto &part : playout.flush()) {
                flushed += part.flushed_frames;
            }
        } else {
            playout.end_of_turn(turn);
            while (!playout.next_finished() && !deadline.over()) {
                std::this_thread::yield();
            }
            ++finished;
        }
        heard += playout.heard(turn).frames;
    }
    for (const auto &part : playout.flush()) {
        flushed += part.flushed_frames;
    }
    done = true;
    reader.join();
    EXPECT_FALSE(deadline.over());
    EXPECT_EQ(heard + flushed + playout.dropped_frames(), given);
    EXPECT_GT(heard, 0U);
    EXPECT_GT(finished, 0U);
    // Samples inside a fade were pulled, but are not heard: the reader never counts more than were pulled.
    EXPECT_LE(heard_by_reader.load(), heard);
}

// Jumps that the reader has not seen yet when the next one comes.
TEST(Threads, FlushesFasterThanTheReader)
{
    Playout playout({.playout_ms = 300});
    playout.set_output_format({48000, 1});
    const Deadline deadline;
    std::atomic<bool> done{false};
    std::thread reader([&] {
        std::mt19937 random(54);
        std::vector<float> block(300);
        while (!done && !deadline.over()) {
            playout.read({block.data(), up_to(random, block.size())});
        }
    });
    std::mt19937 random(55);
    uint64_t given = 0;
    uint64_t flushed = 0;
    uint64_t heard = 0;
    for (uint64_t turn = 1; turn <= 20000 && !deadline.over(); ++turn) {
        for (size_t pieces = up_to(random, 3); pieces > 0; --pieces) {
            const std::vector<int16_t> samples(up_to(random, 6000), 1000);
            playout.append(turn, samples, 24000);
            given += samples.size();
        }
        for (const auto &part : playout.flush()) {
            flushed += part.flushed_frames;
        }
        heard += playout.heard(turn).frames;
        if (random() % 4 == 0) {
            playout.collect(Clock::time_point(std::chrono::hours(turn)));
        }
    }
    done = true;
    reader.join();
    EXPECT_FALSE(deadline.over());
    EXPECT_EQ(heard + flushed + playout.dropped_frames(), given);
}

TEST(Threads, OutputFormatChangesWhileReading)
{
    Playout playout({});
    playout.set_output_format({48000, 2});
    constexpr int rounds = 300;
    const Deadline deadline;
    std::atomic<bool> done{false};
    std::thread reader([&] {
        // Room for the widest of the formats below.
        std::vector<float> block(2 * 480);
        while (!done && !deadline.over()) {
            playout.read({block.data(), 480});
        }
    });
    std::thread changer([&] {
        const AudioFormat formats[] = {{48000, 2}, {24000, 1}, {44100, 2}, {16000, 1}};
        for (int i = 0; i < rounds && !deadline.over(); ++i) {
            EXPECT_EQ(playout.set_output_format(formats[i % std::size(formats)]), Status::ok);
            std::this_thread::yield();
        }
        done = true;
    });
    const std::vector<int16_t> samples(4800, 1000);
    int i = 0;
    while (!done && !deadline.over()) {
        playout.append(1, samples, ++i % 3 == 0 ? 16000 : 24000);
        playout.collect({});
        if (i % 20 == 0) {
            playout.flush();
        }
    }
    reader.join();
    changer.join();
    EXPECT_FALSE(deadline.over());
    EXPECT_GE(playout.heard(1).frames, 1U);
}

}  // namespace
}  // namespace gemlive::media
