#include <fstream>

#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

TEST(ServerJson, IsCompactAndKeepsEveryDigit)
{
    EXPECT_EQ(server_json("{ \"a\" : [ 1.50 , 12345678901234567890123 ] ,\n \"b\" : \" x \" }\n", true),
              R"({"a":[1.50,12345678901234567890123],"b":" x "})");
}

TEST(ServerJson, LeavesOutTheDataOfAudioOnly)
{
    const std::string text =
        "{\"serverContent\":{\"modelTurn\":{\"parts\":["
        "{\"inlineData\": {\"mimeType\":\"audio/pcm;rate=24000\" ,\n \"data\" : \"AAAA\" } },"
        "{\"inlineData\":{ \"data\":\"BBBB\" , \"mimeType\":\"audio/pcm\"}},"
        "{\"inline_data\":{\"data\":\"CCCC\"}},"
        "{\"inlineData\":{\"data\":\"DDDD\",\"mimeType\":\"image/png\"}},"
        "{\"inlineData\":{\"displayName\":\"data\",\"data\":\"EEEE\",\"mime_type\":\"audio/pcm\"}},"
        "{\"text\":\"\\\"data\\\":\\\"FFFF\\\"\"}]},\"turnComplete\":true},\"data\":\"GGGG\"}";
    EXPECT_EQ(server_json(text, true),
              "{\"serverContent\":{\"modelTurn\":{\"parts\":["
              "{\"inlineData\":{\"mimeType\":\"audio/pcm;rate=24000\"}},"
              "{\"inlineData\":{\"mimeType\":\"audio/pcm\"}},"
              "{\"inline_data\":{}},"
              "{\"inlineData\":{\"data\":\"DDDD\",\"mimeType\":\"image/png\"}},"
              "{\"inlineData\":{\"displayName\":\"data\",\"mime_type\":\"audio/pcm\"}},"
              "{\"text\":\"\\\"data\\\":\\\"FFFF\\\"\"}]},\"turnComplete\":true},\"data\":\"GGGG\"}");
    EXPECT_EQ(json::parse(server_json(text, false)), json::parse(text));
}

TEST(ServerJson, WithholdsTheResumptionHandle)
{
    for (const char *text : {R"({"sessionResumptionUpdate":{"newHandle":"abc","resumable":true}})",
                             R"({"sessionResumptionUpdate": {"resumable" : true, "newHandle" : "a\"bc" }})",
                             R"({"session_resumption_update":{"resumable":true,"new_handle":"abc"}})"}) {
        const json result = json::parse(server_json(text, true));
        ASSERT_EQ(result.size(), 1u) << text;
        EXPECT_EQ(result.front(), json({{"resumable", true}})) << text;
        EXPECT_EQ(json::parse(server_json(text, false)), json::parse(text));
    }
    EXPECT_EQ(server_json(R"({"sessionResumptionUpdate":{"newHandle":"abc"}})", true),
              R"({"sessionResumptionUpdate":{}})");
}

TEST(ServerJson, WithholdsEveryHandleThatIsTaken)
{
    const auto shown = [](const std::string &update) {
        return server_json(R"({"sessionResumptionUpdate":)" + update + R"(,"b":[1]})", true);
    };
    const auto wanted = [](const std::string &update) {
        return R"({"sessionResumptionUpdate":)" + update + R"(,"b":[1]})";
    };
    EXPECT_EQ(shown(R"({"newHandle":"a", "newHandle" : "b" , "x":1})"), wanted(R"({"x":1})"));
    EXPECT_EQ(shown(R"({"x":1,"newHandle":"a","newHandle":"b"})"), wanted(R"({"x":1})"));
    EXPECT_EQ(shown(R"({"newHandle":"a","new_handle":"b"})"), wanted("{}"));
    EXPECT_EQ(shown(R"({"newHandle":123456,"x":{}})"), wanted(R"({"x":{}})"));  // the decoder takes it as text
    EXPECT_EQ(shown(R"({"new\u0048andle":"a","x":1})"), wanted(R"({"x":1})"));
    EXPECT_EQ(shown(R"({"newHandle":[],"newHandle":"a"})"), wanted(R"({"newHandle":[]})"));
}

