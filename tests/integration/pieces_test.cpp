// A recorded conversation arrives cut into TCP pieces and WebSocket fragments of every size; nothing may change.
#include <filesystem>
#include <fstream>
#include <utility>

#include "live_session.hpp"

namespace gemlive::test {
namespace {

// A server's WebSocket frame: never masked.
std::string frame(uint8_t opcode, bool final, std::string_view payload)
{
    std::string bytes(1, static_cast<char>((final ? 0x80 : 0) | opcode));
    if (payload.size() < 126) {
        bytes += static_cast<char>(payload.size());
    } else {
        const bool large = payload.size() > 0xFFFF;
        bytes += static_cast<char>(large ? 127 : 126);
        for (int shift = large ? 56 : 8; shift >= 0; shift -= 8) {
            bytes += static_cast<char>(payload.size() >> shift & 0xFF);
        }
    }
    return bytes.append(payload);
}

std::string fragmented(const std::string &message, size_t size)
{
    std::string bytes;
    for (size_t at = 0; at < message.size(); at += size) {
        bytes += frame(at == 0 ? 2 : 0, at + size >= message.size(), std::string_view(message).substr(at, size));
    }
    return bytes;
}

std::string dump_reversed(const json &value)
{
    if (value.is_array()) {
        std::string text = "[";
        for (const json &item : value) {
            text += (text.size() > 1 ? "," : "") + dump_reversed(item);
        }
        return text + "]";
    }
    if (!value.is_object()) {
        return value.dump();
    }
    std::string text;
    for (const auto &[key, item] : value.items()) {
        text = json(key).dump() + ":" + dump_reversed(item) + (text.empty() ? "" : "," + text);
    }
    return "{" + text + "}";
}

class Pieces : public LiveSession {
protected:
    // All events of a session whose server says `messages`, without what differs from run to run.
    std::vector<std::string> events_of(const std::vector<std::string> &messages, size_t piece, size_t fragment)
    {
        serve([&](LiveConnection &server) {
            std::string bytes;
            for (const std::string &message : messages) {
                bytes += fragmented(message, fragment);
            }
            for (size_t at = 0; at < bytes.size(); at += piece) {
                server.raw.send_raw(std::string_view(bytes).substr(at, piece));
            }
            server.raw.send_close(1000, "that was all");
            server.receive_all();
        });
        open({{"max_retries", 0}, {"stall_timeout_ms", 0}});
        await("disconnected");
        std::vector<std::string> lines;
        for (json event : std::exchange(events_, {})) {
            for (const char *name : {"time_ms", "steps_ms", "first_byte_ms", "first_audio_ms", "generation_ms", "turn_ms",
                                     "tokens_per_second", "retry_in_ms", "age_ms"}) {
                event.erase(name);
            }
            lines.push_back(event.dump());
        }
        gemlive_session_destroy(std::exchange(session_, nullptr));
        gemlive_model_destroy(std::exchange(model_, nullptr));
        gemlive_options_destroy(std::exchange(options_, nullptr));
        server_.reset();
        return lines;
    }
};

TEST_F(Pieces, NothingDependsOnHowTheBytesWereCut)
{
    const std::filesystem::path file = GEMLIVE_SOURCE_DIR "/tests/recordings/tool-turn.jsonl";
    std::ifstream in(file);
    ASSERT_TRUE(in) << file;
    std::vector<std::string> messages;
    std::vector<std::string> turned;
    for (std::string line; std::getline(in, line);) {
        const json entry = json::parse(line);
        if (entry["dir"] == "server" && !entry["json"].contains("setupComplete")) {
            messages.push_back(entry["json"].dump(2) + "\n");
            turned.push_back(dump_reversed(entry["json"]));
        }
    }
    ASSERT_GT(messages.size(), 5u);
    const size_t whole = size_t{1} << 20;
    const std::vector<std::string> expected = events_of(messages, whole, whole);
    ASSERT_GT(expected.size(), 10u);
    EXPECT_EQ(events_of(messages, 1'460, whole), expected);
    EXPECT_EQ(events_of(messages, 7, whole), expected);
    EXPECT_EQ(events_of(messages, 1'460, 1'000), expected) << "fragmented frames";
    EXPECT_EQ(events_of(messages, 7, 3), expected) << "fragments of three bytes";
    EXPECT_EQ(events_of(turned, whole, whole), expected) << "keys reversed";
    messages.resize(4);  // one record of TLS for each byte
    const std::vector<std::string> few = events_of(messages, whole, whole);
    EXPECT_EQ(events_of(messages, 1, whole), few);
    EXPECT_EQ(events_of(messages, 1, 1), few);
}

}  // namespace
}  // namespace gemlive::test
