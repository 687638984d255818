// gemlive.hpp: owners, ranges, exceptions.
#include <gemlive/gemlive.hpp>

#include "contract.hpp"

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using CppLayer = Contract;

static_assert(!std::is_copy_constructible_v<gemlive::Session> && std::is_nothrow_move_constructible_v<gemlive::Session>);
static_assert(!std::is_copy_constructible_v<gemlive::Event> && std::is_nothrow_move_assignable_v<gemlive::Event>);
static_assert(!std::is_copy_constructible_v<gemlive::Model> && !std::is_copy_constructible_v<gemlive::Options>);

std::string error_of(gemlive_status expected, const std::function<void()> &call)
{
    try {
        call();
    } catch (const gemlive::Error &error) {
        EXPECT_EQ(error.status(), expected) << error.what();
        return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return "";
}

gemlive::Options unreachable()
{
    return gemlive::Options{}.api_key("key").set("base_url", "ws://127.0.0.1:1").set("drain_timeout_ms", 100);
}

TEST_F(CppLayer, AWrongOptionIsThrownWithItsSentence)
{
    const std::string said = error_of(GEMLIVE_ERROR_INVALID_ARGUMENT, [] { gemlive::Options{}.set("temprature", 0.5); });
    EXPECT_NE(said.find("GEMLIVE_ERROR_INVALID_ARGUMENT: "), std::string::npos) << said;
    EXPECT_NE(said.find("temperature"), std::string::npos) << said;
}

TEST_F(CppLayer, OptionsTakeEveryKindOfValue)
{
    gemlive::Options options;
    options.model("gemini-live-test").voice("Kore").instructions("Be brief.").set("temperature", 0.5);
    options.set("max_retries", 1).set("enable_affective_dialog", false).set_json("tools", "[]");
    options.from_json(R"({"language": "de-DE"})");
    gemlive::Model model{options};
    EXPECT_NE(model.get(), nullptr);
}

TEST_F(CppLayer, ToolsAdd)
{
    gemlive::Model model{unreachable().tool(R"({"name": "price"})").tool(R"({"name": "weather"})")};
    gemlive::Session session = model.session();
    EXPECT_NE(session.tools().find("price"), std::string::npos);
    EXPECT_NE(session.tools().find("weather"), std::string::npos);
}

TEST_F(CppLayer, TheRangeEndsWithTheConversation)
{
    gemlive::Session session = gemlive::Model{}.session();  // without a key; the model may go at once
    std::vector<std::string> seen;
    for (const gemlive::Event &event : session.events()) {
        EXPECT_FALSE(event.tool_call());
        EXPECT_FALSE(event.audio());
        EXPECT_FALSE(event.heard());
        EXPECT_EQ(event.seq(), seen.size() + 1);
        if (event.type() == GEMLIVE_EVENT_CLOSED) {
            EXPECT_EQ(event.code(), GEMLIVE_ERROR_AUTH);
            EXPECT_EQ(event.reason(), "fatal");
            EXPECT_NE(event.json().find("\"closed\""), std::string_view::npos);
        }
        seen.emplace_back(event.type_name());
    }
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.back(), "closed");
    EXPECT_FALSE(session.poll(std::chrono::milliseconds(0)));
    EXPECT_FALSE(session.dispatch([](const gemlive_event *) { FAIL(); }));
}

TEST_F(CppLayer, WhatAHandlerThrowsComesOutAndNoEventIsLost)
{
    gemlive::Session session = gemlive::Model{unreachable()}.session();
    session.close();
    std::vector<int32_t> seen;
    int thrown = 0;
    for (bool alive = true; alive;) {
        try {
            alive = session.dispatch([&](const gemlive_event *event) {
                seen.push_back(gemlive_event_type(event));
                if (seen.size() == 1) {
                    throw std::runtime_error("on purpose");
                }
            });
        } catch (const std::runtime_error &error) {
            EXPECT_STREQ(error.what(), "on purpose");
            ++thrown;
        }
    }
    EXPECT_EQ(thrown, 1);
    ASSERT_GE(seen.size(), 2u);
    EXPECT_EQ(seen.front(), GEMLIVE_EVENT_CONNECTING);
    EXPECT_EQ(seen.back(), GEMLIVE_EVENT_CLOSED);
}

