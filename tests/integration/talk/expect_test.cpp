#include "expect.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace gemlive::talk;

namespace {

std::vector<Json> lines(const char *text)
{
    return Json::parse(text).get<std::vector<Json>>();
}

const char *conversation = R"([
    {"event": "connected", "seq": 1},
    {"result": "send_text", "status": "GEMLIVE_OK"},
    {"event": "turn_started", "turn": "turn-1", "seq": 2},
    {"event": "audio", "turn": "turn-1", "frames": 24000, "sample_rate": 24000, "seq": 3},
    {"event": "turn_finished", "turn": "turn-1", "reason": "completed", "seq": 4},
    {"result": "send_text", "status": "GEMLIVE_ERROR_CLOSED"},
    {"event": "closed", "reason": "fatal", "code": "GEMLIVE_ERROR_AUTH", "seq": 5}
])";

size_t failures(const char *expect)
{
    return unmet(parse_expectations(Json::parse(expect)), lines(conversation)).size();
}

std::string problem(const char *expect)
{
    try {
        parse_expectations(Json::parse(expect));
    } catch (const std::invalid_argument &error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST(Expect, ItemsAppearInOrder)
{
    EXPECT_EQ(failures(R"([{"event": "connected"}, {"result": "send_text"}, {"event": "closed"}])"), 0u);
    EXPECT_EQ(failures(R"([{"event": "closed"}, {"event": "connected"}])"), 1u);
    EXPECT_EQ(failures(R"([{"event": "connected"}, {"event": "connected"}])"), 1u);
}

TEST(Expect, AFailureTellsWhatCameInstead)
{
    const auto told =
        unmet(parse_expectations(Json::parse(R"([{"event": "turn_finished", "reason": "interrupted"}])")),
              lines(conversation));
    ASSERT_EQ(told.size(), 1u);
    EXPECT_NE(told[0].find(R"(expected {"event":"turn_finished","reason":"interrupted"})"), std::string::npos);
    EXPECT_NE(told[0].find(R"(came: {"event":"turn_finished","reason":"completed")"), std::string::npos);
    const auto early = unmet(parse_expectations(Json::parse(R"([{"event": "closed"}, {"event": "connected"}])")),
                             lines(conversation));
    ASSERT_EQ(early.size(), 1u);
    EXPECT_NE(early[0].find("too early: "), std::string::npos);
}

TEST(Expect, AnyOrderTakesEachLineOnce)
{
    EXPECT_EQ(failures(R"([{"any_order": [{"event": "turn_finished"}, {"event": "turn_started"}]}])"), 0u);
    EXPECT_EQ(failures(R"([{"any_order": [{"event": "closed"}, {"event": "closed"}]}])"), 1u);
    EXPECT_EQ(failures(R"([{"any_order": [{"event": "turn_finished"}, {"event": "audio"}]}, {"event": "audio"}])"),
              1u);
}

TEST(Expect, NeverLooksEverywhere)
{
    EXPECT_EQ(failures(R"([{"event": "closed"}, {"never": {"event": "connected"}}])"), 1u);
    EXPECT_EQ(failures(R"([{"never": {"event": "error"}}])"), 0u);
}

TEST(Expect, CountIsExact)
{
    EXPECT_EQ(failures(R"([{"count": 2, "of": {"result": "send_text"}}])"), 0u);
    EXPECT_EQ(failures(R"([{"count": 1, "of": {"result": "send_text"}}])"), 1u);
    EXPECT_EQ(failures(R"([{"count": 0, "of": {"event": "error"}}])"), 0u);
}

TEST(Expect, AudioIsSummedPerTurn)
{
    EXPECT_EQ(failures(R"([{"audio": {"turn": "turn-1", "min_ms": 1000, "max_ms": 1000}}])"), 0u);
    EXPECT_EQ(failures(R"([{"audio": {"min_ms": 1001}}])"), 1u);
    EXPECT_EQ(failures(R"([{"audio": {"turn": "turn-2", "min_ms": 1}}])"), 1u);
}

TEST(Expect, WithPlayoutTheHeardCounts)
{
    const auto expectation = parse_expectations(Json::parse(R"([{"audio": {"min_ms": 900, "max_ms": 900}}])"));
    EXPECT_TRUE(unmet(expectation, lines(R"([{"event": "turn_finished", "turn": "turn-1", "heard_ms": 100},
                                             {"event": "playout_finished", "turn": "turn-1", "heard_ms": 900}])"))
                    .empty());
}

TEST(Expect, WrongFormsAreRefusedWithTheirPath)
{
    EXPECT_EQ(problem(R"({})"), "$.expect has to be a list");
    EXPECT_EQ(problem(R"([{"event": "x"}, 1])").find("$.expect[1] has to be one of"), 0u);
    EXPECT_EQ(problem(R"([{"newer": {}}])").find("$.expect[0] has to be one of"), 0u);
    EXPECT_EQ(problem(R"([{"never": {"reason": "x"}}])").find("$.expect[0].never has to be"), 0u);
    EXPECT_EQ(problem(R"([{"count": -1, "of": {"event": "x"}}])").find("$.expect[0].count has to be"), 0u);
    EXPECT_EQ(problem(R"([{"count": 1}])").find("$.expect[0].of has to be"), 0u);
    EXPECT_EQ(problem(R"([{"count": 1, "of": {"event": "x"}, "more": 1}])"),
              "$.expect[0].more is not allowed here");
    EXPECT_EQ(problem(R"([{"audio": {}}])"), "$.expect[0].audio needs min_ms or max_ms");
    EXPECT_EQ(problem(R"([{"any_order": [{"event": "x"}, {}]}])").find("$.expect[0].any_order[1] has to be"), 0u);
}

TEST(Expect, OnlyAPatternThatSaysHowItWentAsksForAFailure)
{
    const Json closed = lines(conversation).back();
    const auto asked = [&closed](const char *expect) {
        return failure_asked_for(parse_expectations(Json::parse(expect)), closed);
    };
    EXPECT_TRUE(asked(R"([{"event": "closed", "reason": "fatal"}])"));
    EXPECT_TRUE(asked(R"([{"any_order": [{"event": "closed", "code": "GEMLIVE_ERROR_AUTH"}]}])"));
    EXPECT_FALSE(asked(R"([{"event": "closed"}])"));
    EXPECT_FALSE(asked(R"([{"event": "closed", "reason": "budget"}])"));
    EXPECT_FALSE(asked(R"([{"never": {"event": "closed", "reason": "fatal"}}])"));
}

TEST(Expect, AFailureNobodyAskedForIsJudged)
{
    const auto log = lines(R"([{"result": "send_text", "status": "GEMLIVE_ERROR_CLOSED"},
                               {"event": "closed", "reason": "fatal", "code": "GEMLIVE_ERROR_AUTH"}])");
    const auto judged = [&log](const char *expect) { return judge(parse_expectations(Json::parse(expect)), log); };
    EXPECT_EQ(judged("[]").failures.size(), 1u);
    EXPECT_EQ(judged("[]").closed_unasked, log.back());
    EXPECT_FALSE(judged(R"([{"event": "closed", "reason": "fatal"}])").closed_unasked);
    EXPECT_TRUE(judged(R"([{"result": "send_text", "status": "GEMLIVE_ERROR_CLOSED"}])").failures.empty());
    EXPECT_EQ(judged(R"([{"event": "error"}])").failures.size(), 2u);
}
