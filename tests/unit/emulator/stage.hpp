#pragma once

// A conversation without sockets: time, voice and wire are the test's own.

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/base64.hpp"
#include "conversation.hpp"
#include "support/test_data.hpp"

namespace gemlive::emulator::test {

using gemlive::testing::data_folder;

class HandTimeline : public Timeline {
public:
    Duration now() const override { return now_; }

    void after(Duration delay, std::function<void()> action) override
    {
        due_.emplace(now_ + delay, std::move(action));
    }

    // Lets time pass, doing what falls due on the way.
    void pass(Duration time)
    {
        const Duration end = now_ + time;
        while (!due_.empty() && due_.begin()->first <= end) {
            now_ = due_.begin()->first;
            const auto action = std::move(due_.begin()->second);
            due_.erase(due_.begin());
            action();
        }
        now_ = end;
    }

private:
    Duration now_{0};
    std::multimap<Duration, std::function<void()>> due_;
};

// A tone in place of words: 50 ms for each character.
class ToneVoice : public Voice {
public:
    void speak(const std::string &text, const std::string &, std::function<void(Samples)> ready) override
    {
        ready(std::make_shared<const std::vector<int16_t>>(text.size() * 1200, int16_t{1000}));
    }
};

class TapeWire : public Wire {
public:
    void send(std::string message, bool binary) override
    {
        texts.push_back(message);
        binaries.push_back(binary);
        messages.push_back(Json::parse(message, nullptr, false));
    }
    void close(uint16_t code, const std::string &reason) override
    {
        close_code = code;
        close_reason = reason;
    }
    void reset() override { was_reset = true; }
    void stall(int64_t) override { stalled = true; }
    void stop_reading() override { deaf = true; }
    void split(size_t bytes) override { frame_bytes = bytes; }

    std::vector<std::string> texts;
    std::vector<bool> binaries;
    std::vector<Json> messages;
    std::optional<uint16_t> close_code;
    std::string close_reason;
    bool was_reset = false;
    bool stalled = false;
    bool deaf = false;
    size_t frame_bytes = 0;
};

constexpr const char *gemini_url = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
constexpr const char *vertex_url = "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent";

inline Endpoint endpoint_of(const std::string &url)
{
    return read_endpoint(url, [](std::string_view name) {
        if (name == "x-goog-api-key")
            return std::string("key");
        return std::string(name == "authorization" ? "Bearer token" : "");
    });
}

// An emulator with one connection at a time.
struct Theatre {
    explicit Theatre(Scenario given = {}) : scenario(std::move(given)) {}

    void connect(const std::string &url = gemini_url)
    {
        wire = std::make_unique<TapeWire>();
        conversation = std::make_shared<Conversation>(services, *wire, endpoint_of(url), ++connections, nullptr);
        conversation->start();
    }

    void client(const Json &message) { conversation->receive(message.dump(), false); }
    void client_text(const std::string &text) { conversation->receive(text, false); }

    void setup(const std::string &model, Json extra = Json::object())
    {
        Json message;
        message["setup"]["model"] = model;
        for (const auto &[key, value] : extra.items())
            message["setup"][key] = value;
        client(message);
        pass(1000);
    }

    void write(const std::string &text)
    {
        Json message;
        message["realtimeInput"]["text"] = text;
        client(message);
    }

    void push(const std::vector<int16_t> &samples, int rate = input_rate)
    {
        Json message;
        Json &audio = message["realtimeInput"]["audio"];
        audio["mimeType"] = "audio/pcm;rate=" + std::to_string(rate);
        audio["data"] = base64::encode({reinterpret_cast<const uint8_t *>(samples.data()), samples.size() * 2});
        client(message);
    }

    void pass(int64_t ms) { timeline.pass(std::chrono::milliseconds(ms)); }

    // Member names of each message, "serverContent" by its inner members; audio runs count once.
    std::vector<std::string> story() const
    {
        std::vector<std::string> words;
        for (const Json &message : wire->messages) {
            std::string word;
            for (const auto &[key, value] : message.items()) {
                if (key != "serverContent") {
                    word += (word.empty() ? "" : "+") + key;
                    continue;
                }
                if (value.empty())
                    word += "empty";
                for (const auto &[inner, content] : value.items()) {
                    std::string name = inner;
                    if (inner == "modelTurn") {
                        const Json &part = content["parts"][0];
                        name = part.contains("inlineData") ? "audio"
                               : part.contains("thought")  ? "thought"
                               : part.contains("text")     ? "text"
                                                           : "code";
                    }
                    word.append(word.empty() ? "" : "+").append(name);
                }
            }
            if (words.empty() || words.back() != word || word != "audio")
                words.push_back(word.empty() ? "{}" : word);
        }
        return words;
    }

    size_t count(const std::string &word) const
    {
        const auto words = story();
        return static_cast<size_t>(std::count(words.begin(), words.end(), word));
    }

    std::string output_transcript() const
    {
        std::string text;
        for (const Json &message : wire->messages)
            text += message.value("/serverContent/outputTranscription/text"_json_pointer, "");
        return text;
    }

    Json find(const std::string &member) const
    {
        for (const Json &message : wire->messages) {
            if (message.contains(member))
                return message[member];
        }
        return {};
    }

    Scenario scenario;
    HandTimeline timeline;
    ToneVoice voice;
    Ids ids{1};
    Handles handles{ids, std::chrono::hours(2)};
    Tokens tokens{ids};
    Services services{scenario, timeline, voice, ids, handles, tokens};
    std::unique_ptr<TapeWire> wire;
    std::shared_ptr<Conversation> conversation;
    int connections = 0;
};

}  // namespace gemlive::emulator::test

// Test data is not part of the project; where it is missing there is nothing to check.
#define GEMLIVE_NEED_FOLDER(folder)                                                                               \
    if (!std::filesystem::is_directory(folder))                                                                   \
    GTEST_SKIP() << "no test data in " << (folder)
