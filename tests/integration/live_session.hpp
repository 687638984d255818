// A session of the C API against a scripted server, over real TLS.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <gemlive/gemlive.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "support/scripted_server.hpp"

namespace gemlive::test {

using nlohmann::json;

// The server's side of one connection that has come through its setup.
class LiveConnection {
public:
    LiveConnection(ServerConnection &raw, int number, json setup)
        : raw(raw), number(number), setup(std::move(setup))
    {
    }

    void send(const json &message) { raw.send_binary(message.dump(2) + "\n"); }
    void send_text_part(const std::string &text)
    {
        send({{"serverContent", {{"modelTurn", {{"parts", {{{"text", text}}}}}}}}});
    }
    void send_audio(const std::vector<int16_t> &samples)
    {
        const auto *const bytes = reinterpret_cast<const uint8_t *>(samples.data());
        const std::string data = base64::encode({bytes, samples.size() * 2});
        send({{"serverContent",
               {{"modelTurn", {{"parts", {{{"inlineData", {{"mimeType", "audio/pcm;rate=24000"}, {"data", data}}}}}}}}}}});
    }
    void send_flag(const char *flag) { send({{"serverContent", {{flag, true}}}}); }

    // The next message that has this member in its first or second level, samples of others put to `heard`.
    // Null when the client closed.
    json receive(const std::string &member)
    {
        while (const auto message = raw.receive()) {
            json parsed = json::parse(message->data);
            if (parsed.contains("realtimeInput") && parsed["realtimeInput"].contains("audio")) {
                hear(parsed["realtimeInput"]["audio"]["data"].get<std::string>());
            }
            if (parsed.contains(member) || (parsed.is_object() && parsed.begin()->is_object() &&
                                            parsed.begin()->contains(member))) {
                return parsed;
            }
        }
        return nullptr;
    }
    // Until the client closes.
    void receive_all() { receive("nothing has this name"); }

    ServerConnection &raw;
    const int number;
    const json setup;
    std::vector<int16_t> heard;
    std::vector<size_t> packets;  // their samples

private:
    void hear(const std::string &text)
    {
        std::vector<uint8_t> bytes(base64::max_decoded_size(text.size()));
        bytes.resize(base64::decode(text, bytes.data()).value());
        const auto *const samples = reinterpret_cast<const int16_t *>(bytes.data());
        heard.insert(heard.end(), samples, samples + bytes.size() / 2);
        packets.push_back(bytes.size() / 2);
    }
};

class LiveSession : public ::testing::Test {
protected:
    using Script = std::function<void(LiveConnection &)>;

    void serve(Script script)
    {
        certificates_ = Certificates::make();
        server_ = std::make_unique<ScriptedServer>(certificates_, [this, script](ServerConnection &raw) {
            const auto setup = raw.receive();
            if (!setup) {
                return;
            }
            int number;
            {
                std::lock_guard lock(mutex_);
                number = ++connections_;
            }
            LiveConnection connection(raw, number, json::parse(setup->data)["setup"]);
            connection.send({{"setupComplete", json::object()}});
            script(connection);
            std::lock_guard lock(mutex_);
            heard_.insert(heard_.end(), connection.heard.begin(), connection.heard.end());
        });
    }

    json basic_options()
    {
        return {{"base_url", "wss://127.0.0.1:" + std::to_string(server_->port())},
                {"ca_pem", certificates_.ca_pem},
                {"api_key", "a-secret-test-key"},
                {"retry_interval_ms", 20},
                {"output_audio_transcription", nullptr}};
    }

    void open(const json &more = json::object())
    {
        make_model(more);
        ASSERT_EQ(gemlive_session_create(model_, nullptr, &session_), GEMLIVE_OK) << gemlive_last_error_message();
    }

    void make_model(const json &more = json::object())
    {
        json options = basic_options();
        options.update(more);
        ASSERT_EQ(gemlive_options_create(&options_), GEMLIVE_OK);
        ASSERT_EQ(gemlive_options_from_json(options_, options.dump().c_str()), GEMLIVE_OK)
            << gemlive_last_error_message();
        ASSERT_EQ(gemlive_model_create(options_, &model_), GEMLIVE_OK) << gemlive_last_error_message();
    }

    // Takes events until one has this type; an empty object when the session ends or 20 s pass before.
    json await(const std::string &type)
    {
        gemlive_event *event = nullptr;
        while (gemlive_session_poll_event(session_, 20'000, &event) == GEMLIVE_OK) {
            json parsed = json::parse(gemlive_event_json(event, nullptr));
            events_.push_back(parsed);
            gemlive_event_release(event);
            if (parsed["event"] == type) {
                return parsed;
            }
        }
        return json::object();
    }

    std::vector<std::string> event_names() const
    {
        std::vector<std::string> names;
        for (const json &event : events_) {
            names.push_back(event["event"]);
        }
        return names;
    }

    void TearDown() override
    {
        gemlive_session_destroy(session_);
        gemlive_model_destroy(model_);
        gemlive_options_destroy(options_);
        for (int32_t kind = GEMLIVE_OBJECT_OPTIONS; kind <= GEMLIVE_OBJECT_EVENT; ++kind) {
            EXPECT_EQ(gemlive_live_object_count(kind), 0) << "of kind " << kind;
        }
        EXPECT_EQ(gemlive_shutdown(20'000), GEMLIVE_OK);
        server_.reset();
    }

    std::vector<int16_t> heard()
    {
        std::lock_guard lock(mutex_);
        return heard_;
    }

    Certificates certificates_;
    std::unique_ptr<ScriptedServer> server_;
    std::mutex mutex_;
    int connections_ = 0;
    std::vector<int16_t> heard_;
    gemlive_options *options_ = nullptr;
    gemlive_model *model_ = nullptr;
    gemlive_session *session_ = nullptr;
    std::vector<json> events_;
};

// Recognisable samples: sample n is n.
inline std::vector<int16_t> ramp(size_t count, size_t from = 0)
{
    std::vector<int16_t> samples(count);
    for (size_t i = 0; i < count; ++i) {
        samples[i] = static_cast<int16_t>((from + i) & 0x7FFF);
    }
    return samples;
}

}  // namespace gemlive::test
