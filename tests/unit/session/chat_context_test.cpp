// What was said, as a session keeps it.
#include <map>

#include <gmock/gmock.h>

#include "base/json_text.hpp"
#include "controller_fixture.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ChatContextTest : public ControllerTest {
protected:
    ChatContextTest()
    {
        server.on_setup = [this](ScriptedLink &link) { setups.push_back(link.setup); };
        server.on_message = [this](ScriptedLink &link, const json &message) {
            messages.push_back(message);
            if (message.contains("clientContent")) {
                contents_[link.number].push_back(message["clientContent"]);
            }
            if (on_message) {
                on_message(link, message);
            }
        };
    }
    ~ChatContextTest() override { end(); }

    json context() const { return parse_json<json>(session->chat_context_json()); }
    // "id: words" of each item.
    std::vector<std::string> lines() const
    {
        std::vector<std::string> result;
        for (const json &item : context()) {
            const json content = item.value("content", json::array());
            result.push_back(item["id"].get<std::string>() + ": " +
                             (content.empty() ? item.value("name", "") : content[0].get<std::string>()));
        }
        return result;
    }

    // The clientContent messages of a connection.
    std::vector<json> contents(int connection)
    {
        for (int step = 0; step < 8; ++step) {  // a message is written some steps after it was given
            on_io_thread([] {});
        }
        std::vector<json> result;
        on_io_thread([&] { result = contents_[connection]; });
        return result;
    }
    static json turn(const char *role, const char *text) { return {{"role", role}, {"parts", {{{"text", text}}}}}; }
    static std::string item(const char *id, const char *text, const char *role = "user")
    {
        return json{{"id", id}, {"role", role}, {"content", text}}.dump();
    }

    std::map<int, std::vector<json>> contents_;
    std::vector<json> setups;
    std::function<void(ScriptedLink &, const json &)> on_message;
    std::vector<json> messages;
    uint64_t request = 0;
};

json spoken(const std::string &words)
{
    return {{"serverContent", {{"outputTranscription", {{"text", words}}}}}};
}

TEST_F(ChatContextTest, WordsThatAreWithdrawnBeforeTheyAreWrittenAreNoItem)
{
    server.answers_setup = false;
    open();
    ASSERT_FALSE(session->send_text({"First.", true}, request));
    ASSERT_FALSE(session->send_text({"Second.", true}, request));
    await("reply_failed");
    EXPECT_THAT(lines(), ElementsAre("request-2: Second."));
}

TEST_F(ChatContextTest, HoldsWhatWasSaidWhenTheEventTellsOfIt)
{
    on_message = [](ScriptedLink &link, const json &) {
        link.send(spoken("Forty "));
        link.send(spoken("coins."));
        link.send({{"serverContent", {{"turnComplete", true}}}});
    };
    open();
    ASSERT_FALSE(session->send_text({"How much?", true}, request));
    await("output_transcript");
    await("turn_finished");
    EXPECT_THAT(lines(), ElementsAre("request-1: How much?", "turn-1: Forty coins."));
    EXPECT_THAT(session->truncate(2, 0).message, HasSubstr("turn-2"));
}

TEST_F(ChatContextTest, RefusedCallHasItsErrorAsOutput)
{
    on_message = [](ScriptedLink &link, const json &message) {
        if (message.contains("clientContent")) {
            link.send({{"toolCall", {{"functionCalls", {{{"id", "a"}, {"name", "no_such"}}}}}}});
        }
    };
    open({{"tools", json::parse(R"([{"name": "price", "description": "Price."}])")}});
    ASSERT_FALSE(session->send_text({"How much?", true}, request));
    await("error");
    const json items = context();
    ASSERT_EQ(items.size(), 3u);
    EXPECT_EQ(items[1]["state"], "answered");
    EXPECT_EQ(items[2]["is_error"], true);
}

constexpr const char *with_history = "gemini-3.1-flash-live-preview";

TEST_F(ChatContextTest, InitialContextIsToldBeforeAnythingElse)
{
    server.answers_setup = true;
    open({{"chat_context", {{{"role", "user"}, {"content", "I am Ada."}}, {{"role", "assistant"}, {"content", "Hello Ada."}}}}});
    ASSERT_FALSE(session->send_text({"Who am I?", true}, request));
    EXPECT_EQ(await("connected")["restored"], "new");
    const std::vector<json> told = contents(1);
    ASSERT_EQ(told.size(), 2u);
    EXPECT_EQ(told[0], (json{{"turns", {turn("user", "I am Ada."), turn("model", "Hello Ada.")}}, {"turnComplete", false}}));
    EXPECT_EQ(told[1]["turns"].size(), 1u);
}

