#include "protocol/decoder.hpp"

#include "base/base64.hpp"
#include "protocol/limits.hpp"
#include "protocol/utf8.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

class DecoderTest : public ::testing::Test {
protected:
    Error read(const std::string &text) { return decode(decoder_, text, message_); }

    void expect_nothing()
    {
        EXPECT_FALSE(message_.empty);
        EXPECT_FALSE(message_.content.present);
        EXPECT_FALSE(message_.setup_complete.present);
        EXPECT_FALSE(message_.usage.present);
        EXPECT_TRUE(message_.tool_calls.empty());
        EXPECT_TRUE(message_.unknown.empty());
    }

    Decoder decoder_;
    ServerMessage message_;
};

TEST_F(DecoderTest, ForgetsTheMessageBefore)
{
    ASSERT_FALSE(read(R"({"setupComplete":{"sessionId":"s"},"goAway":{"timeLeft":"1s"},"x":1,
        "serverContent":{"modelTurn":{"parts":[{"text":"a","thought":true},{"inlineData":{"data":"AAA="}}]},
        "turnComplete":true,"turnCompleteReason":"R","waitingForInput":false,"inputTranscription":{"text":"t"},
        "groundingMetadata":{"a":1}},"toolCall":{"functionCalls":[{"id":"1","name":"f","args":{"a":1}}]},
        "toolCallCancellation":{"ids":["1"]},"usageMetadata":{"promptTokenCount":1,
        "promptTokensDetails":[{"modality":"AUDIO","tokenCount":1}]},"voiceActivity":{"type":"ACTIVITY_START"},
        "sessionResumptionUpdate":{"newHandle":"h","resumable":true,"lastConsumedClientMessageIndex":1},
        "voiceActivityDetectionSignal":{"vadSignalType":"VAD_SIGNAL_TYPE_EOS"},"error":{"code":1}})"));
    EXPECT_EQ(message_.content.parts.size(), 2u);
    EXPECT_EQ(message_.unknown.size(), 1u);
    EXPECT_EQ(message_.vad_signal.kind, ActivityKind::end);
    EXPECT_EQ(message_.voice_activity.kind, ActivityKind::start);

    ASSERT_FALSE(read(R"({"serverContent":{"modelTurn":{"parts":[{"text":"b"}]}}})"));
    ASSERT_EQ(message_.content.parts.size(), 1u);
    EXPECT_EQ(message_.content.parts[0].kind, PartKind::text);
    EXPECT_EQ(message_.content.parts[0].text, "b");
    EXPECT_FALSE(message_.content.turn_complete);
    EXPECT_FALSE(message_.content.waiting_for_input);
    EXPECT_TRUE(message_.content.turn_complete_reason.empty());
    EXPECT_TRUE(message_.content.grounding.empty());
    EXPECT_FALSE(message_.content.input_transcription.present);
    EXPECT_FALSE(message_.setup_complete.present);
    EXPECT_FALSE(message_.go_away_ms);
    EXPECT_TRUE(message_.tool_calls.empty());
    EXPECT_FALSE(message_.has_cancellation);
    EXPECT_FALSE(message_.usage.present);
    EXPECT_EQ(message_.usage.prompt, 0);
    EXPECT_FALSE(message_.resumption.present);
    EXPECT_FALSE(message_.resumption.last_consumed);
    EXPECT_FALSE(message_.voice_activity.present);
    EXPECT_FALSE(message_.vad_signal.present);
    EXPECT_FALSE(message_.error.present);
    EXPECT_TRUE(message_.unknown.empty());
}

