// What of the microphone reaches the server: mute, commit, clear, the gate of manual activity, and pauses.
#include <cstring>
#include <numeric>

#include <gmock/gmock.h>

#include "base/base64.hpp"
#include "controller_fixture.hpp"
#include "session/shared.hpp"
#include "support/vowel.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

constexpr size_t ms = 16;  // samples

const json manual_activity = {{"automaticActivityDetection", {{"disabled", true}}}};

class MicrophoneTest : public ControllerTest {
protected:
    MicrophoneTest()
    {
        server.on_message = [this](ScriptedLink &link, const json &message) {
            const std::string &name = link.received.back();
            if (name == "audio") {
                hear(message["realtimeInput"]["audio"]["data"]);
            }
            if (name != "audio" || said.empty() || said.back() != name) {
                said.push_back(name);
            }
            if (name == until) {
                link.send(answer("heard"));
            }
        };
    }
    ~MicrophoneTest() override { end(); }

    void hear(const std::string &base64)
    {
        std::vector<uint8_t> bytes(base64::decoded_size(base64));
        ASSERT_TRUE(base64::decode(base64, bytes.data()));
        const size_t before = heard.size();
        heard.resize(before + bytes.size() / 2);
        std::memcpy(heard.data() + before, bytes.data(), bytes.size());
    }
    // Samples with the numbers of their places.
    static std::vector<int16_t> numbers(int from, int to)
    {
        std::vector<int16_t> samples(static_cast<size_t>(to - from));
        std::iota(samples.begin(), samples.end(), static_cast<int16_t>(from));
        return samples;
    }
    void speak(int from_ms, int to_ms)
    {
        const auto samples = numbers(from_ms * static_cast<int>(ms), to_ms * static_cast<int>(ms));
        size_t accepted = 0;
        ASSERT_FALSE(session->write_audio({samples.data(), samples.size()}, patience_ms, accepted));
        ASSERT_EQ(accepted, samples.size());
    }
    static std::vector<int16_t> joined(std::vector<int16_t> one, const std::vector<int16_t> &other)
    {
        one.insert(one.end(), other.begin(), other.end());
        return one;
    }

    std::string until;              // the message that is answered, so that a test can wait for it
    std::vector<int16_t> heard;     // by all connections
    std::vector<std::string> said;  // the kinds of messages, audio in a row once
};

// A1
TEST_F(MicrophoneTest, ActivityBringsWhatWasHeldBackBeforeItsStart)
{
    until = "activityEnd";
    open({{"realtime_input_config", manual_activity}});
    await("connected");
    speak(0, 1000);
    ASSERT_FALSE(session->start_user_activity());
    speak(1000, 1120);
    ASSERT_FALSE(session->end_user_activity());
    speak(1120, 1400);
    await("text");
    on_io_thread([this] {
        EXPECT_THAT(said, ElementsAre("activityStart", "audio", "activityEnd"));
        EXPECT_EQ(heard, numbers(700 * ms, 1120 * ms));
    });
}

// A1
TEST_F(MicrophoneTest, NothingIsHeldBackWithTheGateOff)
{
    until = "activityEnd";
    open({{"realtime_input_config", manual_activity}, {"activity_gate", "off"}});
    await("connected");
    speak(0, 400);
    ASSERT_FALSE(session->start_user_activity());
    speak(400, 450);
    ASSERT_FALSE(session->end_user_activity());
    await("text");
    on_io_thread([this] {
        EXPECT_THAT(said, ElementsAre("audio", "activityStart", "audio", "activityEnd"));
        EXPECT_EQ(heard, numbers(0, 450 * ms));
    });
}

// A1
TEST_F(MicrophoneTest, EachActivityHasAPreRollOfItsOwn)
{
    until = "activityEnd";
    open({{"realtime_input_config", manual_activity}, {"preroll_ms", 100}});
    await("connected");
    ASSERT_FALSE(session->start_user_activity());
    speak(0, 60);
    ASSERT_FALSE(session->end_user_activity());
    await("text");
    speak(60, 400);
    ASSERT_FALSE(session->start_user_activity());
    speak(400, 500);
    ASSERT_FALSE(session->commit_audio());  // ends the activity
    await("text");
    on_io_thread([this] { EXPECT_EQ(heard, joined(numbers(0, 60 * ms), numbers(300 * ms, 500 * ms))); });
}