TEST_F(ChatContextTest, ModelThatWantsItAnnouncedHasItsHistoryPhaseClosed)
{
    open({{"model", with_history}, {"chat_context", {{{"role", "user"}, {"content", "I am Ada."}}}}});
    await("connected");
    const std::vector<json> told = contents(1);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0]["turnComplete"], true);
    on_io_thread([&] { EXPECT_EQ(setups[0]["historyConfig"]["initialHistoryInClientContent"], true); });
}

TEST_F(ChatContextTest, UpdateBeforeTheFirstConnectionIsTheInitialContextInOneMessage)
{
    server.answers_setup = false;
    open();
    ASSERT_FALSE(session->update_chat_context("[" + item("a", "A") + "," + item("b", "B") + "]"));
    ASSERT_FALSE(session->update_chat_context("[" + item("b", "B") + "," + item("c", "C") + "]"));
    EXPECT_THAT(lines(), ElementsAre("b: B", "c: C"));
}

TEST_F(ChatContextTest, UpdateTellsTheModelWhatIsNewAndTheApplicationWhatCannotBe)
{
    open();
    await("connected");
    ASSERT_FALSE(session->update_chat_context("[" + item("a", "A") + "]"));
    ASSERT_FALSE(session->update_chat_context("[" + item("b", "B", "system") + "]"));
    EXPECT_THAT(await("not_applied")["why"], HasSubstr("item \"a\": the service cannot take back"));
    const std::vector<json> told = contents(1);
    ASSERT_EQ(told.size(), 2u);
    EXPECT_EQ(told[0], (json{{"turns", {turn("user", "A")}}, {"turnComplete", false}}));
    EXPECT_EQ(told[1]["turns"][0], turn("user", "<instructions>\nB\n</instructions>"));
    EXPECT_THAT(session->update_chat_context(R"([{"id": "x", "role": "robot", "content": ""}])").message,
                HasSubstr("item 1 (\"x\"), role"));
}

TEST_F(ChatContextTest, UpdateCutsNoReplyAndGoesBeforeTheNextRequest)
{
    on_message = [](ScriptedLink &link, const json &message) {
        if (message.value("clientContent", json::object()).value("turnComplete", false)) {
            link.send(spoken("One"));
        }
    };
    open();
    ASSERT_FALSE(session->send_text({"Count.", true}, request));
    await("output_transcript");
    ASSERT_FALSE(session->update_chat_context("[" + item("a", "A") + "]"));
    EXPECT_EQ(contents(1).size(), 1u);
    ASSERT_FALSE(session->send_text({"On.", true}, request));
    const std::vector<json> told = contents(1);
    ASSERT_EQ(told.size(), 3u);
    EXPECT_EQ(told[1]["turns"][0], turn("user", "A"));
}

TEST_F(ChatContextTest, ServerThatDoesNotResumeIsToldWhatWasSaid)
{
    on_message = [](ScriptedLink &link, const json &message) {
        if (link.number == 1 && message.contains("clientContent")) {
            link.send(answer("Forty."));
            link.close_with(1011, "Internal error encountered.");
        }
    };
    open({{"session_resumption", nullptr}});
    ASSERT_FALSE(session->send_text({"How much?", true}, request));
    await("disconnected");
    const json connected = await("connected");
    EXPECT_EQ(connected["restored"], "reseeded");
    const std::vector<json> told = contents(2);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0], (json{{"turns", {turn("user", "How much?"), turn("model", "Forty.")}}, {"turnComplete", false}}));
}

TEST_F(ChatContextTest, WithReseedOffItIsToldNothing)
{
    on_message = [](ScriptedLink &link, const json &message) {
        if (link.number == 1 && message.contains("clientContent")) {
            link.send(answer("Forty."));
            link.close_with(1011, "Internal error encountered.");
        }
    };
    open({{"session_resumption", nullptr}, {"reseed", "off"}});
    ASSERT_FALSE(session->send_text({"How much?", true}, request));
    await("disconnected");
    EXPECT_EQ(await("connected")["restored"], "empty");
    EXPECT_TRUE(contents(2).empty());
}

// Answers what asks for a turn.
void answer_requests(ScriptedLink &link, const json &message)
{
    if (message.value("clientContent", json::object()).value("turnComplete", false)) {
        link.send(answer("Yes."));
    }
}

TEST_F(ChatContextTest, TextThatWaitsIsSaidWhereNothingIsTold)
{
    on_message = [this](ScriptedLink &link, const json &message) {
        if (link.number == 1) {
            server.answers_setup = false;
            link.lose("cable cut");
        }
        answer_requests(link, message);
    };
    open({{"session_resumption", nullptr}, {"reseed", "off"}, {"connect_timeout_ms", 200}});
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    await("disconnected");
    ASSERT_FALSE(session->send_text({"Remember that.", false}, request));
    ASSERT_FALSE(session->send_text({"What was it?", true}, request));
    on_io_thread([this] { server.answers_setup = true; });
    EXPECT_EQ(await("connected")["restored"], "empty");
    await("turn_finished");
    on_io_thread([&] {
        const std::vector<json> &said = contents_.rbegin()->second;
        ASSERT_EQ(said.size(), 2u);
        EXPECT_EQ(said[0]["turns"], json::array({turn("user", "Remember that.")}));
        EXPECT_EQ(said[1]["turns"], json::array({turn("user", "What was it?")}));
    });
}

