// What a session sends again when a connection is lost with it.
#include <gmock/gmock.h>

#include "spoken_session.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;

struct End {
    const char *name;
    void (*make)(ScriptedLink &link);
};

using Replay = SpokenSession;

class ReplayAfter : public Replay, public ::testing::WithParamInterface<End> {};

TEST_P(ReplayAfter, AudioThatMayNotHaveBeenConsumedGoesAgainAndIsNamed)
{
    on_heard = [this](ScriptedLink &link) {
        if (link.number == 1 && heard[1].size() == 3 * packet) {
            GetParam().make(link);
        }
    };
    open();
    await("connected");
    speak(3 * packet);
    await("disconnected");
    const json connected = await("connected");
    EXPECT_EQ(connected["resent"], json({{"audio", {{0, 3 * packet}}}, {"commands", 0}}));
    speak(packet);
    await_heard(2, 4 * packet);
    expect_ramp(2, 0, 4 * packet);
}

INSTANTIATE_TEST_SUITE_P(WhateverTheEnd, ReplayAfter,
                         ::testing::Values(End{"a reset", [](ScriptedLink &link) { link.lose("reset"); }},
                                           End{"1011", [](ScriptedLink &link) { link.close_with(1011, "internal"); }},
                                           End{"1000", [](ScriptedLink &link) { link.close_with(1000, ""); }},
                                           End{"no sign of life",
                                               [](ScriptedLink &link) {
                                                   link.fail(net::EndCause::liveness, Error(Status::timeout, "dead"));
                                               }}),
                         [](const auto &tested) {
                             std::string name = tested.param.name;
                             std::replace(name.begin(), name.end(), ' ', '_');
                             return name;
                         });

TEST_F(Replay, WhatTheServerSaysItConsumedDoesNotGoAgain)
{
    on_heard = [this](ScriptedLink &link) {
        if (link.number == 1 && heard[1].size() == 3 * packet) {
            link.send({{"sessionResumptionUpdate",
                        {{"newHandle", "h"}, {"resumable", true}, {"lastConsumedClientMessageIndex", "2"}}}});
            link.lose("cable cut");
        }
    };
    open();
    await("connected");
    speak(3 * packet);
    await("disconnected");
    EXPECT_EQ(await("connected")["resent"], json({{"audio", {{2 * packet, 3 * packet}}}, {"commands", 0}}));
    await_heard(2, packet);
    expect_ramp(2, 2 * packet, 3 * packet);
}

TEST_F(Replay, WithoutAWindowOnlyWhatTheNetworkHoldsGoesAgain)
{
    on_heard = [this](ScriptedLink &link) {
        if (link.number == 1 && heard[1].size() == 2 * packet) {
            link.send({{"serverContent", json::object()}});  // a sign of life
        }
    };
    open({{"replay_ms", 0}});
    await("connected");
    speak(2 * packet);
    await_heard(1, 2 * packet);
    on_io_thread([] {});
    on_heard = [](ScriptedLink &link) {
        if (link.number == 1) {
            link.lose("cable cut");
        }
    };
    ASSERT_FALSE(session->send_raw(R"({"realtimeInput":{"text":"x"}})"));
    await("disconnected");
    EXPECT_EQ(await("connected")["resent"]["audio"], json::array());
}

TEST_F(Replay, WholeActivityIsSeenByTheNextServer)
{
    on_heard = [this](ScriptedLink &link) {
        if (link.number == 1 && heard[1].size() == 2 * packet) {
            link.lose("cable cut");
        }
    };
    open({{"realtime_input_config", {{"automaticActivityDetection", {{"disabled", true}}}}}});
    await("connected");
    ASSERT_FALSE(session->start_user_activity());
    speak(2 * packet);
    await("disconnected");
    EXPECT_EQ(await("connected")["resent"], json({{"audio", {{0, 2 * packet}}}, {"commands", 1}}));
    std::vector<std::string> received;
    on_io_thread([&] { on_heard = [&](ScriptedLink &link) { received = link.received; }; });
    ASSERT_FALSE(session->end_user_activity());
    const auto ended = [&] {
        bool end = false;
        on_io_thread([&] { end = !received.empty() && received.back() == "activityEnd"; });
        return end;
    };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
    while (!ended() && std::chrono::steady_clock::now() < deadline) {
    }
    EXPECT_THAT(received, ElementsAre("activityStart", "audio", "audio", "activityEnd"));
}

