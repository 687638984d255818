// What a server may send without ending the session, or the process.
#include "live_session.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace gemlive::test {
namespace {

using ::testing::HasSubstr;

std::string nested(const std::string &before, const std::string &after)
{
    return before + std::string(100'000, '[') + std::string(100'000, ']') + after;
}

TEST_F(LiveSession, NestedServerJsonIsRefusedWithASentence)
{
    serve([](LiveConnection &server) {
        for (const std::string &message :
             {nested(R"({"future":)", "}"), nested(R"({"serverContent":{"groundingMetadata":{"a":)", "}}}"),
              nested(R"({"toolCall":{"functionCalls":[{"id":"1","name":"f","args":{"a":)", "}}]}}"),
              nested(R"({"serverContent":{"modelTurn":{"parts":[{"executableCode":{"a":)", "}}]}}}")}) {
            server.raw.send_binary(message);
        }
        server.send_text_part("still here");
        server.receive_all();
    });
    open();
    EXPECT_EQ(await("text")["text"], "still here");
    const auto is_refusal = [](const json &event) {
        return event["event"] == "error" && event["fatal"] == false &&
               event["message"].get<std::string>().find("more than 100 levels") != std::string::npos;
    };
    EXPECT_EQ(std::count_if(events_.begin(), events_.end(), is_refusal), 4);
}

TEST_F(LiveSession, OneOddValueDoesNotTakeTheMessageAlong)
{
    serve([](LiveConnection &server) {
        for (const char *value :
             {"1e400", R"("\ud800")", R"({"a":[-0,12345678901234567890123]})", R"("\u0000")"}) {
            server.raw.send_binary(std::string(R"({"future":)") + value +
                                   R"(,"serverContent":{"modelTurn":{"parts":[{"text":"x"}]}}})");
        }
        server.send_text_part("end");
        server.receive_all();
    });
    open();
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(await("text")["text"], "x");
        EXPECT_TRUE(await("server_message")["raw"].contains("future"));
    }
    EXPECT_EQ(await("text")["text"], "end");
}

TEST_F(LiveSession, MediaThatIsNotBase64IsReported)
{
    serve([](LiveConnection &server) {
        server.raw.send_binary(
            R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"data":"A*AA"}},{"text":"x"}]}}})");
        server.receive_all();
    });
    open({{"audio_events", "on"}});
    EXPECT_THAT(await("error")["message"].get<std::string>(), HasSubstr("base64"));
    EXPECT_EQ(await("text")["text"], "x");
}

}  // namespace
}  // namespace gemlive::test
