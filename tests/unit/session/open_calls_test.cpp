// Tool calls that wait for the application, over a server in memory.
#include <gmock/gmock.h>

#include "base/json_text.hpp"
#include "spoken_session.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class OpenCallsTest : public ControllerTest {
protected:
    OpenCallsTest()
    {
        server.on_message = [this](ScriptedLink &link, const json &message) {
            if (message.contains("toolResponse")) {
                responses.push_back(message["toolResponse"]["functionResponses"]);
                link.send(answer("Then not."));
            } else {
                json message_of_calls = {{"toolCall", {{"functionCalls", calls}}}};
                message_of_calls.update(extra);
                link.send(message_of_calls);
            }
        };
    }
    ~OpenCallsTest() override { end(); }

    void open_with_calls(json called, json options)
    {
        calls = std::move(called);
        if (!options.contains("tools")) {
            options["tools"] = json::parse(R"([{"name": "price"}, {"name": "fly", "behavior": "NON_BLOCKING"}])");
        }
        open(std::move(options));
        await("connected");
        ASSERT_FALSE(session->send_raw(R"({"realtimeInput":{"text":"x"}})"));
    }
    Status respond(const std::string &call)
    {
        ToolResponse response;
        response.call = call;
        response.output = 40;
        return session->tool_response(response).status;
    }
    std::vector<json> all_responses()
    {
        std::vector<json> all;
        on_io_thread([&] { all = responses; });
        return all;
    }
    json listed() { return parse_json<json>(session->open_calls_json()); }

    json calls;
    json extra = json::object();  // in the message of the calls
    std::vector<json> responses;
};

// C6
TEST_F(OpenCallsTest, CallThatIsNotAnsweredInTimeIsAnsweredWithAnErrorAndTold)
{
    open_with_calls(json::parse(R"([{"id": "c1", "name": "price"}])"), {{"tool_call_timeout_ms", 1}});
    const json told = await("error");
    EXPECT_EQ(told["code"], "GEMLIVE_ERROR_TIMEOUT");
    EXPECT_EQ(told["call"], "c1");
    EXPECT_EQ(told["turn"], "turn-1");
    EXPECT_EQ(told["fatal"], false);
    EXPECT_THAT(told["message"].get<std::string>(), HasSubstr("within 1 ms"));
    EXPECT_EQ(respond("c1"), Status::timeout);
    EXPECT_EQ(await("turn_finished")["transcript"], "Then not.");
    const std::vector<json> said = all_responses();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0], json::parse(R"([{"id": "c1", "name": "price",
        "response": {"error": "The function \"price\" gave no answer in time. None will come."}}])"));
    const json items = parse_json<json>(session->chat_context_json());
    EXPECT_EQ(items[0]["state"], "answered");
    EXPECT_EQ(items[1]["is_error"], true);
    EXPECT_EQ(listed(), json::array());
}

// C6
TEST_F(OpenCallsTest, CallsWithoutAnIdGoTogetherAlsoWhenOneWasNotAnsweredInTime)
{
    open_with_calls(json::parse(R"([{"name": "price"}, {"name": "fly"}])"),
                    {{"vertexai", true}, {"access_token", "t"}, {"project", "p"}, {"location", "l"},
                     {"tool_call_timeout_ms", 200}, {"tools", {{{"name", "price"}}, {{"name", "fly"}}}}});
    await("tool_call");
    EXPECT_EQ(respond("call-2"), Status::ok);
    EXPECT_EQ(await("error")["call"], "call-1");
    await("turn_finished");
    const std::vector<json> said = all_responses();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_TRUE(said[0][0]["response"].contains("error"));
    EXPECT_EQ(said[0][1]["response"]["output"], 40);
}