// R3
TEST_F(Replay, RequestThatNoTurnAnsweredGoesAgainAndIsAnswered)
{
    on_heard = [](ScriptedLink &link) {
        if (link.number == 1) {
            link.lose("cable cut");
        } else {
            link.send(answer("Here I am."));
        }
    };
    open();
    await("connected");
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"Hello?", true}, request));
    await("disconnected");
    EXPECT_EQ(await("connected")["resent"], json({{"audio", json::array()}, {"commands", 1}}));
    EXPECT_EQ(await("turn_started")["request"], "request-1");
    EXPECT_EQ(std::count(names.begin(), names.end(), "reply_failed"), 0);
}

TEST_F(Replay, RequestWhoseTurnBeganDoesNotGoAgain)
{
    on_heard = [](ScriptedLink &link) {
        link.send({{"serverContent", {{"modelTurn", {{"parts", {{{"text", "Well"}}}}}}}}});
        link.lose("cable cut");
    };
    open();
    await("connected");
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"Hello?", true}, request));
    EXPECT_EQ(await("turn_finished")["reason"], "lost");
    EXPECT_EQ(await("connected")["resent"], json({{"audio", json::array()}, {"commands", 0}}));
}

// D10
TEST_F(Replay, MessageThatTheServerRefusedDoesNotGoAgain)
{
    on_heard = [](ScriptedLink &link) {
        if (link.number == 1) {
            link.send(resumption("h1"));
            link.close_with(1007, "Request contains an invalid argument.");
        }
    };
    open();
    await("connected");
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"Hello?", true}, request));
    EXPECT_EQ(await("reply_failed")["reason"], "lost");
    EXPECT_EQ(await("connected")["resent"], json({{"audio", json::array()}, {"commands", 0}}));
}

// J12
TEST_F(Replay, CommandThatEveryServerDiesOfIsGivenUp)
{
    on_heard = [](ScriptedLink &link) { link.close_with(1011, "internal"); };
    open();
    await("connected");
    ASSERT_FALSE(session->send_raw(R"({"realtimeInput":{"text":"x"}})"));
    EXPECT_EQ(await("connected")["resent"]["commands"], 1);
    EXPECT_EQ(await("connected")["resent"]["commands"], 1);
    EXPECT_EQ(await("connected")["resent"]["commands"], 0);
    EXPECT_EQ(server.dials, 4);
}

// J6
TEST_F(Replay, AnswerToACallInARawMessageDoesNotGoAgainAndAnswersIt)
{
    on_heard = [](ScriptedLink &link) {
        if (link.number == 1 && link.received.back() == "text") {
            link.send(json::parse(R"({"toolCall": {"functionCalls": [{"id": "c1", "name": "f", "args": {}}]}})"));
        } else if (link.number == 1) {
            link.lose("cable cut");
        }
    };
    open({{"tools", {{{"name", "f"}}}}});
    await("connected");
    ASSERT_FALSE(session->send_raw(R"({"realtimeInput":{"text":"x"}})"));
    await("tool_call");
    ASSERT_FALSE(session->send_raw(R"({"tool_response": {"function_responses": [{"id": "c1", "name": "f", "response": {}}]}})"));
    EXPECT_EQ(session->tool_response({"c1", "", "ok", std::nullopt, "", std::nullopt}).status, Status::invalid_state);
    EXPECT_EQ(await("connected")["resent"], json({{"audio", json::array()}, {"commands", 0}}));
    EXPECT_EQ(std::count(names.begin(), names.end(), "tool_calls_cancelled"), 0);
}

}  // namespace
}  // namespace gemlive::session
