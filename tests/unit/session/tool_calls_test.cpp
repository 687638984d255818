#include "session/tool_calls.hpp"

#include <gtest/gtest.h>

namespace gemlive::session {
namespace {

TEST(ToolCalls, EachIsAnsweredOnce)
{
    ToolCalls calls;
    calls.opened({"c1", "price", true});
    ToolCalls::Call call;
    EXPECT_FALSE(calls.answer("c1", false, call));
    EXPECT_EQ(call.name, "price");
    EXPECT_EQ(calls.answer("c1", false, call).status, Status::invalid_state);
}

TEST(ToolCalls, ProgressLeavesTheCallOpen)
{
    ToolCalls calls;
    calls.opened({"c1", "fly", true});
    ToolCalls::Call call;
    EXPECT_FALSE(calls.answer("c1", true, call));
    EXPECT_FALSE(calls.answer("c1", false, call));
}

TEST(ToolCalls, AnswerThatCouldNotBeTakenMayBeGivenAgain)
{
    ToolCalls calls;
    calls.opened({"c1", "a", true});
    ToolCalls::Call call;
    EXPECT_FALSE(calls.answer("c1", false, call));
    calls.reopen("c1");
    EXPECT_FALSE(calls.answer("c1", false, call));
    calls.cancelled({"c1"});
    calls.reopen("c1");
    EXPECT_EQ(calls.answer("c1", false, call).status, Status::cancelled);
}

TEST(ToolCalls, LastIsTheNewest)
{
    ToolCalls calls;
    ToolCalls::Call call;
    EXPECT_EQ(calls.answer("last", false, call).status, Status::invalid_argument);
    calls.opened({"c1", "a", true});
    calls.opened({"c2", "b", true});
    EXPECT_FALSE(calls.answer("last", false, call));
    EXPECT_EQ(call.id, "c2");
}

TEST(ToolCalls, LateAnswerToACancelledCallIsRefused)
{
    ToolCalls calls;
    calls.opened({"c1", "a", true});
    calls.cancelled({"c1", "never was"});
    ToolCalls::Call call;
    EXPECT_EQ(calls.answer("c1", false, call).status, Status::cancelled);
    EXPECT_EQ(calls.answer("never was", false, call).status, Status::invalid_argument);
}

TEST(ToolCalls, MemoryIsBoundedAndOpenCallsAreKept)
{
    ToolCalls calls;
    calls.opened({"open", "a", true});
    ToolCalls::Call call;
    for (int i = 0; i < 3000; ++i) {
        const std::string id = "c" + std::to_string(i);
        calls.opened({id, "a", true});
        EXPECT_FALSE(calls.answer(id, false, call));
    }
    EXPECT_EQ(calls.answer("c0", false, call).status, Status::invalid_argument);
    EXPECT_FALSE(calls.answer("open", false, call));
}

}  // namespace
}  // namespace gemlive::session
