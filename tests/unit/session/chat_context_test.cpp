// What was said, as a session keeps it.
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
        server.on_message = [this](ScriptedLink &link, const json &message) {
            messages.push_back(message);
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

}  // namespace
}  // namespace gemlive::session
