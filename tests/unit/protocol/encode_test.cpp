#include "protocol/client_message.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

TEST(Encode, TextIsEscapedAndReadsBackTheSame)
{
    const std::string text("a\0b\x1f\x7f\"\\/\n\t\xe2\x80\xa8\xe2\x80\xa9\xf0\x9f\x98\x80</script>", 29);
    std::string out;
    ASSERT_FALSE(encode_text(text, out));
    EXPECT_EQ(json::parse(out), (json{{"realtimeInput", {{"text", text}}}}));
    EXPECT_NE(out.find("\\u0000"), std::string::npos);
}

TEST(Encode, AppendsAndLeavesTheRestAloneWhenItRefuses)
{
    std::string out = "before";
    encode_activity_start(out);
    EXPECT_EQ(out, R"(before{"realtimeInput":{"activityStart":{}}})");
    const std::string kept = out;
    EXPECT_EQ(encode_text("\xff", out).status, Status::invalid_argument);
    EXPECT_EQ(encode_client_content(json::array({text_content("user", "\xc0\xaf")}), true, out).status,
              Status::invalid_argument);
    EXPECT_EQ(encode_setup(json{{"model", "models/m"}, {"labels", {{"a", "\xff"}}}}, out).status,
              Status::invalid_argument);
    EXPECT_EQ(encode_raw("{\"a\":\"\xff\"}", out).status, Status::invalid_argument);
    EXPECT_EQ(out, kept);
}

TEST(Encode, RefusesTurnsThatTheServiceRefuses)
{
    std::string out;
    EXPECT_TRUE(encode_client_content(json::parse(R"([{"parts":[{"text":"x"}]}])"), true, out));
    EXPECT_TRUE(encode_client_content(json::parse(R"([{"role":"robot","parts":[{"text":"x"}]}])"), true, out));
    EXPECT_TRUE(encode_client_content(json::parse(R"([{"role":"user","parts":"x"}])"), true, out));
    EXPECT_TRUE(encode_client_content(json::parse(R"([{"role":"user","parts":["x"]}])"), true, out));
    EXPECT_TRUE(encode_client_content(json::parse(R"({"role":"user"})"), true, out));
    EXPECT_TRUE(encode_client_content(json(), std::nullopt, out));
    EXPECT_TRUE(out.empty());
    EXPECT_FALSE(encode_client_content(json(), true, out));
    EXPECT_EQ(out, R"({"clientContent":{"turnComplete":true}})");
}

TEST(Encode, ToolOutputIsAnObjectOrGoesUnderOutput)
{
    EXPECT_EQ(ToolAnswer::from_output("1", "f", json::parse(R"({"a":1})")).response, json::parse(R"({"a":1})"));
    EXPECT_EQ(ToolAnswer::from_output("1", "f", json::parse("[1]")).response, json::parse(R"({"output":[1]})"));
    EXPECT_EQ(ToolAnswer::from_output("1", "f", json()).response, json::parse(R"({"output":null})"));
    EXPECT_EQ(ToolAnswer::from_output("1", "f", "x").response, json::parse(R"({"output":"x"})"));
    EXPECT_EQ(ToolAnswer::from_error("1", "f", "why").response, json::parse(R"({"error":"why"})"));
}

TEST(Encode, SchedulingIsOneOfThreeWords)
{
    std::string out;
    ToolAnswer answer = ToolAnswer::from_output("1", "f", "x");
    answer.scheduling = "when_idle";
    ASSERT_FALSE(encode_tool_response({&answer, 1}, out));
    EXPECT_EQ(json::parse(out)["toolResponse"]["functionResponses"][0]["scheduling"], "WHEN_IDLE");
    answer.scheduling = "INTERRUPTED";
    const Error error = encode_tool_response({&answer, 1}, out);
    EXPECT_NE(error.message.find("INTERRUPT"), std::string::npos);
}

TEST(Encode, RefusesToolAnswersThatTheServiceRefuses)
{
    std::string out;
    ToolAnswer answer = ToolAnswer::from_output("", "", "x");
    EXPECT_TRUE(encode_tool_response({&answer, 1}, out)) << "nothing says which call is meant";
    answer.name = "f";
    answer.response = "no object";
    EXPECT_TRUE(encode_tool_response({&answer, 1}, out));
    EXPECT_TRUE(encode_tool_response({}, out));
    EXPECT_TRUE(out.empty());
}