TEST_F(DecoderTest, HandsUnknownMembersOnAsCompactJson)
{
    ASSERT_FALSE(read("{ \"future\" : { \"big\" : 12345678901234567890123, \"f\" : 1.50 , \"s\" : \" a b \" } ,\n"
                      "\"serverContent\" : { \"news\" : [ 1 , 2 ] , \"turnComplete\" : true } }\n"));
    ASSERT_EQ(message_.unknown.size(), 1u);
    EXPECT_EQ(message_.unknown[0].name, "future");
    EXPECT_EQ(message_.unknown[0].raw, R"({"big":12345678901234567890123,"f":1.50,"s":" a b "})");
    ASSERT_EQ(message_.content.unknown.size(), 1u);
    EXPECT_EQ(message_.content.unknown[0].raw, "[1,2]");
    EXPECT_TRUE(message_.content.turn_complete);
}

TEST_F(DecoderTest, HandsUnknownPartsOn)
{
    ASSERT_FALSE(read(R"({"serverContent":{"modelTurn":{"parts":[
        {"hologram":{"x": 1}}, {"text":"t","novelty":2}]}}})"));
    ASSERT_EQ(message_.content.parts.size(), 2u);
    EXPECT_EQ(message_.content.parts[0].kind, PartKind::other);
    EXPECT_EQ(message_.content.parts[0].label, "hologram");
    EXPECT_EQ(message_.content.parts[0].raw, R"({"x":1})");
    EXPECT_EQ(message_.content.parts[1].kind, PartKind::text);
    EXPECT_TRUE(message_.content.parts[1].raw.empty());
}

TEST_F(DecoderTest, KeepsTheJsonOfCode)
{
    ASSERT_FALSE(read(R"({"serverContent":{"modelTurn":{"parts":[
        {"executableCode": {"code": "f(1)\n", "language": "PYTHON", "extra": [1, 2]}}]}}})"));
    ASSERT_EQ(message_.content.parts.size(), 1u);
    EXPECT_EQ(message_.content.parts[0].raw, R"({"code":"f(1)\n","language":"PYTHON","extra":[1,2]})");
    EXPECT_EQ(message_.content.parts[0].text, "f(1)\n");
}

TEST_F(DecoderTest, KeepsArgumentsDigitByDigit)
{
    ASSERT_FALSE(read(R"({"toolCall":{"functionCalls":[
        {"name":"f","args":{ "n": 9007199254740993, "e": 1E21 }}]}})"));
    ASSERT_EQ(message_.tool_calls.size(), 1u);
    EXPECT_EQ(message_.tool_calls[0].args, R"({"n":9007199254740993,"e":1E21})");
}

TEST_F(DecoderTest, AMemberOfAWrongShapeDoesNotTakeTheOthersWithIt)
{
    const Error error = read(R"({"usageMetadata":{"promptTokenCount":"many","totalTokenCount":9},
        "serverContent":{"modelTurn":{"parts":[{"inlineData":{"data":"A*"}},{"text":"ok"},{"text":[]}]},
        "outputTranscription":{"text":{},"languageCode":"de"},"turnComplete":true},
        "toolCall":{"functionCalls":[{"name":"bad","args":[]},{"name":"good","id":7}]}})");
    EXPECT_EQ(error.status, Status::protocol);
    EXPECT_NE(error.message.find("usageMetadata.promptTokenCount"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("3 more"), std::string::npos) << error.message;
    EXPECT_EQ(message_.left_out, 4u);
    EXPECT_TRUE(message_.usage.present);
    EXPECT_EQ(message_.usage.total, 9);
    ASSERT_EQ(message_.content.parts.size(), 2u);
    EXPECT_FALSE(bytes_of(message_.content.parts[0]));
    EXPECT_EQ(message_.content.parts[1].text, "ok");
    EXPECT_FALSE(message_.content.output_transcription.has_text);
    EXPECT_EQ(message_.content.output_transcription.language_code, "de");
    EXPECT_TRUE(message_.content.turn_complete);
    ASSERT_EQ(message_.tool_calls.size(), 1u);
    EXPECT_EQ(message_.tool_calls[0].name, "good");
    EXPECT_EQ(message_.tool_calls[0].id, "7");
}

