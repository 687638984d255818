#include "session/tool_calls.hpp"

#include <gmock/gmock.h>

namespace gemlive::session {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ToolCallsTest : public ::testing::Test {
protected:
    Error answer(const std::string &id, bool will_continue = false)
    {
        ready.clear();
        ToolCalls::Call call;
        if (Error error = calls.find(id, call)) {
            return error;
        }
        return calls.answer(call.id, will_continue, protocol::ToolAnswer::from_output("", call.name, call.id), ready);
    }

    // What the answers of one message say.
    static std::vector<std::string> said(const ToolCalls::Message &message)
    {
        std::vector<std::string> outputs;
        for (const protocol::ToolAnswer &one : message.answers) {
            outputs.push_back(one.response["output"].get<std::string>());
        }
        return outputs;
    }

    ToolCalls calls;
    ToolCalls::Messages ready;
};

TEST_F(ToolCallsTest, EachIsAnsweredOnce)
{
    calls.opened({{"c1", "price", true}});
    EXPECT_FALSE(answer("c1"));
    ASSERT_EQ(ready.size(), 1u);
    EXPECT_THAT(ready[0].calls, ElementsAre("c1"));
    EXPECT_EQ(ready[0].answers[0].name, "price");
    EXPECT_EQ(answer("c1").status, Status::invalid_state);
}

TEST_F(ToolCallsTest, ProgressLeavesTheCallOpen)
{
    calls.opened({{"c1", "fly", true}});
    EXPECT_FALSE(answer("c1", true));
    EXPECT_FALSE(answer("c1"));
}

TEST_F(ToolCallsTest, AnswerThatCouldNotBeTakenMayBeGivenAgain)
{
    calls.opened({{"c1", "a", true}});
    EXPECT_FALSE(answer("c1"));
    calls.take_back("c1", ready);
    EXPECT_FALSE(answer("c1"));
    calls.cancelled({"c1"});
    calls.take_back("c1", ready);
    EXPECT_EQ(answer("c1").status, Status::cancelled);
}

TEST_F(ToolCallsTest, LastIsTheNewest)
{
    ToolCalls::Call call;
    EXPECT_EQ(calls.find("last", call).status, Status::invalid_argument);
    calls.opened({{"c1", "a", true}, {"c2", "b", true}});
    EXPECT_FALSE(calls.find("last", call));
    EXPECT_EQ(call.id, "c2");
}

TEST_F(ToolCallsTest, LastIsOneThatTheApplicationWasToldOf)
{
    ToolCalls::Call call;
    calls.opened({{"c1", "a", true}, {"c2", "made up", true, false}});
    EXPECT_FALSE(calls.find("last", call));
    EXPECT_EQ(call.id, "c1");
}

TEST_F(ToolCallsTest, LateAnswerToACancelledCallIsRefused)
{
    calls.opened({{"c1", "a", true}});
    calls.cancelled({"c1", "never was"});
    EXPECT_EQ(answer("c1").status, Status::cancelled);
    EXPECT_EQ(answer("never was").status, Status::invalid_argument);
}

TEST_F(ToolCallsTest, AnswerIsUnwantedWhenAllItsCallsWereCancelledMeanwhile)
{
    calls.opened({{"c1", "a", true}, {"c2", "b", true}});
    EXPECT_FALSE(answer("c1"));
    EXPECT_FALSE(calls.are_cancelled({"c1"}));
    calls.cancelled({"c1"});
    EXPECT_TRUE(calls.are_cancelled({"c1"}));
    EXPECT_FALSE(calls.are_cancelled({"c1", "c2"}));
    EXPECT_FALSE(calls.are_cancelled({}));
    EXPECT_FALSE(calls.are_cancelled({"of a server's own"}));
}

TEST_F(ToolCallsTest, MemoryIsBoundedAndOpenCallsAreKept)
{
    calls.opened({{"open", "a", true}});
    for (int i = 0; i < 3000; ++i) {
        const std::string id = "c" + std::to_string(i);
        calls.opened({{id, "a", true}});
        EXPECT_FALSE(answer(id));
    }
    EXPECT_EQ(answer("c0").status, Status::invalid_argument);
    EXPECT_FALSE(answer("open"));
}

TEST_F(ToolCallsTest, AnswersWithoutAnIdAreHeldBackIntoTheCallsOrder)
{
    calls.opened({{"call-1", "a", false}, {"call-2", "b", false}, {"call-3", "a", false}});
    EXPECT_FALSE(answer("call-3"));
    EXPECT_THAT(ready, IsEmpty());
    EXPECT_EQ(answer("call-3").status, Status::invalid_state);
    EXPECT_FALSE(answer("call-1"));
    EXPECT_THAT(ready, IsEmpty());
    EXPECT_FALSE(answer("call-2"));
    ASSERT_EQ(ready.size(), 1u);
    EXPECT_THAT(ready[0].calls, ElementsAre("call-1", "call-2", "call-3"));
    EXPECT_THAT(said(ready[0]), ElementsAre("call-1", "call-2", "call-3"));
}

TEST_F(ToolCallsTest, ALaterMessagesAnswersDoNotOvertakeAnEarlierOnes)
{
    calls.opened({{"call-1", "a", false}});
    calls.opened({{"call-2", "a", false}});
    EXPECT_FALSE(answer("call-2"));
    EXPECT_THAT(ready, IsEmpty());
    EXPECT_FALSE(answer("call-1"));
    ASSERT_EQ(ready.size(), 2u);
    EXPECT_THAT(said(ready[0]), ElementsAre("call-1"));
    EXPECT_THAT(said(ready[1]), ElementsAre("call-2"));
}

TEST_F(ToolCallsTest, ACancelledCallHoldsNothingBack)
{
    calls.opened({{"call-1", "a", false}, {"call-2", "b", false}});
    EXPECT_FALSE(answer("call-2"));
    const ToolCalls::Messages released = calls.cancelled({"call-1"});
    ASSERT_EQ(released.size(), 1u);
    EXPECT_THAT(said(released[0]), ElementsAre("call-2"));
    EXPECT_THAT(calls.cancelled({"call-2"}), IsEmpty());
}

TEST_F(ToolCallsTest, HeldAnswersThatCouldNotBeTakenAreHeldAgain)
{
    calls.opened({{"call-1", "a", false}, {"call-2", "b", false}});
    EXPECT_FALSE(answer("call-2"));
    EXPECT_FALSE(answer("call-1"));
    calls.take_back("call-1", ready);
    EXPECT_EQ(answer("call-2").status, Status::invalid_state);
    EXPECT_FALSE(answer("call-1"));
    ASSERT_EQ(ready.size(), 1u);
    EXPECT_THAT(said(ready[0]), ElementsAre("call-1", "call-2"));
}

TEST_F(ToolCallsTest, MoreAnswersToACallWithoutAnIdAreRefused)
{
    calls.opened({{"call-1", "a", false}});
    EXPECT_EQ(answer("call-1", true).status, Status::unsupported);
    EXPECT_FALSE(answer("call-1"));
}

TEST_F(ToolCallsTest, OverdueOnesAreThoseThatNobodyAnswered)
{
    const auto due = [](const char *id, int64_t at) {
        ToolCalls::Call call{id, "price"};
        call.due_ms = at;
        return call;
    };
    calls.opened({due("late", 30), due("early", 10), due("answered", 5), due("cancelled", 6), {"patient", "price"}});
    EXPECT_FALSE(answer("answered"));
    calls.cancelled({"cancelled"});
    EXPECT_EQ(calls.next_due(), 10);
    ASSERT_EQ(calls.overdue(29).size(), 1u);
    EXPECT_EQ(calls.overdue(29)[0].id, "early");
    ready.clear();
    EXPECT_TRUE(calls.time_out("early", protocol::ToolAnswer::from_error("early", "price", "late"), ready));
    EXPECT_EQ(ready.size(), 1u);
    EXPECT_FALSE(calls.time_out("early", protocol::ToolAnswer::from_error("early", "price", "late"), ready));
    EXPECT_EQ(answer("early").status, Status::timeout);
    EXPECT_EQ(calls.next_due(), 30);
    // An answer that could not be taken leaves the call as it was.
    EXPECT_FALSE(answer("late"));
    EXPECT_FALSE(calls.next_due());
    calls.take_back("late", ready);
    EXPECT_EQ(calls.next_due(), 30);
}

TEST_F(ToolCallsTest, IdThatTheServerUsesAgainIsTheNewerCalls)
{
    ToolCalls::Call first{"c1", "price"};
    first.due_ms = 10;
    calls.opened({first});
    calls.opened({{"c1", "fly"}});
    EXPECT_FALSE(calls.next_due());
    ASSERT_EQ(calls.open().size(), 1u);
    EXPECT_EQ(calls.open()[0].name, "fly");
}

}  // namespace
}  // namespace gemlive::session