TEST(Encode, SetupLeavesNullsOutButNotThoseOfASchema)
{
    std::string out;
    ASSERT_FALSE(encode_setup(json::parse(R"({"model":"models/m","generationConfig":{"seed":null,"temperature":0},
        "sessionResumption":{"handle":null},"tools":[{"googleSearch":{}},{"functionDeclarations":[{"name":"f",
        "parametersJsonSchema":{"default":null}}]}]})"), out));
    EXPECT_EQ(json::parse(out), json::parse(R"({"setup":{"model":"models/m","generationConfig":{"temperature":0},
        "sessionResumption":{},"tools":[{"googleSearch":{}},{"functionDeclarations":[{"name":"f",
        "parametersJsonSchema":{"default":null}}]}]}})"));
    EXPECT_TRUE(encode_setup(json::parse(R"({"model":""})"), out));
    EXPECT_TRUE(encode_setup(json::parse(R"({"model":null})"), out));
    EXPECT_TRUE(encode_setup(json::parse("[]"), out));
}

TEST(Encode, RawIsOneObject)
{
    std::string out;
    for (const char *text : {"", "hello", "[]", "1", "{}", "{} {}", "{\"a\":}"}) {
        EXPECT_TRUE(encode_raw(text, out)) << text;
    }
    EXPECT_TRUE(out.empty());
    ASSERT_FALSE(encode_raw(" { \"a\" : [ 1 , null ] } ", out));
    EXPECT_EQ(out, R"({"a":[1,null]})");
}

TEST(Encode, ARawSetupIsRefused)
{
    std::string out;
    EXPECT_NE(encode_raw(R"({"setup":{"model":"m"}})", out).message.find("option setup"), std::string::npos);
    EXPECT_TRUE(out.empty());
}

TEST(Encode, ARawMessageOfBracketsIsRefusedWithoutFollowingThem)
{
    std::string out;
    const Error error = encode_raw(R"({"a":)" + std::string(200'000, '[') + std::string(200'000, ']') + "}", out);
    EXPECT_EQ(error.message, "The raw message has more than 100 levels of objects and arrays; allowed are 100");
}

TEST(Encode, RawMessageThatAnswersCallsIsKnownInBothSpellings)
{
    std::string out;
    RawFacts facts;
    ASSERT_FALSE(encode_raw(R"({"toolResponse":{"functionResponses":[{"id":"a"},{"id":"b","willContinue":true},{},7]}})",
                            out, &facts));
    EXPECT_TRUE(facts.answers_calls);
    EXPECT_EQ(facts.calls, std::vector<std::string>{"a"});
    ASSERT_FALSE(encode_raw(R"({"tool_response":{"function_responses":[{"id":"c"}]}})", out, &facts));
    EXPECT_EQ(facts.calls, std::vector<std::string>{"c"});
    ASSERT_FALSE(encode_raw(R"({"toolResponse":[]})", out, &facts));
    EXPECT_TRUE(facts.answers_calls);
    EXPECT_TRUE(facts.calls.empty());
    ASSERT_FALSE(encode_raw(R"({"realtimeInput":{"text":"x"}})", out, &facts));
    EXPECT_FALSE(facts.answers_calls);
}

TEST(Encode, RefusesWhatIsNestedTooDeeply)
{
    std::string out;
    const std::string deep = R"({"a":)" + std::string(200, '[') + std::string(200, ']') + "}";
    EXPECT_TRUE(encode_raw(deep, out));
    ToolAnswer answer = ToolAnswer::from_output("1", "f", json::parse(deep));
    EXPECT_TRUE(encode_tool_response({&answer, 1}, out));
    EXPECT_TRUE(encode_setup({{"model", "m"}, {"x", json::parse(deep)}}, out));
    EXPECT_TRUE(out.empty());
}

TEST(Encode, MediaNeedsATypeAndBytes)
{
    std::string out;
    const std::vector<uint8_t> bytes = {1, 2, 3};
    EXPECT_TRUE(encode_video("", bytes, out));
    EXPECT_TRUE(encode_video("jpeg", bytes, out));
    EXPECT_TRUE(encode_video("image/\"jpeg", bytes, out));
    EXPECT_TRUE(encode_video("image/jpeg", {}, out));
    EXPECT_TRUE(out.empty());
    ASSERT_FALSE(encode_media_chunk("audio/pcm;rate=16000", bytes, out));
    EXPECT_EQ(out, R"({"realtimeInput":{"mediaChunks":[{"mimeType":"audio/pcm;rate=16000","data":"AQID"}]}})");
}

}  // namespace
}  // namespace gemlive::protocol::test