TEST_F(DecoderTest, ABadGoAwayIsStillOne)
{
    EXPECT_TRUE(read(R"({"goAway":{"timeLeft":{"seconds":5}}})"));
    EXPECT_EQ(message_.go_away_ms, 0);
    EXPECT_TRUE(read(R"({"goAway":[]})"));
    EXPECT_EQ(message_.go_away_ms, 0);
}

TEST_F(DecoderTest, RefusesWhatIsNoJsonAsAWhole)
{
    for (const char *text : {"",
                             " ",
                             "hello",
                             "{",
                             "}",
                             "[]",
                             "1",
                             "\"x\"",
                             "null",
                             "{}}",
                             "{} {}",
                             "{}x",
                             "{\"a\":1}]",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{\"a\" 1}",
                             "{\"a\":1,}",
                             "{,\"a\":1}",
                             "{\"a\":1 \"b\":2}",
                             "{'a':1}",
                             "{a:1}",
                             "{\"a\":NaN}",
                             "{\"a\":[1,}",
                             "{\"a\":{]}",
                             "{\"a\":[1 2]}",
                             "{\"a\":\"\\x\"}",
                             "{\"a\":tru}",
                             "{\"a\":01}",
                             "{\"a\":\"\n\"}",
                             "{\"serverContent\":{\"turnComplete\":true}",
                             "{\"serverContent\":{\"turnComplete\":true},",
                             "{\"setupComplete\":{}}{\"setupComplete\":{}}",
                             "{\"setupComplete\":{}},"}) {
        const Error error = read(text);
        EXPECT_EQ(error.status, Status::protocol) << text;
        expect_nothing();
    }
    EXPECT_TRUE(read(std::string(R"({"setupComplete":{}})") + '\0'));
    expect_nothing();
}

TEST_F(DecoderTest, RefusesTextThatIsNotUtf8)
{
    for (const char *bytes : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
        EXPECT_FALSE(valid_utf8(bytes));
        EXPECT_TRUE(read(std::string(R"({"serverContent":{"outputTranscription":{"text":")") + bytes + "\"}}}"));
        expect_nothing();
    }
    EXPECT_TRUE(valid_utf8("a\xf0\x9f\x98\x80"));
}

// Every beginning of a message, and every message with one byte changed: nothing may be read that is not there,
// and whatever comes out is UTF-8.
TEST_F(DecoderTest, SurvivesDamage)
{
    const std::string text =
        R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000",)"
        R"("data":"AADoAxj8/38="}},{"text":"a\u00e9\n\"","thought":true},{"executableCode":{"code":"c"}},)"
        R"({"x":[1,{"y":null}]}]},"outputTranscription":{"text":"Bye.","words":[{"word":"Bye",)"
        R"("startOffset":"0.5s"}]},"turnComplete":true},"toolCall":{"functionCalls":[{"id":"1","name":"f",)"
        R"("args":{"a":[1,2,{"b":"c"}]}}]},"usageMetadata":{"promptTokenCount":812,"promptTokensDetails":)"
        R"([{"modality":"TEXT","tokenCount":700}]},"goAway":{"timeLeft":"5s"},"future":{"a":[]}})";
    ASSERT_FALSE(read(text));
    for (size_t size = 0; size < text.size(); ++size) {
        EXPECT_TRUE(read(text.substr(0, size))) << size;
        expect_nothing();
    }
    size_t understood = 0;
    for (size_t at = 0; at < text.size(); ++at) {
        for (const char c : {'"', '\\', '{', '}', '[', ']', ',', ':', '0', ' ', '\xff', '\0'}) {
            std::string damaged = text;
            damaged[at] = c;
            understood += read(damaged) ? 0 : 1;
            for (const Part &part : message_.content.parts) {
                ASSERT_TRUE(valid_utf8(part.text) && valid_utf8(part.raw) && valid_utf8(part.mime_type));
                ASSERT_TRUE(part.raw.empty() || json::accept(part.raw)) << part.raw;
            }
            for (const ToolCall &call : message_.tool_calls) {
                ASSERT_TRUE(json::accept(call.args)) << call.args;
            }
        }
    }
    EXPECT_GT(understood, 0u);
}

