// Recordings, played to clients that never saw them.

#include "replay.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live_client.hpp"
#include "stage.hpp"

namespace gemlive::emulator::test {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A played connection without sockets.
struct Player {
    explicit Player(const std::string &text) : recording(parse_recording(text))
    {
        replay = std::make_shared<Replay>(recording[0], timeline, wire, endpoint_of(gemini_url), nullptr,
                                          Replay::Options{});
        replay->start();
    }

    void client(const std::string &text) { replay->receive(text, false); }

    std::vector<std::string> sent() const
    {
        std::vector<std::string> all;
        for (const Json &message : wire.messages)
            all.push_back(message.dump());
        return all;
    }

    Recording recording;
    HandTimeline timeline;
    TapeWire wire;
    std::shared_ptr<Replay> replay;
};

constexpr const char *setup_text = R"({"setup": {"model": "models/gemini-3.8-live"}})";

std::string line(const std::string &dir, const std::string &json, const std::string &more = "")
{
    return R"({"dir":")" + dir + R"(","conn":1,"type":"binary",)" + more + R"("json":)" + json + "}\n";
}

std::string audio(size_t bytes)
{
    const std::vector<uint8_t> silence(bytes);
    return R"({"realtimeInput":{"audio":{"mimeType":"audio/pcm;rate=16000","data":")" + base64::encode(silence) +
           R"("}}})";
}

TEST(Replay, WaitsForWhatTheRecordedClientSaid)
{
    Player player(line("client", setup_text) + line("server", R"({"setupComplete":{}})") +
                  line("client", R"({"client_content":{"turns":[],"turn_complete":true}})") +
                  line("server", R"({"toolCall":{}})") +
                  line("client", R"({"toolResponse":{"functionResponses":[]}})") +
                  line("server", R"({"serverContent":{"turnComplete":true}})"));
    EXPECT_THAT(player.sent(), ElementsAre());
    player.client(setup_text);
    EXPECT_EQ(player.sent().size(), 1u);
    player.client(R"({"realtimeInput":{"text":"not what was recorded"}})");
    EXPECT_EQ(player.sent().size(), 1u);
    player.client(R"({"clientContent":{"turnComplete":true}})");
    EXPECT_EQ(player.sent().size(), 2u);
    player.client(R"({"toolResponse":{"functionResponses":[{"id":"1","name":"f","response":{}}]}})");
    EXPECT_EQ(player.wire.texts.back(), "{\n  \"serverContent\": {\n    \"turnComplete\": true\n  }\n}\n");
    EXPECT_TRUE(player.wire.binaries.back());
}

TEST(Replay, AudioCountsByItsLengthWhateverItsPieces)
{
    const std::string recorded = line("client", setup_text) + line("server", R"({"setupComplete":{}})") +
                                 line("client", audio(4000)) + line("client", audio(4000)) +
                                 line("server", R"({"serverContent":{}})");
    Player player(recorded);
    player.client(setup_text);
    for (int i = 0; i < 7; ++i)
        player.client(audio(1000));
    EXPECT_EQ(player.sent().size(), 1u);
    player.client(audio(1000));
    EXPECT_EQ(player.sent().size(), 2u);

    Player brief(recorded);
    brief.client(setup_text);
    brief.client(audio(1000));
    EXPECT_EQ(brief.sent().size(), 1u);
    brief.client(R"({"realtimeInput":{"audioStreamEnd":true}})");
    EXPECT_EQ(brief.sent().size(), 2u);
}

TEST(Replay, AClientMayWaitForSetupCompleteWhereTheRecordedOneDidNot)
{
    Player player(line("client", setup_text) + line("client", R"({"clientContent":{"turnComplete":true}})") +
                  line("server", R"({"setupComplete":{}})") + line("server", R"({"serverContent":{}})"));
    player.client(setup_text);
    EXPECT_THAT(player.sent(), ElementsAre(R"({"setupComplete":{}})"));
    player.client(R"({"clientContent":{"turnComplete":true}})");
    EXPECT_EQ(player.sent().size(), 2u);

    Player tail(line("server", R"({"serverContent":{}})"));
    tail.client(setup_text);
    EXPECT_THAT(tail.sent(), ElementsAre(R"({"setupComplete":{}})", R"({"serverContent":{}})"));
}

TEST(Replay, KeepsTheServicesTimes)
{
    Player player(line("client", setup_text, R"("at":0.0,)") +
                  line("server", R"({"setupComplete":{}})", R"("at":0.8,)") +
                  line("server", R"({"serverContent":{}})", R"("at":1.0,)"));
    player.client(setup_text);
    player.timeline.pass(std::chrono::milliseconds(799));
    EXPECT_EQ(player.sent().size(), 0u);
    player.timeline.pass(std::chrono::milliseconds(1));
    EXPECT_EQ(player.sent().size(), 1u);
    player.timeline.pass(std::chrono::milliseconds(200));
    EXPECT_EQ(player.sent().size(), 2u);
}

