#include "delivery/event.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gemlive::delivery {
namespace {

using nlohmann::json;

TEST(Event, JsonHasIdsAsWordsAndFieldsInOrder)
{
    Event event(EventType::turn_started, TurnStarted{"request"});
    event.seq = 7;
    event.time_ms = 12;
    event.connection = 1;
    event.turn = 2;
    event.request = 3;
    EXPECT_EQ(event.json(), R"({"event":"turn_started","seq":7,"time_ms":12,"connection":1,"turn":"turn-2",)"
                            R"("request":"request-3","trigger":"request"})");
}

TEST(Event, AudioShowsItsShapeAndHoldsItsSamples)
{
    const AudioEvent made = make_audio_event(480);
    ASSERT_EQ(made.samples.size(), 480u);
    made.samples[479] = 7;
    auto &audio = std::get<Audio>(made.event->payload);
    audio.sample_rate = 24000;
    audio.offset_frames = 960;
    const auto shown = json::parse(made.event->json());
    EXPECT_EQ(shown["frames"], 480);
    EXPECT_EQ(shown["sample_rate"], 24000);
    EXPECT_EQ(shown["channels"], 1);
    EXPECT_EQ(shown["offset_frames"], 960);
    EXPECT_EQ(audio.samples[479], 7);
    EXPECT_GE(made.event->memory(), 960u);
}

TEST(Event, TextThatIsNotUtf8StillGivesJson)
{
    const Event event(EventType::text, Piece{"a\xFF\"\n" "b"});
    EXPECT_EQ(json::parse(event.json())["text"], "a\xEF\xBF\xBD\"\nb");
}

TEST(Event, FieldsItDoesNotHaveAreNothing)
{
    const Event event(EventType::turn_finished, TurnFinished{"completed"});
    EXPECT_EQ(event.shown("text"), "");
    EXPECT_EQ(event.shown("server_reason"), "");
    EXPECT_FALSE(event.shows("server_reason"));
    EXPECT_EQ(event.shown_int("heard_ms", -1), -1);
    EXPECT_EQ(event.shown_int("reason", 5), 5) << "a text is no number";
    EXPECT_EQ(json::parse(event.json()).contains("heard_ms"), false);
}

TEST(Event, AFieldsTextStaysWhereItIs)
{
    Event event(EventType::interrupted, Interrupted{"server", 120, 0});
    event.turn = 3;
    const char *const heard = event.shown("heard_ms").data();
    EXPECT_STREQ(heard, "120");
    EXPECT_EQ(event.shown("turn"), "turn-3");
    event.json();
    EXPECT_EQ(event.shown("heard_ms").data(), heard);
    EXPECT_EQ(event.shown("event"), "interrupted");
}

// A value of each payload with every optional field set.
std::vector<Payload> every_payload()
{
    Connected connected{"lost", "resumed", {{{0, 800}, {900, 1000}}, 2}, 5, "id", {{{"tcp", 1}, {"tls", 2}}}};
    Usage::Totals totals{{1, 2, 3, 4, 5, 6}, {{{"prompt", {{"AUDIO", 7}}}}}, 8, 9};
    return {NoFields(),
            Connecting{2, "lost"},
            std::move(connected),
            Disconnected{1011, "gone", "lost", Status::network, "gone", true, 100, 1},
            GoAway{5000, "now"},
            ResumptionUpdated{"handle", true, 4},
            Speech{"server", 20},
            InputTranscript{"a", "b", true, false},
            TurnStarted{"user"},
            Piece{"hello"},
            Media{"image/png", {1, 2}},
            Interrupted{"server", 1, 2},
            TurnFinished{"completed", "STOP", 3, "words", 4},
            PlayoutFinished{6},
            TurnMetrics{1, 2, 3, 4, true, 5.5},
            Stalled{"mid_turn", 10},
            ReplyFailed{"lost", "a sentence"},
            ToolCall{"c1", "price", {R"({"b":1,"a":[]})"}, "BLOCKING"},
            ToolCallsCancelled{{{"c1", "c\"2"}}, "server"},
            Usage{{1, 2, 3, 4, 5, 6}, {{{"response", {{"TEXT", 1}}}}}, totals},
            Dropped{"commands", 3, "commands"},
            NotApplied{"tools", "why"},
            Raw{{R"({"x":null})"}},
            InteractionStatus{"DONE"},
            WaitingForInput{true},
            Failed{Status::network, "why", "tls", true, false, 503, 1008, "reason"},
            Closed{"fatal", Status::auth, "why", std::move(totals)}};
}

TEST(Event, EveryFieldOfEveryPayloadReadsAsItsJsonShowsIt)
{
    for (Payload &payload : every_payload()) {
        Event event(EventType::usage, std::move(payload));
        event.seq = 1;
        const json shown = json::parse(event.json());
        for (const auto &[name, value] : shown.items()) {
            SCOPED_TRACE(name);
            EXPECT_TRUE(event.shows(name));
            const std::string text(event.shown(name));
            EXPECT_EQ(value.is_string() ? json(text) : json::parse(text), value);
            const bool whole = value.is_number_integer() || value.is_boolean();
            EXPECT_EQ(event.shown_int(name, -7), !whole ? -7 : value.is_boolean() ? value.get<bool>() : value.get<int64_t>());
            EXPECT_EQ(event.shown_double(name, -0.5), value.is_number() ? value.get<double>() : -0.5);
        }
    }
}

TEST(Event, AResumptionHandleIsInNoJsonAndNoField)
{
    const Event event(EventType::resumption_updated, ResumptionUpdated{"h1-secret", true, 0});
    EXPECT_EQ(event.json().find("h1-secret"), std::string::npos);
    EXPECT_FALSE(event.shows("handle"));
}

std::atomic<int> times_shown = 0;

std::string show(std::string_view message)
{
    ++times_shown;
    return "shown " + std::string(message);
}

TEST(Event, TheServersMessageIsMadeJsonWhenSomebodyAsks)
{
    times_shown = 0;
    Event event(EventType::text, Piece{"a"});
    event.server_message = make_server_text("{}", show);
    event.json();
    EXPECT_EQ(times_shown, 0);
    const std::string *const first = &event.server_message->json();
    EXPECT_EQ(*first, "shown {}");
    EXPECT_EQ(&event.server_message->json(), first);
    EXPECT_EQ(times_shown, 1);
}

TEST(Event, AnAudioEventsTextServesTheOtherEventsOfItsMessage)
{
    std::string message = "{audio}";
    AudioEvent first = make_audio_event(3, message, show);
    message.assign(message.size(), 'x');  // the buffer is used again
    const AudioEvent second = make_audio_event(1, first.text);
    EXPECT_EQ(first.event->server_message->json(), "shown {audio}");
    first = {};
    EXPECT_EQ(second.event->server_message->json(), "shown {audio}");
}

TEST(Event, ThreadsThatAskAtOnceGetTheSameText)
{
    for (int round = 0; round < 100; ++round) {
        const Event event(EventType::dropped, Dropped{"commands", round, "commands"});
        const char *first[2] = {};
        const auto ask = [&](int thread) { first[thread] = (event.json(), event.shown("amount").data()); };
        std::thread other(ask, 0);
        ask(1);
        other.join();
        ASSERT_EQ(first[0], first[1]);
    }
}

TEST(Event, EveryTypeHasAName)
{
    for (int32_t type = 1; type <= static_cast<int32_t>(EventType::closed); ++type) {
        EXPECT_STRNE(event_type_name(type), "unknown") << type;
    }
    EXPECT_STREQ(event_type_name(0), "unknown");
    EXPECT_STREQ(event_type_name(static_cast<int32_t>(EventType::closed) + 1), "unknown");
}

}  // namespace
}  // namespace gemlive::delivery