TEST_F(DecoderTest, LeavesOutWhatIsNestedTooDeeply)
{
    const std::string deep = std::string(100000, '[') + std::string(100000, ']');
    const std::string call = R"({"name":"g","args":{"a":)" + deep + "}}";
    for (const std::string &member :
         {R"("future":)" + deep, R"("serverContent":{"future":)" + deep + "}",
          R"("serverContent":{"groundingMetadata":{"a":)" + deep + "}}",
          R"("serverContent":{"modelTurn":{"parts":[{"hologram":)" + deep + "}]}}",
          R"("serverContent":{"modelTurn":{"parts":[{"executableCode":{"code":"c","x":)" + deep + "}}]}}",
          R"("toolCall":{"functionCalls":[)" + call + "]}", R"("error":{"details":)" + deep + "}"}) {
        const Error error = read("{" + member + R"(,"serverContent":{"turnComplete":true}})");
        EXPECT_NE(error.message.find("more than 100 levels"), std::string::npos) << error.message;
        EXPECT_TRUE(message_.content.turn_complete);
        EXPECT_TRUE(message_.content.parts.empty());
        EXPECT_TRUE(message_.tool_calls.empty());
        EXPECT_TRUE(message_.unknown.empty() && message_.content.unknown.empty());
        EXPECT_EQ(message_.left_out, 1u);
    }
    EXPECT_FALSE(read(R"({"usageMetadata":{"not looked at":)" + deep + R"(,"totalTokenCount":3}})"));
    EXPECT_EQ(message_.usage.total, 3);
}

TEST_F(DecoderTest, TakesExactlyAHundredLevels)
{
    for (const int levels : {98, 99, 100}) {
        const std::string lists =
            std::string(static_cast<size_t>(levels), '[') + std::string(static_cast<size_t>(levels), ']');
        EXPECT_EQ(read(R"({"future":)" + lists + "}").status == Status::ok, levels < 100) << levels;
        EXPECT_EQ(message_.unknown.size(), levels < 100 ? 1u : 0u);
    }
}

TEST_F(DecoderTest, ReadsSixteenMebibytesAndSmallMessagesAfterwards)
{
    std::vector<uint8_t> bytes(12 * 1024 * 1024);
    for (size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<uint8_t>(i * 31 + i / 251);
    }
    const std::string big =
        R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"video/mp4","data":")" +
        base64::encode(bytes) + R"("}}]},"turnComplete":true}})";
    ASSERT_GE(big.size(), 16u * 1024 * 1024);
    ASSERT_FALSE(read(big));
    ASSERT_EQ(message_.content.parts.size(), 1u);
    const Part &part = message_.content.parts[0];
    EXPECT_EQ(part.kind, PartKind::inline_data);
    EXPECT_EQ(bytes_of(part), bytes);
    EXPECT_TRUE(message_.content.turn_complete);
    ASSERT_FALSE(read(R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"data":"AAA="}}]}}})"));
    EXPECT_EQ(bytes_of(message_.content.parts[0])->size(), 2u);
    EXPECT_EQ(message_.content.parts[0].sample_rate, default_output_rate);
}

TEST_F(DecoderTest, AnOddValueInAnUnknownMemberComesOutAsSent)
{
    for (const char *value : {"1e308", "1e-400", "-0.00001e-99999999999999999999", "0e999", "-0",
                              "0.0000000000000000000000000000001", "123456789012345678901234567890123456789",
                              "\"\\u0000\"", "{\"a\":1,\"a\":2}", "\"\\ud83d\\ude00\"", "[1E+5,-0,[]]"}) {
        ASSERT_FALSE(read(std::string(R"({"future":)") + value + R"(,"serverContent":{"turnComplete":true}})"))
            << value;
        ASSERT_EQ(message_.unknown.size(), 1u) << value;
        EXPECT_EQ(message_.unknown[0].raw, value);
        EXPECT_TRUE(message_.content.turn_complete) << value;
    }
}