TEST(Replay, AWaitEndsAtLast)
{
    Player player(line("client", setup_text) + line("server", R"({"setupComplete":{}})") +
                  line("client", R"({"clientContent":{}})") + line("server", R"({"serverContent":{}})"));
    player.client(setup_text);
    player.timeline.pass(std::chrono::minutes(11));
    EXPECT_EQ(player.wire.close_code, 1011);
}

TEST(Replay, ChecksWhatTheClientSends)
{
    Player player(line("client", setup_text) + line("server", R"({"setupComplete":{}})"));
    player.client(R"({"setup":{"model":"m","wrong":1}})");
    EXPECT_EQ(player.wire.close_code, 1007);
    EXPECT_THAT(player.wire.close_reason, HasSubstr("\"wrong\""));
}

TEST(Replay, ARecordingThatIsNoneIsToldWithItsLine)
{
    const auto fails = [](const std::string &text, const std::string &what) {
        try {
            parse_recording(text);
            ADD_FAILURE() << text;
        } catch (const RecordingError &error) {
            EXPECT_THAT(error.what(), HasSubstr(what));
        }
    };
    fails("", "no message");
    fails(line("server", "{}") + "{", "line 2");
    fails(R"({"dir":"nobody","json":{}})", "dir");
    fails(R"({"dir":"server"})", "json");
    fails(R"({"dir":"server","conn":"x","json":{}})", "line 1");
}

// What one connection of a file holds, read without the code under test.
struct Connection {
    std::vector<std::string> client;
    std::vector<std::pair<std::string, int64_t>> server;  // with the size of the original; -1 = not recorded
    bool vertex = false;
};

std::map<int64_t, Connection> connections_in(const fs::path &file)
{
    std::map<int64_t, Connection> all;
    std::ifstream stream(file);
    for (std::string text; std::getline(stream, text);) {
        const Json entry = Json::parse(text);
        Connection &connection = all[entry.value("conn", int64_t{1})];
        const Json &message = entry.at("json");
        if (entry["dir"] == "server") {
            connection.server.emplace_back(message.dump(2) + "\n", entry.value("bytes", int64_t{-1}));
            continue;
        }
        connection.client.push_back(message.dump());
        const std::string model = message.value("/setup/model"_json_pointer, "");
        connection.vertex =
            connection.vertex || model.starts_with("projects/") || model.starts_with("publishers/");
    }
    return all;
}

// A client that says its setup, waits for the answer, says the rest, and then only listens.
void play_to_a_client(const Program &program, const Connection &connection)
{
    LiveClient client(
        program, connection.vertex ? vertex_url : gemini_url,
        {{connection.vertex ? "Authorization" : "x-goog-api-key", connection.vertex ? "Bearer t" : "key"}});
    ASSERT_TRUE(client.is_open());
    const bool has_setup =
        !connection.client.empty() && connection.client[0].find("\"setup\"") != std::string::npos;
    client.send(has_setup ? connection.client[0] : setup_text);
    std::multiset<std::string> wanted;
    for (const auto &[text, bytes] : connection.server) {
        wanted.insert(text);
        if (bytes >= 0) {
            EXPECT_EQ(static_cast<int64_t>(text.size()), bytes);
        }
    }
    const bool implied = wanted.count("{\n  \"setupComplete\": {}\n}\n") == 0 &&
                         std::none_of(wanted.begin(), wanted.end(), [](const std::string &text) {
                             return text.find("\"setupComplete\"") != std::string::npos;
                         });
    if (connection.server.empty())
        return;
    std::optional<std::string> text = client.read();
    ASSERT_TRUE(text && text->find("\"setupComplete\"") != std::string::npos);
    if (!implied)
        wanted.erase(wanted.find(*text));
    for (size_t i = has_setup ? 1 : 0; i < connection.client.size(); ++i)
        client.send(connection.client[i]);
    while (!wanted.empty()) {
        text = client.read();
        ASSERT_TRUE(text) << "closed with " << client.close_code() << " " << client.close_reason();
        EXPECT_TRUE(client.last_was_binary());
        const auto found = wanted.find(*text);
        ASSERT_NE(found, wanted.end()) << *text;
        wanted.erase(found);
    }
    client.close(true);
}

void play_all_in(const fs::path &folder)
{
    int files = 0;
    for (const auto &entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".jsonl")
            continue;
        SCOPED_TRACE(entry.path().filename().string());
        ++files;
        const Program program({"--replay", entry.path().string(), "--speed", "1000"});
        for (const auto &[number, connection] : connections_in(entry.path()))
            play_to_a_client(program, connection);
    }
    EXPECT_GT(files, 0);
}

TEST(ReplayOfService, EveryRecordingIsPlayedToASimpleClient)
{
    GEMLIVE_NEED_FOLDER(data_folder() / "recordings");
    play_all_in(data_folder() / "recordings");
}

TEST(ReplayOfEmulator, EveryRecordingIsPlayedToASimpleClient)
{
    play_all_in(fs::path(GEMLIVE_SOURCE_DIR) / "tests" / "recordings");
}

}  // namespace
}  // namespace gemlive::emulator::test
