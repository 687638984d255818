// Each close code, each of its texts and each refused upgrade that clients have to cope with, over TLS.

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live_client.hpp"
#include "stage.hpp"

namespace gemlive::emulator::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char *good_setup =
    R"({"setup": {"model": "models/gemini-2.5-flash-native-audio-preview-12-2025"}})";
constexpr const char *vertex_setup =
    R"({"setup": {"model": "projects/p/locations/l/publishers/google/models/gemini-live-2.5-flash"}})";
constexpr const char *token_url =
    "/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateContentConstrained";

LiveClient::Headers key(const std::string &value)
{
    return {{"x-goog-api-key", value}};
}

// What a client's own behaviour brings about, without a scenario.
struct Mistake {
    const char *name;
    const char *url;
    LiveClient::Headers headers;
    std::vector<std::string> messages;
    uint16_t code;
    std::string reason;  // its beginning
};

std::vector<Mistake> mistakes()
{
    const LiveClient::Headers bearer = {{"Authorization", "Bearer token"}};
    const auto of_model = [](const std::string &model) { return R"({"setup": {"model": ")" + model + R"("}})"; };
    const auto with = [](const std::string &model, const std::string &members) {
        return R"({"setup": {"model": ")" + model + R"(", )" + members + "}}";
    };
    const std::string native = "models/gemini-2.5-flash-native-audio-preview-12-2025";
    const std::string live_25 = "models/gemini-live-2.5-flash-preview";
    const std::string on_vertex = "projects/p/locations/l/publishers/google/models/";
    const std::string answer = R"({"toolResponse": {"functionResponses": [)";
    return {
        {"second setup", gemini_url, key("k"), {good_setup, good_setup}, 1007, "setup must be the first message"},
        {"no setup",
         gemini_url,
         key("k"),
         {R"({"realtimeInput": {"text": "x"}})"},
         1007,
         "setup must be the first"},
        {"bad value", gemini_url, key("k"), {of_model("nothing")}, 1007, "Request contains an invalid argument."},
        {"unknown field",
         gemini_url,
         key("k"),
         {with(native, R"("toolConfig": {})")},
         1007,
         "Invalid JSON payload received. Unknown name \"toolConfig\" at 'setup': Cannot find field."},
        {"wrong type",
         gemini_url,
         key("k"),
         {with(native, R"("tools": 1)")},
         1007,
         "Invalid value at 'setup.tools'"},
        {"no JSON", gemini_url, key("k"), {"{"}, 1007, "Invalid JSON payload received."},
        {"scheduling",
         vertex_url,
         bearer,
         {vertex_setup, answer + R"({"name": "f", "response": {}, "scheduling": "SILENT"}]}})"},
         1007,
         "Invalid JSON payload received. Unknown name \"scheduling\" at 'tool_response.function_responses[0]': "},
        {"schema",
         gemini_url,
         key("k"),
         {with(native, R"("tools": [{"functionDeclarations": [{"name": "f", "parameters": {"type": "OBJECT",
            "properties": {"x": {"type": "ARRAY", "items": {"type": "INTEGER", "enum": ["1"]}}}}}]}])")},
         1007,
         "* BidiGenerateContentRequest.setup.tools[0].function_declarations[0].parameters.properties[x].items"},
        {"no Live model",
         vertex_url,
         bearer,
         {of_model(on_vertex + "gemini-2.5-pro")},
         1007,
         "gemini-2.5-pro is not supported in the live api."},
        {"bad key",
         gemini_url,
         key("invalid"),
         {good_setup},
         1007,
         "API key not valid. Please pass a valid API key."},
        {"text of native audio",
         gemini_url,
         key("k"),
         {with(native, R"("generationConfig": {"responseModalities": ["TEXT"]})")},
         1007,
         "Cannot extract voices from a non-audio request."},
        {"two modalities",
         gemini_url,
         key("k"),
         {with(live_25, R"("generationConfig": {"responseModalities": ["TEXT", "AUDIO"]})")},
         1007,
         "The requested combination of response modalities (TEXT, AUDIO) is not supported"},
        {"audio of the transcriber",
         gemini_url,
         key("k"),
         {with("models/gemini-3.5-transcribe-live", R"("generationConfig": {"responseModalities": ["AUDIO"]})")},
         1007,
         "The requested combination of response modalities (AUDIO) is not supported"},
        {"penalty",
         gemini_url,
         key("k"),
         {with("models/gemini-3.8-live", R"("generationConfig": {"presencePenalty": 0.5})")},
         1007,
         "Request contains an invalid argument."},
        {"media chunks",
         gemini_url,
         key("k"),
         {of_model("models/gemini-3.8-live"),
          R"({"realtimeInput": {"mediaChunks": [{"mimeType": "audio/pcm", "data": ""}]}})"},
         1007,
         "realtime_input.media_chunks is deprecated. Use audio, video, or text instead."},
        {"marks",
         gemini_url,
         key("k"),
         {good_setup, R"({"realtimeInput": {"activityStart": {}}})"},
         1007,
         "Explicit activity control is not supported when automatic activity detection is enabled."},
        {"no such model",
         gemini_url,
         key("k"),
         {of_model("models/gemini-not-found")},
         1008,
         "models/gemini-not-found is not found for API version v1beta, or is not supported for "
         "bidiGenerateContent."},
        {"no such model on Vertex",
         vertex_url,
         bearer,
         {of_model(on_vertex + "gemini-unknown")},
         1008,
         "Publisher Model `projects/"},
        {"unknown handle",
         gemini_url,
         key("k"),
         {with(native, R"("sessionResumption": {"handle": "who"})")},
         1008,
         "Requested entity was not found"},
        {"no credential", gemini_url, {}, {good_setup}, 1008, "Method doesn't allow unregistered callers"},
        {"token without Constrained",
         gemini_url,
         {{"Authorization", "Token auth_tokens/x"}},
         {good_setup},
         1008,
         "Method doesn't allow unregistered callers"},
        {"key at Constrained",
         token_url,
         key("k"),
         {good_setup},
         1008,
         "Method doesn't allow unregistered callers"},
    };
}

