#include "media/packetizer.hpp"

#include "signals.hpp"

#include <gtest/gtest.h>

namespace gemlive::media {
namespace {

using namespace gemlive::testing;
using namespace std::chrono_literals;

constexpr Clock::time_point start{1h};

TEST(Packetizer, WholePacketsAtOnce)
{
    std::mt19937 random(1);
    Packetizer packetizer(100ms);
    const auto all = noise(20 * Packetizer::packet_samples, random);
    std::vector<int16_t> got;
    for (size_t at = 0; at < all.size();) {
        const size_t chunk = std::min(all.size() - at, up_to(random, 2000));
        packetizer.add(std::span(all).subspan(at, chunk), start);
        at += chunk;
        while (const auto packet = packetizer.next(start)) {
            EXPECT_EQ(packet->first_sample, got.size());
            EXPECT_EQ(packet->samples.size(), Packetizer::packet_samples);
            got.insert(got.end(), packet->samples.begin(), packet->samples.end());
        }
        EXPECT_LT(packetizer.waiting_samples(), Packetizer::packet_samples);
    }
    EXPECT_EQ(got, all);
    EXPECT_FALSE(packetizer.next_due());
}

TEST(Packetizer, ARestGoesAfterItsTime)
{
    Packetizer packetizer(100ms);
    packetizer.add(std::vector<int16_t>(300, 1), start);
    packetizer.add(std::vector<int16_t>(200, 2), start + 60ms);
    EXPECT_EQ(packetizer.next_due(), start + 100ms);
    EXPECT_FALSE(packetizer.next(start + 99ms));
    const auto packet = packetizer.next(start + 100ms);
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->samples.size(), 500U);
    EXPECT_FALSE(packetizer.next(start + 1h));
}

TEST(Packetizer, TheTimeOfARestCountsFromItsOwnFirstSample)
{
    Packetizer packetizer(100ms);
    packetizer.add(std::vector<int16_t>(500), start);
    packetizer.add(std::vector<int16_t>(400), start + 50ms);
    EXPECT_EQ(packetizer.next(start + 50ms)->samples.size(), 800U);
    EXPECT_EQ(packetizer.next_due(), start + 150ms);
    EXPECT_FALSE(packetizer.next(start + 149ms));
    EXPECT_EQ(packetizer.next(start + 150ms)->samples.size(), 100U);
}

TEST(Packetizer, ACutSendsTheRestBeforeWhatFollows)
{
    Packetizer packetizer(100ms);
    packetizer.cut();
    packetizer.add(std::vector<int16_t>(1000), start);
    packetizer.cut();
    packetizer.cut();
    packetizer.add(std::vector<int16_t>(10), start);
    packetizer.cut();
    packetizer.add(std::vector<int16_t>(800), start);
    EXPECT_EQ(packetizer.next_due(), start);
    for (const size_t size : {800U, 200U, 10U, 800U}) {
        const auto packet = packetizer.next(start);
        ASSERT_TRUE(packet);
        EXPECT_EQ(packet->samples.size(), size);
    }
    EXPECT_FALSE(packetizer.next(start));
    EXPECT_EQ(packetizer.next_sample(), 1810U);
}

TEST(Packetizer, ACutAtAPacketsEndMakesNoEmptyPacket)
{
    Packetizer packetizer(100ms);
    packetizer.add(std::vector<int16_t>(800), start);
    packetizer.cut();
    packetizer.add(std::vector<int16_t>(100), start);
    EXPECT_EQ(packetizer.next(start)->samples.size(), 800U);
    EXPECT_FALSE(packetizer.next(start));
}

TEST(Packetizer, ClearCountsAndKeepsTheNumbering)
{
    Packetizer packetizer(100ms);
    packetizer.add(std::vector<int16_t>(300), start);
    packetizer.cut();
    EXPECT_EQ(packetizer.clear(), 300U);
    EXPECT_FALSE(packetizer.next(start + 1s));
    packetizer.add(std::vector<int16_t>(800), start + 1s);
    EXPECT_EQ(packetizer.next(start + 1s)->first_sample, 300U);
}

TEST(Packetizer, APacketIsLookedForWhenTheBlockThatEndsItHasCome)
{
    using std::chrono::microseconds;
    using std::chrono::milliseconds;
    const Clock::time_point pushed{milliseconds(1000)};
    const auto after_block = [&](size_t waiting, Clock::duration block) {
        Packetizer packetizer(milliseconds(100));
        packetizer.add(std::vector<int16_t>(waiting), pushed);
        return packetizer.whole_at(pushed, block) - pushed - microseconds(500);
    };
    EXPECT_EQ(after_block(0, milliseconds(10)), milliseconds(50));
    EXPECT_EQ(after_block(640, milliseconds(10)), milliseconds(10));
    EXPECT_EQ(after_block(784, milliseconds(10)), milliseconds(10)) << "the filter holds the last ones back";
    EXPECT_EQ(after_block(144, milliseconds(10)), milliseconds(50));
    EXPECT_EQ(after_block(512, milliseconds(32)), milliseconds(32));
    EXPECT_EQ(after_block(0, milliseconds(20)), milliseconds(60));
    EXPECT_EQ(after_block(400, milliseconds(200)), milliseconds(50)) << "shorter ones may follow";
    EXPECT_EQ(after_block(400, Clock::duration::zero()), milliseconds(25));
}

}  // namespace
}  // namespace gemlive::media
