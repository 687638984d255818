#pragma once

#include <map>

#include "base/base64.hpp"
#include "controller_fixture.hpp"

namespace gemlive::session {

constexpr size_t packet = 800;

// What each connection hears of a user whose samples say where they stand.
class SpokenSession : public ControllerTest {
protected:
    SpokenSession()
    {
        server.on_message = [this](ScriptedLink &link, const nlohmann::json &message) {
            hear(link.number, message);
            if (on_heard) {
                on_heard(link);
            }
        };
    }
    ~SpokenSession() override { end(); }  // while the server's script still has what it names

    void hear(int connection, const nlohmann::json &message)
    {
        const nlohmann::json *const audio = message.contains("realtimeInput") && message["realtimeInput"].contains("audio")
                                      ? &message["realtimeInput"]["audio"]["data"]
                                      : nullptr;
        if (audio != nullptr) {
            const auto &text = audio->get_ref<const std::string &>();
            std::vector<int16_t> samples(base64::decoded_size(text) / 2);
            ASSERT_TRUE(base64::decode(text, reinterpret_cast<uint8_t *>(samples.data())));
            auto &all = heard[connection];
            all.insert(all.end(), samples.begin(), samples.end());
        }
    }
    // Each sample says where it stands.
    void speak(size_t samples)
    {
        std::vector<int16_t> ramp(samples);
        for (int16_t &sample : ramp) {
            sample = static_cast<int16_t>(spoken++);
        }
        size_t accepted = 0;
        ASSERT_FALSE(session->write_audio({ramp.data(), ramp.size()}, patience_ms, accepted));
        ASSERT_EQ(accepted, samples);
    }
    void await_heard(int connection, size_t samples)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
        size_t got = 0;
        while (got < samples && std::chrono::steady_clock::now() < deadline) {
            on_io_thread([&] { got = heard[connection].size(); });
        }
        ASSERT_EQ(got, samples);
    }
    void expect_ramp(int connection, size_t from, size_t to)
    {
        on_io_thread([&] {
            ASSERT_EQ(heard[connection].size(), to - from);
            for (size_t i = from; i < to; ++i) {
                ASSERT_EQ(heard[connection][i - from], static_cast<int16_t>(i));
            }
        });
    }

    std::map<int, std::vector<int16_t>> heard;
    std::function<void(ScriptedLink &link)> on_heard;
    size_t spoken = 0;
};

}  // namespace gemlive::session