// As it was sent it is JSON, but most readers refuse it together with the event that it is in.
TEST_F(DecoderTest, ANumberBeyondADoubleBecomesAString)
{
    ASSERT_FALSE(
        read(R"({"future": [ 1e400 , {"a": -1E+999}, 1], "other":1e400,"serverContent":{"turnComplete":true}})"));
    ASSERT_EQ(message_.unknown.size(), 2u);
    EXPECT_EQ(message_.unknown[0].raw, R"(["1e400",{"a":"-1E+999"},1])");
    EXPECT_EQ(message_.unknown[1].raw, R"("1e400")");
    EXPECT_TRUE(message_.content.turn_complete);
    ASSERT_FALSE(read(R"({"future":[0.001e320,1e99999999999999999999]})"));
    EXPECT_EQ(message_.unknown[0].raw, R"(["0.001e320","1e99999999999999999999"])");
    ASSERT_FALSE(read(R"({"future":)" + std::string(400, '9') + "}"));
    EXPECT_EQ(message_.unknown[0].raw, '"' + std::string(400, '9') + '"');
}

TEST_F(DecoderTest, HalfASurrogatePairBecomesTheReplacementCharacter)
{
    for (const auto &[sent, shown] :
         std::vector<std::pair<std::string, std::string>>{{R"(a\ud800b)", R"(a\ufffdb)"},
                                                          {R"(\uDC00)", R"(\ufffd)"},
                                                          {R"(\ud800\ud800\udc00)", R"(\ufffd\ud800\udc00)"},
                                                          {R"(\\ud800\ud800)", R"(\\ud800\ufffd)"},
                                                          {R"(\ud83d\n)", R"(\ufffd\n)"}}) {
        ASSERT_FALSE(read(R"({"future":{")" + sent + R"(":[")" + sent +
                          R"("]},"serverContent":{"outputTranscription":{"text":")" + sent + R"("}}})"))
            << sent;
        ASSERT_EQ(message_.unknown.size(), 1u) << sent;
        EXPECT_EQ(message_.unknown[0].raw, R"({")" + shown + R"(":[")" + shown + R"("]})");
        EXPECT_EQ(message_.content.output_transcription.text, json::parse('"' + shown + '"')) << sent;
    }
    ASSERT_FALSE(read(R"({"\ud800x":1,"turn\u0043omplete":2})"));
    ASSERT_EQ(message_.unknown.size(), 2u);
    EXPECT_EQ(message_.unknown[0].name, "\xef\xbf\xbdx");
    EXPECT_EQ(message_.unknown[1].name, "turnComplete");
}

TEST_F(DecoderTest, AnUnknownMemberThatIsNoJsonIsLeftOutAlone)
{
    for (const char *value : {R"("\x")", R"("\u12")", R"(["a",{"b":"\ud8"}])", R"({"\x":1})", "01", "1.", ".5",
                              "+1", "1e", "-", "NaN", "Infinity", "tru", "nulll", "[1,{\"a\":truth}]", "[0x10]"}) {
        const Error error =
            read(std::string(R"({"future":)") + value + R"(,"serverContent":{"turnComplete":true}})");
        EXPECT_NE(error.message.find("future"), std::string::npos) << value << ": " << error.message;
        EXPECT_TRUE(message_.unknown.empty()) << value;
        EXPECT_TRUE(message_.content.turn_complete) << value;
    }
}

