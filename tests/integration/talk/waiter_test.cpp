#include "waiter.hpp"

#include <gtest/gtest.h>

#include <thread>

using namespace gemlive::talk;

namespace {

Json event(const char *name, int seq)
{
    return {{"event", name}, {"seq", seq}};
}

Time in_ms(int64_t ms)
{
    return std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
}

constexpr int64_t long_ms = 60'000;

}  // namespace

TEST(Matches, ObjectsAreSubsetsAtEveryDepth)
{
    const Json value = Json::parse(R"({"a": {"b": {"c": 1, "d": 2}, "e": 3}, "f": [1, {"g": 4}]})");
    EXPECT_TRUE(matches(Json::parse(R"({})"), value));
    EXPECT_TRUE(matches(Json::parse(R"({"a": {"b": {"c": 1}}})"), value));
    EXPECT_FALSE(matches(Json::parse(R"({"a": {"b": {"c": 2}}})"), value));
    EXPECT_FALSE(matches(Json::parse(R"({"a": {"x": 1}})"), value));
}

TEST(Matches, EverythingElseMatchesByEquality)
{
    const Json value = Json::parse(R"({"list": [1, {"g": 4, "h": 5}], "text": "abc", "number": 2})");
    EXPECT_TRUE(matches(Json::parse(R"({"list": [1, {"h": 5, "g": 4}]})"), value));
    EXPECT_FALSE(matches(Json::parse(R"({"list": [1, {"g": 4}]})"), value));
    EXPECT_FALSE(matches(Json::parse(R"({"text": "ab"})"), value));
    EXPECT_TRUE(matches(Json::parse(R"({"number": 2.0})"), value));
    EXPECT_FALSE(matches(Json::parse(R"({"number": "2"})"), value));
    EXPECT_FALSE(matches(Json::parse(R"({"text": {}})"), value));
}

TEST(EventLog, TakesTheFirstMatchAfterTheMatchBefore)
{
    EventLog log;
    for (int seq = 1; seq <= 4; ++seq) {
        log.append(event(seq % 2 == 1 ? "odd" : "even", seq));
    }
    const std::stop_token never;
    EXPECT_EQ(log.wait({{"event", "even"}}, in_ms(0), never).fields["seq"], 2);
    EXPECT_EQ(log.wait({{"event", "odd"}}, in_ms(0), never).fields["seq"], 3);
    EXPECT_EQ(log.wait({{"event", "odd"}}, in_ms(0), never).status, GEMLIVE_ERROR_TIMEOUT);
    EXPECT_EQ(log.wait({{"event", "even"}}, in_ms(0), never).fields["seq"], 4);
}

TEST(EventLog, ClosedUnmatchedEndsAWaitAtOnce)
{
    EventLog log;
    log.append(event("closed", 1));
    const std::stop_token never;
    EXPECT_EQ(log.wait({{"event", "text"}}, in_ms(long_ms), never).status, GEMLIVE_ERROR_CLOSED);
    EXPECT_EQ(log.wait({{"event", "closed"}}, in_ms(long_ms), never).status, GEMLIVE_OK);
    EXPECT_EQ(log.wait({{"event", "closed"}}, in_ms(long_ms), never).status, GEMLIVE_ERROR_CLOSED);
}

TEST(EventLog, WakesForWhatComesLater)
{
    EventLog log;
    std::jthread later([&log] {
        log.append(event("noise", 1));
        log.append(event("wanted", 2));
    });
    EXPECT_EQ(log.wait({{"event", "wanted"}}, in_ms(long_ms), {}).fields["seq"], 2);
}

TEST(EventLog, AStopEndsAWait)
{
    EventLog log;
    std::stop_source stop;
    std::jthread later([&stop] { stop.request_stop(); });
    EXPECT_EQ(log.wait({{"event", "never"}}, in_ms(long_ms), stop.get_token()).status, GEMLIVE_ERROR_CANCELLED);
}

TEST(EventLog, PastItsBoundTheOldestGoAndAreCounted)
{
    EventLog log;
    for (size_t seq = 1; seq <= EventLog::bound + 3; ++seq) {
        log.append(event("e", static_cast<int>(seq)));
    }
    EXPECT_EQ(log.dropped(), 3u);
    EXPECT_EQ(log.wait({{"event", "e"}}, in_ms(0), {}).fields["seq"], 4);
}
