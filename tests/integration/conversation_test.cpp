#include <gmock/gmock.h>

#include "live_session.hpp"

namespace gemlive::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(LiveSession, TextWaitsForTheSetupAndIsAnswered)
{
    serve([](LiveConnection &server) {
        const json text = server.receive("clientContent");
        EXPECT_EQ(text["clientContent"]["turnComplete"], true);
        server.send_text_part(text["clientContent"]["turns"][0]["parts"][0]["text"]);
        server.send_flag("turnComplete");
        server.receive_all();
    });
    open();
    uint64_t request = 0;
    ASSERT_EQ(gemlive_session_send_text(session_, "Grüße \xF0\x9F\x98\x80", &request), GEMLIVE_OK);
    EXPECT_EQ(request, 1u);
    const json started = await("turn_started");
    EXPECT_EQ(started["trigger"], "request");
    EXPECT_EQ(started["request"], "request-1");
    EXPECT_EQ(await("text")["text"], "Grüße \xF0\x9F\x98\x80");
    EXPECT_EQ(await("turn_finished")["reason"], "completed");
    gemlive_session_close(session_);
    EXPECT_EQ(await("closed")["reason"], "requested");
}

TEST_F(LiveSession, NulInATextGoesThereAndBack)
{
    using namespace std::string_literals;
    serve([](LiveConnection &server) {
        EXPECT_EQ(server.setup["systemInstruction"]["parts"][0]["text"], "be\0brief"s);
        const json text = server.receive("clientContent");
        server.send_text_part(text["clientContent"]["turns"][0]["parts"][0]["text"]);
        server.send_flag("turnComplete");
        server.receive_all();
    });
    open({{"instructions", "be\0brief"s}});
    ASSERT_EQ(gemlive_session_send_text_n(session_, "a\0b", 3, nullptr), GEMLIVE_OK);
    EXPECT_EQ(await("text")["text"], "a\0b"s);
    EXPECT_EQ(await("turn_finished")["transcript"], "a\0b"s);
    gemlive_session_close(session_);
    await("closed");
}