TEST_F(DecoderTest, AnOddValueInAKnownMemberIsLeftOutAlone)
{
    EXPECT_TRUE(read(R"({"usageMetadata":{"promptTokenCount":1e400,"responseTokenCount":99999999999999999999,
        "totalTokenCount":-0,"thoughtsTokenCount":7},"sessionResumptionUpdate":{"newHandle":"h","resumable":true,
        "lastConsumedClientMessageIndex":"x"},"setupComplete":{"sessionId":{}},
        "serverContent":{"waitingForInput":"\ud800","turnComplete":true,"turnCompleteReason":"\x"}})"));
    EXPECT_EQ(message_.left_out, 6u);
    EXPECT_EQ(message_.usage.prompt, 0);
    EXPECT_EQ(message_.usage.thoughts, 7);
    EXPECT_TRUE(message_.resumption.brings_handle());
    EXPECT_FALSE(message_.resumption.last_consumed);
    EXPECT_TRUE(message_.setup_complete.present);
    EXPECT_TRUE(message_.content.turn_complete);
    EXPECT_FALSE(message_.content.waiting_for_input);
    EXPECT_TRUE(message_.content.turn_complete_reason.empty());
}

TEST_F(DecoderTest, ReadsBase64WithEscapesAndBlanks)
{
    for (const char *text :
         {R"(AAEC\/f7\u002b\/w\u003d\u003d)", R"(AAEC /f7+ /w==)", R"(AAEC\r\n/f7+/w==)", "AAEC_f7-_w=="}) {
        const std::string part = std::string(R"({"inlineData":{"mimeType":"audio/pcm","data":")") + text + "\"}}";
        ASSERT_FALSE(read(R"({"serverContent":{"modelTurn":{"parts":[)" + part + "," + part + "," + part + "]}}}"))
            << text;
        ASSERT_EQ(message_.content.parts.size(), 3u) << text;
        for (const Part &found : message_.content.parts) {
            EXPECT_EQ(hex(bytes_of(found).value()), "000102fdfefeff") << text;
        }
    }
}

TEST_F(DecoderTest, TakesAByteOrderMarkAndTrailingBlanks)
{
    EXPECT_FALSE(read("\xef\xbb\xbf{\"serverContent\":{\"turnComplete\":true}} \r\n\t "));
    EXPECT_TRUE(message_.content.turn_complete);
    EXPECT_TRUE(read("\xef\xbb\xbf"));
    EXPECT_TRUE(read("\xef\xbb"));
}

TEST_F(DecoderTest, ReadsOnlySoManyEntries)
{
    const auto list = [](const std::string &item, size_t count) {
        std::string text = item;
        for (size_t i = 1; i < count; ++i) {
            text += "," + item;
        }
        return text;
    };
    const auto left_out = [&](const std::string &text) {
        EXPECT_EQ(read(text).status, Status::protocol);
        return message_.left_out;
    };
    EXPECT_EQ(
        left_out(R"({"serverContent":{"modelTurn":{"parts":[)" + list(R"({"text":"x"})", most_parts + 5) + "]}}}"),
        5u);
    EXPECT_EQ(message_.content.parts.size(), most_parts);
    EXPECT_EQ(left_out(R"({"toolCall":{"functionCalls":[)" + list(R"({"name":"f"})", most_calls + 5) + "]}}"), 5u);
    EXPECT_EQ(message_.tool_calls.size(), most_calls);
    EXPECT_EQ(left_out(R"({"toolCallCancellation":{"ids":[)" + list(R"("1")", most_calls + 5) + "]}}"), 5u);
    EXPECT_EQ(left_out("{" + list(R"("future":1)", most_unknown + 5) + "}"), 5u);
    EXPECT_EQ(message_.unknown.size(), most_unknown);
    const Error error =
        read(R"({"future":[)" + list("1", most_values) + R"(],"serverContent":{"turnComplete":true}})");
    EXPECT_NE(error.message.find("values"), std::string::npos) << error.message;
    EXPECT_TRUE(message_.unknown.empty() && message_.content.turn_complete);
}