// Says its messages, each after an answer to the one before, and listens until the end.
void say_all(LiveClient &client, const std::vector<std::string> &messages)
{
    ASSERT_TRUE(client.is_open()) << client.http_status();
    for (size_t i = 0; i < messages.size(); ++i) {
        client.send(messages[i]);
        if (i + 1 < messages.size()) {
            ASSERT_TRUE(client.read()) << client.close_code() << " " << client.close_reason();
        }
    }
    while (client.read()) {
    }
}

TEST(CloseCodes, MistakesAreClosedWithTheServicesWords)
{
    const Program program({"--speed", "100"});
    for (const Mistake &mistake : mistakes()) {
        SCOPED_TRACE(mistake.name);
        LiveClient client(program, mistake.url, mistake.headers);
        say_all(client, mistake.messages);
        EXPECT_EQ(client.close_code(), mistake.code);
        EXPECT_THAT(client.close_reason(), StartsWith(mistake.reason.substr(0, 123)));
    }
}

struct Closing {
    int code;
    std::string reason;
};

std::vector<Closing> closings()
{
    std::vector<Closing> all = {
        {1000, ""},
        {1001, ""},
        {1005, ""},
        {1007, "Request contains an invalid argument."},
        {1007, "Precondition check failed."},
        {1007, "API key expired. Please renew the API key."},
        {1007, "User location is not supported for the API use"},
        {1008, "Operation is not implemented, or supported, or enabled"},
        {1008, "Requested entity was not found"},
        {1009, ""},
        {1011, "Internal error encountered."},
        {1011, "Internal error occurred."},
        {1011, "The service is currently unavailable."},
        {1011, "Deadline expired before operation could complete."},
        {1011, "RPC::DEADLINE_EXCEEDED"},
        {1011, "Thread was cancelled when writing StartStep status to channel"},
        {1011, "You exceeded your current quota"},
        {1011, "RESOURCE_EXHAUSTED"},
        {1012, ""},
        {1013, ""},
        {4000, "anything"},
    };
    // Texts seen in the field, beside those above.
    std::ifstream file(data_folder() / "vectors" / "close_codes.json");
    const Json listed = Json::parse(file, nullptr, false);
    for (const Json &row : listed.is_array() ? listed : Json::array()) {
        for (const Json &reason : row.value("reason_examples", Json::array())) {
            if (row["code"] != 1006 && reason.is_string() && reason.get<std::string>().size() <= 123)
                all.push_back({row["code"], reason});
        }
    }
    return all;
}

TEST(CloseCodesOfService, EachIsProvokedInTheMiddleOfASession)
{
    Json scenario;
    scenario["server"] = Json::array();
    const std::vector<Closing> all = closings();
    for (size_t i = 0; i < all.size(); ++i) {
        Json rule;
        rule["on"]["text"] = "now";
        rule["connection"] = i + 1;
        rule["do"][0]["close"]["code"] = all[i].code;
        if (!all[i].reason.empty())
            rule["do"][0]["close"]["reason"] = all[i].reason;
        scenario["server"].push_back(rule);
    }
    const Program program({"--speed", "100"}, scenario.dump());
    for (const Closing &closing : all) {
        SCOPED_TRACE(std::to_string(closing.code) + " " + closing.reason);
        LiveClient client(program, gemini_url, key("k"));
        say_all(client, {good_setup, R"({"realtimeInput": {"text": "now"}})"});
        EXPECT_EQ(client.close_code(), closing.code);
        EXPECT_EQ(client.close_reason(), closing.reason);
    }
}

TEST(CloseCodes, GoAwayIsFollowedByItsClose)
{
    const Program program({"--speed", "100"}, R"({"server": [
        {"on": {"text": "now"}, "do": [{"go_away": {"time_left_ms": 50000}}]}]})");
    LiveClient client(program, gemini_url, key("k"));
    client.send(good_setup);
    EXPECT_TRUE(client.read());
    client.send(R"({"realtimeInput": {"text": "now"}})");
    const std::optional<std::string> said = client.read();
    ASSERT_TRUE(said);
    EXPECT_EQ(Json::parse(*said)["goAway"]["timeLeft"], "50s");
    EXPECT_FALSE(client.read());
    EXPECT_EQ(client.close_code(), 1011);
    EXPECT_EQ(client.close_reason(), "Deadline expired before operation could complete.");
}