TEST(ServerJson, IsThereForMessagesWithOddValues)
{
    EXPECT_EQ(server_json("\xef\xbb\xbf{ \"a\" : 1e400 , \"b\\udc00\" : \"\\ud800\" }", true),
              R"({"a":"1e400","b\ufffd":"\ufffd"})");
}

TEST(ServerJson, OfAMessageNestedTooDeeplyIsEmpty)
{
    EXPECT_EQ(server_json(R"({"a":)" + std::string(200'000, '[') + "}", true), "");
    EXPECT_EQ(server_json(R"({"a":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}", true), "");
}

TEST(ServerJson, TakesAnyShape)
{
    for (const char *text :
         {R"({"serverContent":[]})", R"({"serverContent":{"modelTurn":5}})", "{}",
          R"({"serverContent":{"modelTurn":{"parts":[1,{"inlineData":"x"},{"inlineData":{"data":{}}}]}}})"}) {
        const json result = json::parse(server_json(text, true), nullptr, false);
        EXPECT_TRUE(result.is_object()) << text;
    }
}

TEST(ServerJson, OfNoJsonIsEmpty)
{
    for (const char *text : {"", "x", "[]", "{", "{\"a\":}", "{} {}"}) {
        EXPECT_EQ(server_json(text, true), "") << text;
    }
}

TEST(ServerJson, EqualsEveryRecordedMessageButForTheAudio)
{
    const auto folder = data_folder() / "recordings";
    GEMLIVE_REQUIRE_DATA(folder);
    size_t messages = 0;
    for (const auto &file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".jsonl") {
            continue;
        }
        std::ifstream in(file.path());
        std::string line;
        while (std::getline(in, line)) {
            json message = json::parse(line).at("json");
            const std::string with_audio = server_json(message.dump(2) + "\n", false);
            EXPECT_EQ(json::parse(with_audio), message);
            const std::string without_audio = server_json(message.dump(2) + "\n", true);
            for (json &part : message["/serverContent/modelTurn/parts"_json_pointer]) {
                if (part.contains("inlineData")) {
                    part["inlineData"].erase("data");
                }
            }
            if (json::parse(line).at("json").contains("serverContent")) {
                EXPECT_EQ(json::parse(without_audio).value("/serverContent/modelTurn/parts"_json_pointer, json()),
                          message.value("/serverContent/modelTurn/parts"_json_pointer, json()));
            }
            ++messages;
        }
    }
    EXPECT_GT(messages, 0u);
}

// What is kept of a message for its events is some hundred bytes, and shows the same.
TEST(ServerJson, WithoutItsAudioAMessageShowsTheSame)
{
    const std::string long_text(400, 'A');
    const auto part = [&](const std::string &blob) { return R"({"inlineData":{)" + blob + "}}"; };
    const auto message = [](const std::string &parts) {
        return R"({"serverContent":{"modelTurn":{"parts":[)" + parts + R"(]}},"usageMetadata":{"totalTokenCount":3}})";
    };
    const std::string audio = part(R"("mimeType":"audio/pcm;rate=24000","data":")" + long_text + '"');
    const std::string data_first = part(R"( "data" : ")" + long_text + R"(" , "mimeType":"audio/pcm")");
    const std::string escaped = part(R"("mimeType":"audio/pcm","data":"AA\/AAAA")");
    const std::string image = part(R"("mimeType":"image/png","data":")" + long_text + '"');
    Decoder decoder;
    ServerMessage decoded;
    std::string memory;
    for (const std::string &parts : {audio, data_first, escaped, image, audio + "," + image + "," + data_first,
                                     escaped + "," + audio, part(R"("mimeType":"audio/pcm","data":"")"), std::string()}) {
        const std::string text = message(parts);
        std::string padded = text + std::string(Decoder::padding, ' ');
        decoder.decode(padded.data(), text.size(), padded.size(), decoded);
        const std::string_view kept = without_audio({padded.data(), text.size()}, decoded, memory);
        EXPECT_EQ(server_json(kept, true), server_json(text, true)) << text;
    }
    const std::string text = message(audio + "," + audio);
    std::string padded = text + std::string(Decoder::padding, ' ');
    decoder.decode(padded.data(), text.size(), padded.size(), decoded);
    EXPECT_EQ(without_audio({padded.data(), text.size()}, decoded, memory).size(), text.size() - 2 * long_text.size());
}

}  // namespace
}  // namespace gemlive::protocol::test