TEST_F(DecoderTest, TellsTooLittlePaddingFromAGoodMessage)
{
    const std::string text = R"({"setupComplete":{}})";
    EXPECT_TRUE(decoder_.decode(text.data(), text.size(), text.size(), message_));
    expect_nothing();
}

TEST_F(DecoderTest, NullIsAbsentEverywhere)
{
    ASSERT_FALSE(read(R"({"serverContent":{"modelTurn":{"parts":[null,{"text":null},{"inlineData":null}]},
        "groundingMetadata":null},
        "toolCall":{"functionCalls":[{"name":"f","args":null,"id":null,"partialArgs":null}]},
        "goAway":null,"error":null,"future":null,"usageMetadata":{"promptTokensDetails":[null]}})"));
    EXPECT_TRUE(message_.content.parts.empty());
    ASSERT_EQ(message_.tool_calls.size(), 1u);
    EXPECT_EQ(message_.tool_calls[0].args, "{}");
    EXPECT_TRUE(message_.tool_calls[0].id.empty());
    EXPECT_FALSE(message_.tool_calls[0].is_part());
    EXPECT_FALSE(message_.go_away_ms);
    EXPECT_FALSE(message_.error.present);
    EXPECT_TRUE(message_.unknown.empty());
}

TEST_F(DecoderTest, ExtrasHaveTheirDocumentedNamesAndTheApplicationsNamesStay)
{
    ASSERT_FALSE(read(R"({"server_content":{"grounding_metadata":{"search_entry_point":{"rendered_content":"a_b: \"c_d\":"},
        "grounding_chunks":[{"web":{"site_title":"x_y"}}],"_odd_":1},"model_turn":{"parts":[{"tool_call":{"tool_type":"T",
        "args":{"my_name":1}}}]}},"tool_call":{"function_calls":[{"name":"f","args":{"my_name":{"its_name":1}}},
        {"name":"g","partial_args":[{"json_path":"$.a_b","string_value":"c_d"}]}]}})"));
    EXPECT_EQ(message_.content.grounding, R"({"searchEntryPoint":{"renderedContent":"a_b: \"c_d\":"},)"
                                          R"("groundingChunks":[{"web":{"siteTitle":"x_y"}}],"_odd_":1})");
    ASSERT_EQ(message_.content.parts.size(), 1u);
    EXPECT_EQ(message_.content.parts[0].raw, R"({"toolType":"T","args":{"my_name":1}})");
    ASSERT_EQ(message_.tool_calls.size(), 2u);
    EXPECT_EQ(message_.tool_calls[0].args, R"({"my_name":{"its_name":1}})");
    EXPECT_EQ(message_.tool_calls[1].partial_args, R"([{"jsonPath":"$.a_b","stringValue":"c_d"}])");
}

TEST_F(DecoderTest, OnlyOutputIsModelOutput)
{
    const auto has_output = [&](const char *text) {
        EXPECT_FALSE(read(text)) << text;
        return message_.has_model_output();
    };
    EXPECT_FALSE(has_output("{}"));
    EXPECT_FALSE(has_output(R"({"serverContent":{"inputTranscription":{"text":"hi"}}})"));
    EXPECT_FALSE(has_output(R"({"serverContent":{"outputTranscription":{"finished":true}}})"));
    EXPECT_FALSE(has_output(R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"data":""}}]}}})"));
    EXPECT_FALSE(has_output(R"({"serverContent":{"interrupted":true}})"));
    EXPECT_TRUE(has_output(R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"data":"AA"}}]}}})"));
    EXPECT_TRUE(has_output(R"({"serverContent":{"modelTurn":{"parts":[{"text":"x","thought":true}]}}})"));
    EXPECT_TRUE(has_output(R"({"serverContent":{"outputTranscription":{"text":" "}}})"));
    EXPECT_TRUE(has_output(R"({"toolCall":{"functionCalls":[{"name":"f"}]}})"));
}

}  // namespace
}  // namespace gemlive::protocol::test