TEST_F(OpenCallsTest, ListHasThoseThatWaitForTheApplicationTheOldestFirst)
{
    open_with_calls(json::parse(R"([{"id": "z", "name": "price", "args": {"item": "sword"}}, {"id": "a", "name": "fly"},
                                    {"id": "m", "name": "made up"}])"),
                    {{"tool_call_timeout_ms", 60'000}});
    EXPECT_EQ(await("error")["call"], "m");
    json list = listed();
    ASSERT_EQ(list.size(), 2u) << list;
    EXPECT_GE(list[0]["age_ms"], 0);
    EXPECT_LE(list[0]["left_ms"], 60'000);
    for (json &call : list) {
        call.erase("age_ms");
        call.erase("left_ms");
    }
    EXPECT_EQ(list, json::parse(R"([
        {"call": "z", "name": "price", "arguments": {"item": "sword"}, "turn": "turn-1", "blocking": true},
        {"call": "a", "name": "fly", "arguments": {}, "turn": "turn-1", "blocking": false}])"));
    EXPECT_EQ(respond("z"), Status::ok);
    EXPECT_EQ(listed().size(), 1u);
    EXPECT_EQ(respond("a"), Status::ok);
    EXPECT_EQ(listed(), json::array());
}

TEST_F(OpenCallsTest, WithoutTheOptionACallWaitsForEver)
{
    open_with_calls(json::parse(R"([{"id": "c1", "name": "price"}])"), json::object());
    await("tool_call");
    EXPECT_FALSE(listed()[0].contains("left_ms"));
}

// C7
TEST_F(OpenCallsTest, CallForAnAnswerWithoutToolsIsRefusedAndNothingElseIsSwallowed)
{
    open({{"tools", {{{"name", "price"}}}}});
    await("connected");
    GenerateReply reply;
    reply.text = "How much is it?";
    reply.tool_choice = "none";
    uint64_t request = 0;
    calls = json::parse(R"([{"id": "c1", "name": "price"}])");
    extra = {{"usageMetadata", {{"totalTokenCount", 7}}}};
    ASSERT_FALSE(session->generate_reply(reply, request));
    EXPECT_EQ(await("error")["call"], "c1");
    EXPECT_EQ(await("usage")["total_tokens"], 7);
    const json finished = await("turn_finished");
    EXPECT_EQ(finished["request"], "request-1");
    EXPECT_EQ(finished["transcript"], "Then not.");
    EXPECT_EQ(std::count(names.begin(), names.end(), "tool_call"), 0);
    ASSERT_EQ(all_responses().size(), 1u);
    EXPECT_THAT(all_responses()[0][0]["response"]["error"].get<std::string>(), HasSubstr("without"));
    EXPECT_EQ(listed(), json::array());
    reply.tool_choice = "required";
    EXPECT_EQ(session->generate_reply(reply, request).status, Status::invalid_argument);
    reply.tool_choice = "auto";
    ASSERT_FALSE(session->generate_reply(reply, request));
    EXPECT_EQ(await("tool_call")["call"], "c1");
}

// A service on Vertex AI: what comes while it waits for an answer is another question to it.
class InputInACall : public SpokenSession {
protected:
    ~InputInACall() override { end(); }

    void call(const char *function, json options = json::object())
    {
        on_heard = [this, function](ScriptedLink &link) {
            newest = &link;
            if (!std::exchange(called, true)) {
                link.send({{"toolCall", {{"functionCalls", {{{"id", "c1"}, {"name", function}}}}}}});
                link.send(json::parse(R"({"serverContent": {"turnComplete": true}})"));
            }
        };
        options.update({{"vertexai", true}, {"access_token", "t"}, {"project", "p"}, {"location", "l"},
                        {"tools", {{{"name", "price"}}}}, {"voice_detection", "off"}});
        open(std::move(options));
        await("connected");
        ASSERT_FALSE(session->send_raw(R"({"realtimeInput":{"text":"x"}})"));
        await("turn_finished");
    }
    size_t heard_now()
    {
        size_t samples = 0;
        for (int step = 0; step < 8; ++step) {
            on_io_thread([] {});
        }
        on_io_thread([&] { samples = heard[1].size(); });
        return samples;
    }

    bool called = false;
    ScriptedLink *newest = nullptr;
};

// C8
TEST_F(InputInACall, VoiceWaitsForTheAnswerAndIsWhole)
{
    call("price");
    speak(2 * packet);
    EXPECT_EQ(heard_now(), 0u);
    ToolResponse response;
    response.call = "c1";
    response.output = 40;
    ASSERT_FALSE(session->tool_response(response));
    await_heard(1, 2 * packet);
    expect_ramp(1, 0, 2 * packet);
}

// C8
TEST_F(InputInACall, WhatIsSaidInWritingTakesTheVoiceBeforeItAlong)
{
    call("price");
    speak(2 * packet);
    EXPECT_EQ(heard_now(), 0u);
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"Never mind.", true}, request));
    await_heard(1, 2 * packet);
    speak(packet);
    EXPECT_EQ(heard_now(), 2 * packet);
}

// C8
TEST_F(InputInACall, VoiceGoesOnWhenTheServerCancelsTheCall)
{
    call("price");
    speak(2 * packet);
    EXPECT_EQ(heard_now(), 0u);
    on_io_thread([this] { newest->send(json::parse(R"({"toolCallCancellation": {"ids": ["c1"]}})")); });
    await_heard(1, 2 * packet);
}

// C8
TEST_F(InputInACall, CloseWritesWhatWaited)
{
    call("price");
    speak(2 * packet);
    ASSERT_FALSE(session->close(false, std::nullopt));
    EXPECT_EQ(await("closed")["reason"], "requested");
    expect_ramp(1, 0, 2 * packet);
}

}  // namespace
}  // namespace gemlive::session