TEST_F(ChatContextTest, TextThatTheContextHasNoRoomForIsSaidAllTheSame)
{
    on_message = answer_requests;
    server.answers_setup = false;
    open({{"session_resumption", nullptr}, {"chat_context_bytes", 1'100}, {"connect_timeout_ms", 200}});
    const std::string long_text(100, 'x');
    ASSERT_FALSE(session->send_text({long_text, false}, request));
    ASSERT_FALSE(session->send_text({"And three.", true}, request));
    EXPECT_THAT(lines(), ElementsAre("request-1: And three."));
    on_io_thread([this] { server.answers_setup = true; });
    await("turn_finished");
    on_io_thread([&] {
        const std::vector<json> &said = contents_.rbegin()->second;
        ASSERT_EQ(said.size(), 2u);
        EXPECT_EQ(said[0]["turns"], json::array({turn("user", long_text.c_str())}));
    });
}

TEST_F(ChatContextTest, FullContextIsToldAgainTrimmedOnce)
{
    on_message = [](ScriptedLink &link, const json &message) {
        if (link.number == 1 && message.contains("clientContent") && message["clientContent"]["turnComplete"] == true) {
            link.close_with(1007, "Request contains an invalid argument.");
        }
    };
    open({{"session_resumption", nullptr},
          {"chat_context", {{{"role", "user"}, {"content", std::string(3'000, 'x')}},
                            {{"role", "assistant"}, {"content", "Yes."}},
                            {{"role", "user"}, {"content", "Good."}}}}});
    ASSERT_FALSE(session->send_text({"On.", true}, request));
    await("disconnected");
    EXPECT_EQ(await("connected")["restored"], "reseeded");
    const std::vector<json> told = contents(2);
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told[0]["turns"][0]["parts"][0]["text"], "Good.");
}

TEST_F(ChatContextTest, SavedSessionIsTheOptionsInForceTheContextAndTheHandle)
{
    on_message = [](ScriptedLink &link, const json &) {
        link.send(spoken("Forty coins."));
        link.send({{"serverContent", {{"turnComplete", true}}}});
        link.send(resumption("h1"));
    };
    open({{"voice", "Kore"}, {"headers", {{"X-Secret", "s3cret"}}}, {"temperature", 0.5}});
    ASSERT_FALSE(session->send_text({"How much?", true}, request));
    await("resumption_updated");
    ASSERT_FALSE(session->update_instructions("Be brief."));
    const json saved = parse_json<json>(session->saved_json());
    EXPECT_EQ(saved["saved"], "gemlive-1");
    EXPECT_EQ(saved["vertexai"], false);
    EXPECT_TRUE(saved["model"].is_string());
    EXPECT_EQ(saved["voice"], "Kore");
    EXPECT_EQ(saved["temperature"], 0.5);
    EXPECT_EQ(saved["instructions"], "Be brief.");
    EXPECT_EQ(saved["session_resumption"]["handle"], "h1");
    EXPECT_EQ(saved["chat_context"].size(), 2u);
    EXPECT_THAT(saved.dump(), ::testing::Not(HasSubstr("s3cret")));
    EXPECT_FALSE(saved.contains("api_key") || saved.contains("base_url"));
}

TEST_F(ChatContextTest, LoadedSessionResumesAndTellsWhatTheHandleDoesNotCover)
{
    open({{"saved", "gemlive-1"},
          {"session_resumption", {{"handle", "h1"}}},
          {"chat_context", {{{"role", "user"}, {"content", "How much?"}},
                            {{"role", "assistant"}, {"content", "Forty coins."}},
                            {{"role", "user"}, {"content", "Then no."}, {"since_handle", true}}}}});
    EXPECT_EQ(await("connected")["restored"], "resumed");
    const std::vector<json> told = contents(1);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0]["turns"], json::array({turn("user", "Then no.")}));
}

TEST_F(ChatContextTest, WithoutResumptionASavedSessionHasNoHandle)
{
    open({{"session_resumption", nullptr}});
    await("connected");
    const json saved = parse_json<json>(session->saved_json());
    ASSERT_TRUE(saved.contains("session_resumption"));
    EXPECT_TRUE(saved["session_resumption"].is_null());
}

}  // namespace
}  // namespace gemlive::session