TEST_F(LiveSession, PushedSamplesArriveBitForBitInPacketsOfFiftyMilliseconds)
{
    std::vector<size_t> packets;
    serve([&](LiveConnection &server) {
        server.receive_all();
        packets = server.packets;
    });
    open();
    const std::vector<int16_t> samples = ramp(16'123);
    size_t accepted = 0;
    ASSERT_EQ(gemlive_session_write_audio_s16(session_, samples.data(), samples.size(), 20'000, &accepted), GEMLIVE_OK);
    EXPECT_EQ(accepted, samples.size());
    gemlive_session_close(session_);
    EXPECT_EQ(await("closed")["code"], "GEMLIVE_OK");
    gemlive_session_destroy(session_);
    server_.reset();  // joins the script
    EXPECT_EQ(heard(), samples) << "the rest under 50 ms too";
    ASSERT_FALSE(packets.empty());
    EXPECT_EQ(packets.front(), 800u);
}

TEST_F(LiveSession, StereoAt48kHzArrivesAsMonoOfTheSameLength)
{
    serve([](LiveConnection &server) { server.receive_all(); });
    open();
    ASSERT_EQ(gemlive_session_set_input_format(session_, 48'000, 2), GEMLIVE_OK);
    const std::vector<float> second(48'000 * 2, 0.25F);
    ASSERT_EQ(gemlive_session_write_audio_f32(session_, second.data(), 48'000, 20'000, nullptr), GEMLIVE_OK);
    gemlive_session_close(session_);
    await("closed");
    gemlive_session_destroy(session_);
    server_.reset();
    const std::vector<int16_t> samples = heard();
    ASSERT_EQ(samples.size(), 16'000u);
    EXPECT_NEAR(samples[8'000], 8192, 4);
}

TEST_F(LiveSession, PartialPacketIsSentWhenTheMicrophonePauses)
{
    serve([](LiveConnection &server) {
        const json audio = server.receive("audio");
        EXPECT_EQ(server.heard, ramp(300));
        server.send_flag("interrupted");
        server.send_text_part("heard");
        server.receive_all();
    });
    open({{"partial_packet_ms", 30}});
    const std::vector<int16_t> samples = ramp(300);
    ASSERT_EQ(gemlive_session_push_audio_s16(session_, samples.data(), samples.size(), nullptr), GEMLIVE_OK);
    EXPECT_EQ(await("text")["text"], "heard");
}

TEST_F(LiveSession, CommandIsAppliedAtItsSample)
{
    serve([](LiveConnection &server) {
        server.receive("activityStart");
        EXPECT_EQ(server.heard.size(), 0u);
        server.receive("activityEnd");
        EXPECT_EQ(server.heard, ramp(1'234));
        server.send_text_part("done");
        server.receive_all();
        EXPECT_EQ(server.heard.size(), 1'234u) << "what was pushed outside of the activity";
    });
    open({{"realtime_input_config", {{"automaticActivityDetection", {{"disabled", true}}}}}});
    ASSERT_EQ(gemlive_session_start_user_activity(session_), GEMLIVE_OK);
    const std::vector<int16_t> samples = ramp(1'234);
    ASSERT_EQ(gemlive_session_push_audio_s16(session_, samples.data(), samples.size(), nullptr), GEMLIVE_OK);
    ASSERT_EQ(gemlive_session_end_user_activity(session_), GEMLIVE_OK);
    ASSERT_EQ(gemlive_session_push_audio_s16(session_, samples.data(), 500, nullptr), GEMLIVE_OK);
    await("text");
    gemlive_session_close(session_);
    EXPECT_EQ(await("closed")["reason"], "requested");
}

TEST_F(LiveSession, ToolCallIsAnsweredOnceAndWithItsId)
{
    serve([](LiveConnection &server) {
        server.receive("clientContent");
        server.send({{"toolCall", {{"functionCalls", {{{"id", "fc_1"}, {"name", "price"}, {"args", {{"item", "sword"}}}}}}}}});
        const json answer = server.receive("toolResponse")["toolResponse"]["functionResponses"][0];
        EXPECT_EQ(answer, json({{"id", "fc_1"}, {"name", "price"}, {"response", {{"output", 12}}}}));
        server.send_text_part("12 coins");
        server.send_flag("turnComplete");
        server.receive_all();
    });
    open();
    gemlive_session_send_text(session_, "How much?", nullptr);
    EXPECT_EQ(await("tool_call")["arguments"], json({{"item", "sword"}}));
    EXPECT_EQ(gemlive_session_tool_response(session_, "fc_2", "12"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_session_tool_response(session_, "fc_1", "{broken"), GEMLIVE_ERROR_INVALID_ARGUMENT);
    EXPECT_EQ(gemlive_session_tool_response(session_, "fc_1", "12"), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_tool_response(session_, "fc_1", "12"), GEMLIVE_ERROR_INVALID_STATE);
    EXPECT_EQ(await("turn_finished")["transcript"], "12 coins");
}

TEST_F(LiveSession, BargeInSilencesTheNextRead)
{
    serve([](LiveConnection &server) {
        server.receive("clientContent");
        server.send_audio(std::vector<int16_t>(24'000, 8'000));
        server.receive("audio");  // the user speaks
        server.send_flag("interrupted");
        server.send_flag("turnComplete");
        server.receive_all();
    });
    open();
    ASSERT_EQ(gemlive_session_set_output_format(session_, 24'000, 1), GEMLIVE_OK);
    gemlive_session_send_text(session_, "Tell me a story.", nullptr);
    await("turn_started");
    std::vector<int16_t> block(240);
    size_t heard_frames = 0;
    while (heard_frames == 0) {
        ASSERT_EQ(gemlive_session_read_audio_s16(session_, block.data(), block.size(), &heard_frames), GEMLIVE_OK);
    }
    EXPECT_EQ(block.back(), 8'000);
    const std::vector<int16_t> speech = ramp(800);
    gemlive_session_push_audio_s16(session_, speech.data(), speech.size(), nullptr);
    const json interrupted = await("interrupted");
    EXPECT_EQ(interrupted["by"], "server");
    EXPECT_EQ(interrupted["heard_ms"], 10);
    EXPECT_GE(interrupted["flushed_ms"], 980);
    ASSERT_EQ(gemlive_session_read_audio_s16(session_, block.data(), block.size(), &heard_frames), GEMLIVE_OK);
    EXPECT_EQ(heard_frames, 0u);
    EXPECT_EQ(block[120], 0) << "5 ms later";
    EXPECT_EQ(await("turn_finished")["reason"], "interrupted");
}

TEST_F(LiveSession, LostConnectionIsResumedAndUnwrittenAudioGoesOn)
{
    serve([](LiveConnection &server) {
        if (server.number == 1) {
            server.send({{"sessionResumptionUpdate", {{"newHandle", "handle-1"}, {"resumable", true}}}});
            server.receive("clientContent");
            server.raw.reset();
            return;
        }
        EXPECT_EQ(server.setup["sessionResumption"], json({{"handle", "handle-1"}}));
        server.receive("clientContent");
        server.send_text_part("here again");
        server.receive_all();
    });
    open();
    await("resumption_updated");
    gemlive_session_send_text(session_, "one", nullptr);
    const json lost = await("disconnected");
    EXPECT_EQ(lost["cause"], "lost");
    EXPECT_EQ(lost["will_retry"], true);
    const std::vector<int16_t> samples = ramp(3'000);
    gemlive_session_push_audio_s16(session_, samples.data(), samples.size(), nullptr);
    gemlive_session_send_text(session_, "two", nullptr);
    const json connected = await("connected");
    EXPECT_EQ(connected["restored"], "resumed");
    EXPECT_EQ(connected["connection"], 2);
    EXPECT_EQ(connected["resent"], json({{"audio", json::array()}, {"commands", 0}}));
    EXPECT_EQ(await("text")["text"], "here again");
    gemlive_session_close(session_);
    await("closed");
    gemlive_session_destroy(session_);
    server_.reset();
    EXPECT_EQ(heard(), samples);
}

TEST_F(LiveSession, EveryEventNamesTheConnectionThatItIsOf)
{
    serve([](LiveConnection &server) {
        server.send_text_part("from " + std::to_string(server.number));
        if (server.number == 1) {
            server.receive("clientContent");
            server.raw.reset();
            return;
        }
        server.receive_all();
    });
    open();
    EXPECT_EQ(await("connecting")["connection"], 1);
    EXPECT_EQ(await("text")["connection"], 1);
    gemlive_session_send_text(session_, "go", nullptr);
    EXPECT_EQ(await("disconnected")["connection"], 1);
    EXPECT_EQ(await("turn_finished")["connection"], 1);
    EXPECT_EQ(await("connecting")["connection"], 2) << "that of the dial it announces";
    EXPECT_EQ(await("text")["connection"], 2);
}

TEST_F(LiveSession, ShownServerMessageHasNoAudioAndNoSecret)
{
    serve([](LiveConnection &server) {
        server.send_audio(ramp(300));
        server.send({{"fromTheFuture", "a-secret-test-key"}});
        server.receive_all();
    });
    open({{"audio_events", "on"}});
    const auto shown = [this](const char *type) {
        gemlive_event *event = nullptr;
        std::string text;
        while (text.empty() && gemlive_session_poll_event(session_, 20'000, &event) == GEMLIVE_OK) {
            if (std::string(gemlive_event_type_name(gemlive_event_type(event))) == type) {
                text = gemlive_event_server_message(event, nullptr);
            }
            gemlive_event_release(event);
        }
        return text;
    };
    EXPECT_EQ(json::parse(shown("audio"))["serverContent"]["modelTurn"]["parts"][0]["inlineData"],
              json({{"mimeType", "audio/pcm;rate=24000"}}));
    EXPECT_EQ(json::parse(shown("server_message")), json({{"fromTheFuture", "[secret]"}}));
}

TEST_F(LiveSession, FatalCloseEndsTheSessionWithItsText)
{
    serve([](LiveConnection &server) {
        server.receive("clientContent");
        server.raw.send_close(1007, "Request contains an invalid argument.");
        server.receive_all();
    });
    open();
    gemlive_session_send_text(session_, "x", nullptr);
    const json closed = await("closed");
    EXPECT_EQ(closed["reason"], "fatal");
    EXPECT_THAT(closed["message"].get<std::string>(), HasSubstr("Request contains an invalid argument."));
    const auto names = event_names();
    const auto from = std::find(names.begin(), names.end(), "disconnected");
    EXPECT_THAT(std::vector<std::string>(from, names.end()),
                ElementsAre("disconnected", "error", "reply_failed", "closed"));
}

TEST_F(LiveSession, GoAwayIsFollowedAtTheTurnsEnd)
{
    serve([](LiveConnection &server) {
        if (server.number == 1) {
            server.receive("clientContent");
            server.send_text_part("first");
            server.send({{"goAway", {{"timeLeft", "50s"}}}});
            server.send({{"serverContent", {{"turnComplete", true}}},
                         {"sessionResumptionUpdate", {{"newHandle", "h2"}, {"resumable", true}}}});
            server.receive_all();
            EXPECT_EQ(server.raw.client_close_code(), 1000);
            return;
        }
        EXPECT_EQ(server.setup["sessionResumption"]["handle"], "h2");
        server.receive_all();
    });
    open();
    gemlive_session_send_text(session_, "x", nullptr);
    EXPECT_EQ(await("go_away")["plan"], "at_turn_end");
    EXPECT_EQ(await("turn_finished")["reason"], "completed");
    EXPECT_EQ(await("connecting")["cause"], "go_away");
    EXPECT_EQ(await("connected")["restored"], "resumed");
    EXPECT_THAT(event_names(), Not(::testing::Contains("disconnected")));
}

TEST_F(LiveSession, SilentSetupTimesOutWithItsStep)
{
    certificates_ = Certificates::make();
    server_ = std::make_unique<ScriptedServer>(certificates_, [](ServerConnection &raw) { raw.wait_for_hang_up(); });
    open({{"connect_timeout_ms", 100}, {"max_retries", 0}});
    const json error = await("error");
    EXPECT_EQ(error["step"], "setup");
    EXPECT_EQ(error["code"], "GEMLIVE_ERROR_TIMEOUT");
    EXPECT_EQ(await("closed")["reason"], "budget");
}

TEST_F(LiveSession, DeadConnectionIsNoticedByAPing)
{
    std::atomic<bool> stop{false};
    serve([&](LiveConnection &server) {
        if (server.number == 1) {
            server.receive("clientContent");
            server.raw.wait_for_hang_up();  // reads, but answers no ping
        } else {
            server.receive_all();
        }
    });
    open({{"ping_interval_ms", 20}, {"pong_timeout_ms", 60}});
    await("connected");
    gemlive_session_send_text(session_, "x", nullptr);
    const json lost = await("disconnected");
    EXPECT_EQ(lost["close_code"], 1006);
    EXPECT_EQ(await("connected")["connection"], 2);
}

TEST_F(LiveSession, KeyIsInAHeaderAndInNothingElse)
{
    certificates_ = Certificates::make();
    server_ = std::make_unique<ScriptedServer>([this](ServerConnection &raw) {
        raw.handshake(certificates_);
        const HttpRequest request = raw.read_request();
        EXPECT_EQ(request.headers.at("x-goog-api-key"), "a-secret-test-key");
        EXPECT_THAT(request.target, Not(HasSubstr("a-secret")));
        raw.respond(403, R"({"error":{"code":403,"message":"key a-secret-test-key is not allowed","status":"PERMISSION_DENIED"}})");
    });
    open();
    const json closed = await("closed");
    EXPECT_EQ(closed["code"], "GEMLIVE_ERROR_AUTH");
    for (const json &event : events_) {
        EXPECT_THAT(event.dump(), Not(HasSubstr("a-secret-test-key")));
    }
}

TEST_F(LiveSession, UnknownMembersReachTheApplication)
{
    serve([](LiveConnection &server) {
        server.send({{"fromTheFuture", {{"a", 1}}}});
        server.receive_all();
    });
    open();
    EXPECT_EQ(await("server_message")["raw"], json({{"fromTheFuture", {{"a", 1}}}}));
}

TEST_F(LiveSession, EventQueueThatNobodyDrainsEndsTheSession)
{
    serve([](LiveConnection &server) {
        for (int i = 0; i < 100; ++i) {
            server.send({{"fromTheFuture", i}});
        }
        server.receive_all();
    });
    open({{"event_queue", 16}});
    gemlive_session_send_text(session_, "nobody will answer this", nullptr);
    while (gemlive_session_state(session_) != GEMLIVE_SESSION_CLOSED) {
        std::this_thread::yield();
    }
    EXPECT_EQ(await("closed")["reason"], "event_queue_full");
    EXPECT_THAT(event_names(), ::testing::Contains("reply_failed")) << "the last events pass the bound";
    EXPECT_EQ(gemlive_session_send_text(session_, "too late", nullptr), GEMLIVE_ERROR_CLOSED) << "not: try again later";
    EXPECT_THAT(gemlive_last_error_message(), HasSubstr("event"));
}

TEST_F(LiveSession, HugeTimeoutsAreLongOnes)
{
    serve([](LiveConnection &server) {
        server.receive("clientContent");
        server.send_text_part("slowly");
        server.receive_all();
    });
    open();
    gemlive_session_send_text(session_, "x", nullptr);
    gemlive_event *event = nullptr;
    int32_t type = 0;
    while (type != GEMLIVE_EVENT_TEXT) {
        ASSERT_EQ(gemlive_session_poll_event(session_, INT64_MAX, &event), GEMLIVE_OK);
        type = gemlive_event_type(event);
        gemlive_event_release(event);
    }
    EXPECT_EQ(gemlive_session_close_json(session_, R"({"drain":true,"timeout_ms":9223372036854775807})"), GEMLIVE_OK);
    EXPECT_EQ(gemlive_session_state(session_), GEMLIVE_SESSION_CLOSING);
}

TEST_F(LiveSession, ActivityIsReopenedOnTheNextConnection)
{
    serve([](LiveConnection &server) {
        server.receive("activityStart");
        if (server.number == 1) {
            server.raw.reset();
            return;
        }
        server.receive("activityEnd");
        server.send_text_part("heard");
        server.receive_all();
    });
    open({{"realtime_input_config", {{"automaticActivityDetection", {{"disabled", true}}}}}});
    gemlive_session_start_user_activity(session_);
    await("disconnected");
    await("connected");
    gemlive_session_end_user_activity(session_);
    EXPECT_EQ(await("text")["text"], "heard");
}

TEST_F(LiveSession, WhatCouldNotBeWrittenIsCounted)
{
    certificates_ = Certificates::make();
    server_ = std::make_unique<ScriptedServer>(certificates_, [](ServerConnection &raw) { raw.wait_for_hang_up(); });
    open();
    const std::vector<int16_t> samples = ramp(1'000);
    gemlive_session_push_audio_s16(session_, samples.data(), samples.size(), nullptr);
    gemlive_session_send_raw(session_, R"({"realtimeInput":{"text":"x"}})");
    gemlive_session_close_json(session_, R"({"timeout_ms":50})");
    std::map<std::string, int64_t> dropped;
    for (json event = await("dropped"); !event.empty(); event = await("dropped")) {
        dropped[event["what"]] = event["amount"];
    }
    EXPECT_EQ(dropped["input_audio"], 1'000);
    EXPECT_EQ(dropped["commands"], 1);
    EXPECT_EQ(event_names().back(), "closed");
}

}  // namespace
}  // namespace gemlive::test