TEST_F(CppLayer, CommandsThrowAndAudioCallsAnswer)
{
    gemlive::Session session = gemlive::Model{unreachable()}.session();
    error_of(GEMLIVE_ERROR_INVALID_ARGUMENT, [&] { session.respond({"no-such-call", "", ""}, "{}"); });
    session.set_output_format(48000, 2);
    std::vector<float> block(960, 1.0f);
    EXPECT_EQ(session.read_audio(block.data(), 480), GEMLIVE_OK);
    EXPECT_EQ(block, std::vector<float>(960, 0.0f));
    EXPECT_EQ(session.send_text("Anybody there?"), 1u);
    session.close();
    error_of(GEMLIVE_ERROR_CLOSED, [&] { session.send_text("Too late."); });
    gemlive::Session moved = std::move(session);
    EXPECT_EQ(session.get(), nullptr);
    EXPECT_NE(moved.state(), 0);
}

TEST_F(CppLayer, CommandsOnASessionThatEndedUnaskedThrowWhatItEndedWith)
{
    gemlive::Session session = gemlive::Model{}.session();  // without a key
    std::string why;
    for (const gemlive::Event &event : session.events()) {
        why = event.message();
    }
    ASSERT_FALSE(why.empty());
    const std::vector<int16_t> block(320, 1);
    const std::string said = error_of(GEMLIVE_ERROR_AUTH, [&] { session.send_text("Anybody there?"); });
    EXPECT_NE(said.find(why), std::string::npos) << said;
    error_of(GEMLIVE_ERROR_AUTH, [&] { session.generate_reply(); });
    error_of(GEMLIVE_ERROR_AUTH, [&] { session.respond({"no-such-call", "", ""}, "{}"); });
    error_of(GEMLIVE_ERROR_AUTH, [&] { session.interrupt(); });
    error_of(GEMLIVE_ERROR_AUTH, [&] { session.write_audio(block.data(), block.size()); });
    EXPECT_EQ(session.push_audio(block.data(), block.size()), GEMLIVE_ERROR_AUTH);
    EXPECT_EQ(session.push_audio(GEMLIVE_SAMPLE_FORMAT_ALAW, block.data(), block.size()), GEMLIVE_ERROR_AUTH);
    const void *const planes[] = {block.data()};
    EXPECT_EQ(session.push_audio_planes(GEMLIVE_SAMPLE_FORMAT_S16, planes, 1, block.size()), GEMLIVE_ERROR_AUTH);
    EXPECT_EQ(session.input_peak() + session.input_rms(), 0.0F);
    session.close();
    session.set_output_format(48000, 2);
    std::vector<float> speaker(960, 1.0f);
    EXPECT_EQ(session.read_audio(speaker.data(), 480), GEMLIVE_OK);
    EXPECT_EQ(speaker, std::vector<float>(960, 0.0f));
}

TEST_F(CppLayer, ARetainedEventOutlivesItsSession)
{
    gemlive::Event kept;
    {
        gemlive::Session session = gemlive::Model{}.session();
        while (session.dispatch([&](const gemlive_event *event) { kept = gemlive::Event::retain(event); })) {
        }
    }
    EXPECT_EQ(kept.type(), GEMLIVE_EVENT_CLOSED);
    EXPECT_FALSE(kept.message().empty());
}

TEST_F(CppLayer, OneLoopServesTheSessionsOfAModel)
{
    gemlive::Model model{gemlive::Options{}.set("share_events", true)};
    gemlive::Session first = model.session();
    gemlive::Session second = model.session();
    error_of(GEMLIVE_ERROR_INVALID_STATE, [&] { first.next(); });
    std::vector<gemlive_session *> closed;
    model.close();
    for (const gemlive::Event &event : model.events()) {
        if (event.type() == GEMLIVE_EVENT_CLOSED) {
            closed.push_back(event.session());
        }
    }
    EXPECT_EQ(closed.size(), 2u);
    EXPECT_NE(closed[0], closed[1]);
    EXPECT_FALSE(model.dispatch([](const gemlive_event *) {}));
}

}  // namespace