// A1
TEST_F(MicrophoneTest, ActivityOfAnOutageBringsItsPreRollToTheNextServer)
{
    until = "activityEnd";
    server.dial = [](int number) {
        net::DialResult result;
        if (number == 1) {
            result.error = Error(Status::network, "not now");
        }
        return result;
    };
    open({{"realtime_input_config", manual_activity}});
    speak(0, 500);
    ASSERT_FALSE(session->start_user_activity());
    speak(500, 600);
    ASSERT_FALSE(session->end_user_activity());
    await("text");
    on_io_thread([this] {
        EXPECT_THAT(said, ElementsAre("activityStart", "audio", "activityEnd"));
        EXPECT_EQ(heard, numbers(200 * ms, 600 * ms));
    });
}

// A2, A3
TEST_F(MicrophoneTest, MutedSamplesAreNeitherSentNorKeptAndTheServerIsToldOfThePause)
{
    until = "audioStreamEnd";
    open({{"stream_pause_ms", 50}});
    await("connected");
    speak(0, 130);
    ASSERT_EQ(session->mute(true), Status::ok);
    speak(130, 500);
    await("text");
    ASSERT_FALSE(update({{"stream_pause_ms", 60'000}}));  // from here on the test says when
    ASSERT_EQ(session->mute(false), Status::ok);
    speak(500, 620);
    ASSERT_FALSE(session->audio_stream_end());
    await("text");
    on_io_thread([this] {
        EXPECT_THAT(said, ElementsAre("audio", "audioStreamEnd", "audio", "audioStreamEnd"));
        EXPECT_EQ(heard, joined(numbers(0, 130 * ms), numbers(500 * ms, 620 * ms)));
    });
}

// A3
TEST_F(MicrophoneTest, PushesWhileItIsMutedAreTakenWhole)
{
    open();
    await("connected");
    session->mute(true);
    const std::vector<int16_t> samples(10 * 16'000);  // far more than the ring holds
    size_t accepted = 0;
    EXPECT_EQ(session->push_audio({samples.data(), samples.size()}, accepted), Status::ok);
    EXPECT_EQ(accepted, samples.size());
}

TEST_F(MicrophoneTest, CommitEndsTheStreamOnceForWhatWasPushed)
{
    until = "audioStreamEnd";
    open();
    await("connected");
    ASSERT_FALSE(session->commit_audio());  // of nothing
    speak(0, 70);
    ASSERT_FALSE(session->commit_audio());
    ASSERT_FALSE(session->commit_audio());
    await("text");
    speak(70, 90);
    ASSERT_FALSE(session->commit_audio());
    await("text");
    ASSERT_FALSE(session->close(false, std::nullopt));
    await("closed");
    EXPECT_THAT(said, ElementsAre("audio", "audioStreamEnd", "audio", "audioStreamEnd"));
    EXPECT_EQ(heard, numbers(0, 90 * ms));
}

// At rates that need a filter, which holds the newest samples until more come.
TEST_F(MicrophoneTest, NoSampleStaysBehindInTheFilter)
{
    until = "audioStreamEnd";
    open();
    await("connected");
    const auto speak_in = [this](const media::AudioFormat &format, size_t frames) {
        ASSERT_FALSE(session->set_input_format(format));
        const std::vector<int16_t> samples(frames * static_cast<size_t>(format.channels), 1'000);
        size_t accepted = 0;
        ASSERT_FALSE(session->write_audio({samples.data(), frames}, patience_ms, accepted));
    };
    speak_in({44'100, 2}, 4'411);
    ASSERT_FALSE(session->commit_audio());
    await("text");
    on_io_thread([this] { EXPECT_EQ(heard.size(), 1'600U); });
    speak_in({48'000, 1}, 4'803);
    ASSERT_EQ(session->mute(true), Status::ok);
    ASSERT_FALSE(session->audio_stream_end());
    await("text");
    on_io_thread([this] { EXPECT_EQ(heard.size(), 1'600U + 1'601); });
    ASSERT_EQ(session->mute(false), Status::ok);
    speak_in({8'000, 3}, 333);
    speak_in({96'000, 1}, 606);  // whose change empties the filter of the one before
    ASSERT_FALSE(session->close(false, std::nullopt));
    await("closed");
    EXPECT_EQ(heard.size(), 1'600U + 1'601 + 666 + 101);
}

TEST_F(MicrophoneTest, NoSampleOfAnActivityStaysBehindInTheFilter)
{
    until = "activityEnd";
    open({{"realtime_input_config", manual_activity}, {"preroll_ms", 0}});
    await("connected");
    ASSERT_FALSE(session->set_input_format({48'000, 1}));
    ASSERT_FALSE(session->start_user_activity());
    const std::vector<int16_t> samples(4'803, 1'000);
    size_t accepted = 0;
    ASSERT_FALSE(session->write_audio({samples.data(), samples.size()}, patience_ms, accepted));
    ASSERT_FALSE(session->end_user_activity());
    await("text");
    on_io_thread([this] { EXPECT_EQ(heard.size(), 1'601U); });
}

TEST_F(MicrophoneTest, ClearTakesBackWhatIsNotSentAndCountsIt)
{
    std::promise<void> go;
    server.on_setup = [&](ScriptedLink &) { go.get_future().wait(); };
    open();
    speak(0, 120);
    ASSERT_FALSE(session->clear_audio());
    speak(120, 200);
    ASSERT_FALSE(session->commit_audio());
    go.set_value();
    const json dropped = await("dropped");
    EXPECT_EQ(dropped["what"], "input_audio");
    EXPECT_EQ(dropped["amount"], 120 * ms);
    ASSERT_FALSE(session->close(false, std::nullopt));
    await("closed");
    EXPECT_EQ(heard, numbers(120 * ms, 200 * ms));
    end();
}

TEST_F(MicrophoneTest, ClearDropsThePreRollAndLeavesTheActivityOpen)
{
    until = "activityEnd";
    open({{"realtime_input_config", manual_activity}});
    await("connected");
    speak(0, 200);
    ASSERT_FALSE(session->clear_audio());
    ASSERT_FALSE(session->start_user_activity());
    ASSERT_FALSE(session->clear_audio());
    speak(200, 250);
    ASSERT_FALSE(session->end_user_activity());
    await("text");
    on_io_thread([this] {
        EXPECT_THAT(said, ElementsAre("activityStart", "audio", "activityEnd"));
        EXPECT_EQ(heard, numbers(200 * ms, 250 * ms));
    });
}

// A4
TEST_F(MicrophoneTest, AudioOfAnOutageCanBeDiscarded)
{
    std::vector<std::string> second;
    server.on_message = [&](ScriptedLink &link, const json &message) {
        if (link.number == 1) {
            server.answers_setup = false;
            link.lose("cut");
            return;
        }
        if (link.received.back() == "audio") {
            hear(message["realtimeInput"]["audio"]["data"]);
        } else if (link.received.back() == "audioStreamEnd") {
            link.send(answer("heard"));
        }
    };
    open({{"outage_audio", "discard"}, {"connect_timeout_ms", 200}, {"replay_ms", 0}});
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    await("disconnected");
    const auto lost = numbers(0, 100 * ms);
    size_t accepted = 0;
    ASSERT_EQ(session->push_audio({lost.data(), lost.size()}, accepted), Status::ok);
    EXPECT_EQ(await("dropped")["amount"], 100 * ms);
    on_io_thread([this] { server.answers_setup = true; });
    await("connected");
    const auto kept = numbers(100 * ms, 200 * ms);
    ASSERT_EQ(session->push_audio({kept.data(), kept.size()}, accepted), Status::ok);
    ASSERT_FALSE(session->commit_audio());
    await("text");
    on_io_thread([&] { EXPECT_EQ(heard, kept); });
    end();
}

// A4
TEST_F(MicrophoneTest, DiscardedAudioIsNotSentAgainFromTheReplayWindowEither)
{
    std::vector<std::string> second;
    server.on_message = [&](ScriptedLink &link, const json &) {
        if (link.number == 1 && link.received.back() == "audio") {
            link.lose("cut");
        } else if (link.number > 1) {
            second = link.received;
            if (second.back() == "audioStreamEnd") {
                link.send(answer("heard"));
            }
        }
    };
    open({{"outage_audio", "discard"}});
    await("connected");
    const auto before = numbers(0, 50 * ms);
    size_t accepted = 0;
    ASSERT_EQ(session->push_audio({before.data(), before.size()}, accepted), Status::ok);
    EXPECT_EQ(await("connected")["resent"]["audio"], json::array()) << "the first one";
    ASSERT_FALSE(session->audio_stream_end());
    await("text");
    on_io_thread([&] { EXPECT_THAT(second, ElementsAre("audioStreamEnd")); });
    end();
}

// A7
TEST_F(MicrophoneTest, ActivityThatIsOpenWhenTheServerBeginsToFindSpeechEndsWithoutAMark)
{
    std::vector<std::string> second;
    ScriptedLink *first = nullptr;
    server.on_setup = [&](ScriptedLink &link) { first = first == nullptr ? &link : first; };
    server.on_message = [&](ScriptedLink &link, const json &) {
        if (link.number == 1) {
            return;
        }
        second = link.received;
        if (second.back() == "clientContent") {
            link.send(answer("heard"));
        }
    };
    open({{"model", "gemini-2.5-flash-native-audio-preview-12-2025"}, {"realtime_input_config", manual_activity}});
    await("connected");
    ASSERT_FALSE(session->start_user_activity());
    speak(0, 100);
    await("speech_started");
    ASSERT_FALSE(update({{"realtime_input_config", nullptr}}));
    on_io_thread([&] {
        first->lose("cut");  // before the end of the activity, for which the update waits
    });
    EXPECT_EQ(await("speech_stopped")["source"], "manual");
    await("connected");
    EXPECT_EQ(session->end_user_activity().status, Status::invalid_state);
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("text");
    on_io_thread([&] {
        EXPECT_THAT(second, Not(Contains("activityStart")));
        EXPECT_THAT(second, Not(Contains("activityEnd")));
        EXPECT_THAT(second, Contains("audio"));
    });
    // Nor is it still open when the marks are the application's again.
    ASSERT_FALSE(update({{"realtime_input_config", manual_activity}}));
    await("connected");
    ASSERT_FALSE(session->start_user_activity());
    await("speech_started");
    end();
}

// A7
TEST_F(MicrophoneTest, MarkThatWasGivenBeforeTheServerFindsSpeechIsLeftOut)
{
    std::promise<void> dialling;
    std::promise<void> go_on;
    std::vector<std::string> heard_by_it;
    server.dial = [&](int) {
        dialling.set_value();
        go_on.get_future().wait();
        return net::DialResult();
    };
    server.on_message = [&](ScriptedLink &link, const json &) {
        heard_by_it = link.received;
        if (heard_by_it.back() == "text" || heard_by_it.back() == "clientContent") {
            link.send(answer("heard"));
        }
    };
    open({{"realtime_input_config", manual_activity}});
    dialling.get_future().wait();
    ASSERT_FALSE(session->start_user_activity());
    speak(0, 100);
    uint64_t request = 0;
    ASSERT_FALSE(update({{"realtime_input_config", nullptr}}));
    ASSERT_FALSE(session->send_text({"Hello", true}, request));  // ends the activity
    go_on.set_value();
    await("text");
    on_io_thread([&] {
        EXPECT_THAT(heard_by_it, Not(Contains("activityStart")));
        EXPECT_THAT(heard_by_it, Not(Contains("activityEnd")));
    });
    end();
}

class VoiceTest : public MicrophoneTest {
protected:
    void SetUp() override
    {
        if (!media::VoiceDetector::is_available()) {
            GTEST_SKIP() << "built without a voice detector";
        }
    }
    ~VoiceTest() override { end(); }

    // A second of silence, one of a voice, one of silence, pushed in blocks.
    void say_something(size_t block_ms)
    {
        std::vector<int16_t> all(1000 * ms);
        const std::vector<int16_t> voice = testing::vowel(1000);
        all.insert(all.end(), voice.begin(), voice.end());
        all.insert(all.end(), 1000 * ms, 0);
        for (size_t at = 0; at < all.size(); at += block_ms * ms) {
            size_t accepted = 0;
            const size_t size = std::min(block_ms * ms, all.size() - at);
            ASSERT_FALSE(session->write_audio({all.data() + at, size}, patience_ms, accepted));
        }
        spoken.insert(spoken.end(), all.begin(), all.end());
    }

    std::vector<int16_t> spoken;
};

// A8
TEST_F(VoiceTest, BeginsAndEndsActivitiesWhereThatIsAskedFor)
{
    std::vector<std::vector<int16_t>> of_blocks;
    for (const size_t block_ms : {20, 3000}) {
        said.clear();
        heard.clear();
        spoken.clear();
        until = "activityEnd";
        open({{"realtime_input_config", manual_activity}, {"automatic_activity", "on"}});
        await("connected");
        say_something(block_ms);
        const json started = await("speech_started");
        EXPECT_EQ(started["source"], "local");
        EXPECT_NEAR(started["offset_ms"].get<int>(), 1000, 120);
        const json stopped = await("speech_stopped");
        EXPECT_EQ(stopped["source"], "local");
        EXPECT_NEAR(stopped["offset_ms"].get<int>(), 2000, 120);
        await("turn_finished");
        const auto first = static_cast<std::ptrdiff_t>((started["offset_ms"].get<size_t>() - 300) * ms);
        const auto behind = static_cast<std::ptrdiff_t>((stopped["offset_ms"].get<size_t>() + 600) * ms);
        on_io_thread([&] {
            EXPECT_THAT(said, ElementsAre("activityStart", "audio", "activityEnd"));
            EXPECT_EQ(heard, std::vector<int16_t>(spoken.begin() + first, spoken.begin() + behind));
        });
        of_blocks.push_back(heard);
        end();
    }
    EXPECT_EQ(of_blocks[0], of_blocks[1]) << "however it is pushed";
}

// A8
TEST_F(VoiceTest, LeavesAnActivityThatTheApplicationBeganToIt)
{
    until = "activityEnd";
    open({{"realtime_input_config", manual_activity}, {"automatic_activity", "on"}});
    await("connected");
    ASSERT_FALSE(session->start_user_activity());
    EXPECT_EQ(await("speech_started")["source"], "manual");
    say_something(100);
    ASSERT_FALSE(session->end_user_activity());
    EXPECT_EQ(await("speech_stopped")["source"], "manual");
    await("turn_finished");
    on_io_thread([&] {
        EXPECT_THAT(said, ElementsAre("activityStart", "audio", "activityEnd"));
        EXPECT_EQ(heard, spoken);
    });
}

// A8
TEST_F(VoiceTest, ActivityThatTheApplicationEndsIsNotEndedTwice)
{
    until = "clientContent";
    open({{"realtime_input_config", manual_activity}, {"automatic_activity", "on"}});
    await("connected");
    std::vector<int16_t> voice = testing::vowel(1000);
    size_t accepted = 0;
    ASSERT_FALSE(session->write_audio({voice.data(), voice.size()}, patience_ms, accepted));
    EXPECT_EQ(await("speech_started")["source"], "local");
    ASSERT_FALSE(session->end_user_activity());
    EXPECT_EQ(await("speech_stopped")["source"], "manual");
    const std::vector<int16_t> silence(1000 * ms);
    ASSERT_FALSE(session->write_audio({silence.data(), silence.size()}, patience_ms, accepted));
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    on_io_thread([&] { EXPECT_THAT(said, ElementsAre("activityStart", "audio", "activityEnd", "clientContent")); });
}

TEST_F(VoiceTest, WithoutADetectorNobodyBeginsActivities)
{
    settings::Options options;
    ASSERT_FALSE(options.set_all(R"({"api_key": "key", "automatic_activity": "on", "voice_detection": "off"})"));
    EXPECT_EQ(Model::create(options, model).status, Status::invalid_argument);
}

}  // namespace
}  // namespace gemlive::session