TEST(CloseCodes, AResetHasNone)
{
    const Program program({}, R"({"server": [{"on": "setup", "do": ["reset"]}]})");
    LiveClient client(program, gemini_url, key("k"));
    client.send(good_setup);
    EXPECT_FALSE(client.read());
    EXPECT_EQ(client.close_code(), 1006);
}

TEST(CloseCodes, EachStatusRefusesTheUpgrade)
{
    const std::vector<std::pair<int, std::string>> statuses = {
        {400, "INVALID_ARGUMENT"}, {401, "UNAUTHENTICATED"}, {403, "PERMISSION_DENIED"},
        {404, "NOT_FOUND"},        {409, "ABORTED"},         {429, "RESOURCE_EXHAUSTED"},
        {499, "CANCELLED"},        {500, "INTERNAL"},        {501, "UNIMPLEMENTED"},
        {502, "UNKNOWN"},          {503, "UNAVAILABLE"},     {504, "DEADLINE_EXCEEDED"}};
    Json scenario;
    for (size_t i = 0; i < statuses.size(); ++i) {
        Json rule;
        rule["on"] = "upgrade";
        rule["connection"] = i + 1;
        rule["do"][0]["refuse"]["http_status"] = statuses[i].first;
        scenario["server"].push_back(rule);
    }
    Json named;
    named["on"] = "upgrade";
    named["do"][0]["refuse"] = Json::parse(R"({"http_status": 400,
        "body": {"error": {"code": 400, "message": "m", "status": "FAILED_PRECONDITION"}}})");
    scenario["server"].push_back(named);
    const Program program({}, scenario.dump());
    for (const auto &[status, name] : statuses) {
        const LiveClient client(program, gemini_url, key("k"));
        EXPECT_EQ(client.http_status(), status);
        const Json body = Json::parse(client.http_body(), nullptr, false);
        ASSERT_TRUE(body.is_object()) << client.http_body();
        EXPECT_EQ(body["error"]["code"], status);
        EXPECT_EQ(body["error"]["status"], name);
    }
    const LiveClient client(program, gemini_url, key("k"));
    EXPECT_THAT(client.http_body(), HasSubstr("FAILED_PRECONDITION"));
}

TEST(CloseCodes, PathsAndTokensAreRefusedUnasked)
{
    const Program program({});
    EXPECT_EQ(LiveClient(program, vertex_url, {}).http_status(), 401);
    EXPECT_EQ(LiveClient(program, vertex_url, {{"Authorization", "Bearer invalid"}}).http_status(), 401);
    EXPECT_EQ(
        LiveClient(program, "/ws/google.ai.generativelanguage.v7.GenerativeService.BidiGenerateContent", key("k"))
            .http_status(),
        404);
}

// The service serves Live on v1beta only, while SDKs choose v1, and it switches models off.
TEST(CloseCodes, AVersionThatIsNotServedAndARetiredModelAreNotFound)
{
    const Program program({"--api-versions", "v1beta,v1alpha", "--retired-models", "gemini-old-live"});
    const auto reason_of = [&program](const std::string &version, const std::string &model) {
        LiveClient client(program, "/ws/google.ai.generativelanguage." + version + ".GenerativeService.BidiGenerateContent",
                          key("k"));
        client.send(R"({"setup": {"model": "models/)" + model + R"("}})");
        return client.read() ? std::string("taken") : std::to_string(client.close_code()) + " " + client.close_reason();
    };
    EXPECT_EQ(reason_of("v1beta", "gemini-3.8-live"), "taken");
    EXPECT_EQ(reason_of("v1alpha", "gemini-3.8-live"), "taken");
    EXPECT_THAT(reason_of("v1", "gemini-3.8-live"),
                StartsWith("1008 models/gemini-3.8-live is not found for API version v1, or is not supported"));
    EXPECT_THAT(reason_of("v1beta", "gemini-old-live"), StartsWith("1008 models/gemini-old-live is not found"));
    EXPECT_EQ(reason_of("v1beta", "gemini-old-live-2"), "taken");

    LiveClient vertex(program, vertex_url, {{"Authorization", "Bearer token"}});
    vertex.send(R"({"setup": {"model": "projects/p/locations/l/publishers/google/models/gemini-old-live"}})");
    EXPECT_FALSE(vertex.read());
    EXPECT_THAT(vertex.close_reason(), StartsWith("Publisher Model"));
}

TEST(CloseCodes, AnOrderlyCloseIsLoggedAsOne)
{
    Program program({});
    for (const bool goodbye : {true, false}) {
        LiveClient client(program, gemini_url, key("k"));
        client.send(good_setup);
        EXPECT_TRUE(client.read());
        client.close(goodbye);
    }
    EXPECT_TRUE(program.log_until("connection 1: closed with 1000\n")) << program.log();
    EXPECT_TRUE(program.log_until("connection 2: closed with 1000\n")) << program.log();
}

}  // namespace
}  // namespace gemlive::emulator::test
