// Changes of what the model hears, while the session runs.
#include <gmock/gmock.h>

#include "base/json_text.hpp"
#include "controller_fixture.hpp"
#include "session/shared.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A model that takes instructions and tools within the connection, and one that does not.
constexpr const char *updatable = "gemini-3.8-live";
constexpr const char *fixed = "gemini-2.5-flash-native-audio-preview-12-2025";

class UpdatesTest : public ControllerTest {
protected:
    UpdatesTest()
    {
        server.on_setup = [this](ScriptedLink &link) { setups.push_back(link.setup); };
        server.on_message = [this](ScriptedLink &link, const json &message) { on_message(link, message); };
    }
    ~UpdatesTest() override { end(); }

    void open_connected(json options)
    {
        open(std::move(options));
        await("connected");
    }
    // Answers requests at once, and notes the rest.
    void on_message(ScriptedLink &link, const json &message)
    {
        messages.push_back(message);
        if (refuses != "" && message.contains(refuses)) {
            link.close_with(1007, refusal);
        } else if (message.contains("clientContent") && message["clientContent"].value("turnComplete", false)) {
            reply(link);
        }
    }
    std::vector<json> of_kind(const std::string &member)
    {
        std::vector<json> found;
        for (int step = 0; step < 8; ++step) {  // a message is written some steps after it was given
            on_io_thread([] {});
        }
        on_io_thread([&] {
            for (const json &message : messages) {
                if (message.contains(member)) {
                    found.push_back(message[member]);
                }
            }
        });
        return found;
    }
    std::vector<json> all_setups()
    {
        std::vector<json> result;
        on_io_thread([] {});
        on_io_thread([&] { result = setups; });
        return result;
    }
    json cost_of(const char *option)
    {
        return parse_json<json>(session->capabilities_json())["updates"][option];
    }
    void refuse_the_voice_nobody()
    {
        on_io_thread([this] {
            server.on_setup = [this](ScriptedLink &link) {
                setups.push_back(link.setup);
                if (voice_of(link.setup) == "Nobody") {
                    link.close_with(1007, "Request contains an invalid argument.");
                }
            };
        });
    }
    void revoke_the_key()
    {
        on_io_thread([this] {
            server.on_setup = [this](ScriptedLink &link) {
                setups.push_back(link.setup);
                link.close_with(1007, "API key not valid. Please pass a valid API key.");
            };
        });
    }
    static std::string voice_of(const json &setup)
    {
        return setup["generationConfig"]["speechConfig"]["voiceConfig"]["prebuiltVoiceConfig"]["voiceName"];
    }
    static std::string instructions_of(const json &message) { return message["systemInstruction"]["parts"][0]["text"]; }

    std::function<void(ScriptedLink &)> reply = [](ScriptedLink &link) {
        link.send(resumption("h" + std::to_string(link.number)));
        link.send(answer("Yes."));
    };
    std::string refuses;  // the member that closes the connection
    std::string refusal = "Invalid JSON payload received. Unknown name \"contextUpdate\": Cannot find field.";
    std::vector<json> setups;
    std::vector<json> messages;
    uint64_t request = 0;
};

// W1
TEST_F(UpdatesTest, InstructionsAndToolsGoWithinTheConnectionWhereTheModelTakesThem)
{
    open_connected({{"model", updatable}, {"instructions", "Be brief."}});
    EXPECT_EQ(cost_of("instructions"), "turn_end");
    EXPECT_EQ(cost_of("voice"), "reconnect");
    EXPECT_EQ(cost_of("reply_timeout_ms"), "at_once");
    EXPECT_EQ(cost_of("model"), "new_session");
    ASSERT_FALSE(session->update_instructions("Whisper."));
    EXPECT_EQ(of_kind("contextUpdate").size(), 1u);  // before the tools are given, which would go with it
    ASSERT_FALSE(session->update_tools(R"([{"name": "f"}])"));
    ASSERT_FALSE(session->update_tools("[]"));
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    const std::vector<json> updates = of_kind("contextUpdate");
    ASSERT_FALSE(updates.empty());
    EXPECT_EQ(updates[0]["systemInstruction"], json::parse(R"({"parts": [{"text": "Whisper."}], "role": "user"})"));
    EXPECT_FALSE(updates[0].contains("tools")) << "absent: they stay";
    EXPECT_EQ(all_setups().size(), 1u);
}

TEST_F(UpdatesTest, EmptyListOfToolsTakesAllAwayAndAnAbsentOneNone)
{
    open_connected({{"model", updatable}, {"tools", {{{"name", "f"}}}}});
    ASSERT_FALSE(session->update_tools("[]"));
    std::vector<json> updates = of_kind("contextUpdate");
    ASSERT_EQ(updates.size(), 1u);
    EXPECT_EQ(updates[0], json::parse(R"({"tools": {"tools": []}})"));
    EXPECT_EQ(session->tools_json(), "[]");
    ASSERT_FALSE(session->update_instructions(""));
    EXPECT_EQ(of_kind("contextUpdate").size(), 1u) << "there were none before either";
    ASSERT_FALSE(session->update_instructions("Sing."));
    EXPECT_EQ(of_kind("contextUpdate").size(), 2u);
    ASSERT_FALSE(session->update_instructions(""));
    updates = of_kind("contextUpdate");
    ASSERT_EQ(updates.size(), 3u);
    EXPECT_EQ(instructions_of(updates[2]), "");
}

// W2
TEST_F(UpdatesTest, SeveralChangesAreOneSwitchAtTheEndOfTheReply)
{
    ScriptedLink *first = nullptr;
    reply = [&](ScriptedLink &link) {
        first = &link;
        link.send(resumption("h1"));
        link.send(json::parse(R"({"serverContent": {"modelTurn": {"parts": [{"text": "Once upon"}]}}})"));
    };
    open_connected({{"model", fixed}});
    EXPECT_EQ(cost_of("instructions"), "reconnect");
    ASSERT_FALSE(session->send_text({"Tell me a story", true}, request));
    await("turn_started");
    ASSERT_FALSE(session->update_instructions("Be brief."));
    ASSERT_FALSE(update({{"voice", "Kore"}, {"temperature", 0.5}}));
    ASSERT_FALSE(session->update_tools(R"([{"name": "f"}])"));
    EXPECT_EQ(all_setups().size(), 1u) << "the reply is not cut";
    EXPECT_EQ(session->tools_json(), "[]") << "the server knows of none yet";
    on_io_thread([&] { first->send(answer(" a time.")); });
    const json finished = await("turn_finished");
    EXPECT_EQ(finished["reason"], "completed");
    EXPECT_EQ(finished["transcript"], "Once upon a time.");
    EXPECT_EQ(await("connecting")["cause"], "updated");
    const json connected = await("connected");
    EXPECT_EQ(connected["cause"], "updated");
    EXPECT_EQ(connected["restored"], "resumed");
    const std::vector<json> seen = all_setups();
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(instructions_of(seen[1]), "Be brief.");
    EXPECT_EQ(seen[1]["generationConfig"]["temperature"], 0.5);
    EXPECT_EQ(seen[1]["generationConfig"]["speechConfig"]["voiceConfig"]["prebuiltVoiceConfig"]["voiceName"], "Kore");
    EXPECT_EQ(seen[1]["tools"][0]["functionDeclarations"][0]["name"], "f");
    EXPECT_EQ(seen[1]["sessionResumption"]["handle"], "h1");
    EXPECT_THAT(session->tools_json(), HasSubstr("\"f\""));
    EXPECT_EQ(std::count(names.begin(), names.end(), "disconnected"), 0);
    end();
}

TEST_F(UpdatesTest, EqualValuesAndThoseTakenBackCostNothing)
{
    const json tool = json::parse(R"([{"name": "f", "description": "d", "parameters": {"type": "object", "properties": {}}}])");
    open_connected({{"model", fixed}, {"voice", "Kore"}, {"tools", tool}});
    ASSERT_FALSE(update({{"voice", "Kore"}}));
    ASSERT_FALSE(session->update_tools(tool.dump()));
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    EXPECT_EQ(all_setups().size(), 1u);
    // What only changed in between is no change.
    reply = [](ScriptedLink &link) {
        link.send(json::parse(R"({"serverContent": {"modelTurn": {"parts": [{"text": "Yes"}]}}})"));
        link.send_text(R"({"usageMetadata": {"totalTokenCount": 1}})");
    };
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_started");
    ASSERT_FALSE(update({{"voice", "Puck"}}));
    ASSERT_FALSE(update({{"voice", "Kore"}}));
    ASSERT_FALSE(session->interrupt());
    await("turn_finished");
    EXPECT_EQ(all_setups().size(), 1u);
}

TEST_F(UpdatesTest, NullTakesAnOptionBackToItsDefault)
{
    open_connected({{"model", fixed}, {"voice", "Kore"}, {"temperature", 0.5}, {"input_audio_transcription", nullptr}});
    ASSERT_FALSE(update({{"voice", nullptr}, {"temperature", nullptr}}));
    await("connected");
    const json setup = all_setups().back();
    EXPECT_EQ(setup["generationConfig"]["speechConfig"]["voiceConfig"]["prebuiltVoiceConfig"]["voiceName"], "Puck");
    EXPECT_FALSE(setup["generationConfig"].contains("temperature"));
    EXPECT_FALSE(setup.contains("inputAudioTranscription")) << "untouched: off";
}

// W15 of the reference: updating while connecting makes one connection there, too.
TEST_F(UpdatesTest, ChangeWhileConnectingIsInTheFirstSetup)
{
    std::promise<void> dialling;
    std::promise<void> go_on;
    server.dial = [&](int number) {
        if (number > 1) {
            return net::DialResult();
        }
        dialling.set_value();
        go_on.get_future().wait();
        return net::DialResult();
    };
    open({{"model", fixed}});
    dialling.get_future().wait();
    ASSERT_FALSE(update({{"voice", "Kore"}}));
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    go_on.set_value();
    await("turn_finished");
    const std::vector<json> seen = all_setups();
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_EQ(seen[0]["generationConfig"]["speechConfig"]["voiceConfig"]["prebuiltVoiceConfig"]["voiceName"], "Kore");
    end();
}

// W3
TEST_F(UpdatesTest, WhatIsAskedAfterAnUpdateIsAnsweredUnderIt)
{
    reply = [](ScriptedLink &link) {
        link.send(json::parse(R"({"serverContent": {"modelTurn": {"parts": [{"text": "Once"}]}}})"));
    };
    open_connected({{"model", updatable}});
    ASSERT_FALSE(session->send_text({"Tell me a story", true}, request));
    await("turn_started");
    ASSERT_FALSE(session->update_instructions("Be brief."));
    EXPECT_THAT(of_kind("contextUpdate"), IsEmpty()) << "not within the reply";
    ASSERT_FALSE(session->send_text({"Again", true}, request));
    ASSERT_EQ(of_kind("contextUpdate").size(), 1u);
    on_io_thread([this] {
        ASSERT_EQ(messages.size(), 3u);
        EXPECT_TRUE(messages[1].contains("contextUpdate"));
        EXPECT_TRUE(messages[2].contains("clientContent"));
    });
}

// W4
TEST_F(UpdatesTest, RefusedContextUpdateIsMadeByASetupAndNotTriedAgain)
{
    refuses = "contextUpdate";
    open_connected({{"model", updatable}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    ASSERT_FALSE(session->update_instructions("Whisper."));
    const json disconnected = await("disconnected");
    EXPECT_EQ(disconnected["cause"], "updated");
    EXPECT_TRUE(disconnected["will_retry"].get<bool>());
    EXPECT_EQ(await("connected")["restored"], "resumed");
    EXPECT_EQ(instructions_of(all_setups().back()), "Whisper.");
    EXPECT_EQ(cost_of("instructions"), "reconnect");
    ASSERT_FALSE(session->update_instructions("Shout."));
    await("connected");
    EXPECT_EQ(instructions_of(all_setups().back()), "Shout.");
    EXPECT_EQ(of_kind("contextUpdate").size(), 1u);
}

// W4. It was: the session ended.
TEST_F(UpdatesTest, WhatStillComesOfTheRunningTurnIsNoSignThatAnUpdateWasTaken)
{
    const json piece = json::parse(R"({"serverContent": {"modelTurn": {"parts": [{"text": "Once"}]}}})");
    server.on_message = [this, piece](ScriptedLink &link, const json &message) {
        messages.push_back(message);
        if (message.contains("contextUpdate")) {
            link.send(piece);
            link.close_with(1007, refusal);
        } else if (link.number == 1) {
            link.send(resumption("h1"));
            link.send(piece);
        } else {
            link.send(answer("Yes."));
        }
    };
    open_connected({{"model", updatable}});
    ASSERT_FALSE(session->send_text({"Tell me a story", true}, request));
    await("turn_started");
    ASSERT_FALSE(session->update_instructions("Whisper."));
    ASSERT_FALSE(session->send_text({"Again", true}, request));
    EXPECT_TRUE(await("disconnected")["will_retry"].get<bool>());
    await("connected");
    EXPECT_EQ(instructions_of(all_setups().back()), "Whisper.");
    EXPECT_EQ(cost_of("instructions"), "reconnect");
}

TEST_F(UpdatesTest, OnVertexATurnOfTheSystemReplacesTheInstructions)
{
    open_connected({{"model", "gemini-live-2.5-flash"}, {"vertexai", true}, {"project", "p"}, {"location", "l"},
                    {"access_token", "t"}, {"api_key", nullptr}});
    EXPECT_EQ(cost_of("instructions"), "turn_end");
    EXPECT_EQ(cost_of("tools"), "reconnect");
    ASSERT_FALSE(session->update_instructions("Whisper."));
    const std::vector<json> contents = of_kind("clientContent");
    ASSERT_EQ(contents.size(), 1u);
    EXPECT_EQ(contents[0], json::parse(R"({"turns": [{"role": "system", "parts": [{"text": "Whisper."}]}], "turnComplete": false})"));
    EXPECT_EQ(all_setups().size(), 1u);
}

// W5
TEST_F(UpdatesTest, SetupThatTheServiceRefusesIsTakenBackAndTheSessionGoesOn)
{
    open_connected({{"model", fixed}, {"voice", "Kore"}, {"reply_timeout_ms", 3'600'000}});
    refuse_the_voice_nobody();
    ASSERT_FALSE(update({{"voice", "Nobody"}, {"reply_timeout_ms", 1}}));
    const json refused = await("not_applied");
    EXPECT_EQ(refused["what"], "voice");
    EXPECT_THAT(refused["why"].get<std::string>(), HasSubstr("invalid argument"));
    await("connected");
    EXPECT_EQ(voice_of(all_setups().back()), "Kore");
    // Another change later does not bring the refused one back; what was taken in place stays.
    ASSERT_FALSE(update({{"temperature", 0.5}}));
    await("connected");
    EXPECT_EQ(voice_of(all_setups().back()), "Kore");
    reply = [](ScriptedLink &) {};
    ASSERT_FALSE(session->send_text({"nobody answers this", true}, request));
    EXPECT_EQ(await("reply_failed")["reason"], "timed_out");
}

// W5, W8
TEST_F(UpdatesTest, SetupThatIsRefusedToAPreparedConnectionLeavesTheOldOneAsItWas)
{
    open_connected({{"model", fixed}, {"voice", "Kore"}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    refuse_the_voice_nobody();
    ASSERT_FALSE(update({{"voice", "Nobody"}}));
    EXPECT_EQ(await("not_applied")["what"], "voice");
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    EXPECT_EQ(await("turn_finished")["connection"], 1);
    EXPECT_EQ(std::count(names.begin(), names.end(), "connected"), 1);
    ASSERT_FALSE(update({{"temperature", 0.5}}));
    const json connected = await("connected");
    EXPECT_EQ(connected["connection"], 3);
    EXPECT_EQ(connected["restored"], "resumed");
    EXPECT_EQ(voice_of(all_setups().back()), "Kore");
    EXPECT_EQ(all_setups().back()["generationConfig"]["temperature"], 0.5);
}

// W8
TEST_F(UpdatesTest, NextConnectionHasTheChangeBeforeTheOldOneIsLeft)
{
    ScriptedLink *first = nullptr;
    bool was_left = true;
    reply = [&](ScriptedLink &link) {
        first = &link;
        link.send(resumption("h1"));
        link.send(answer("Yes."));
    };
    open_connected({{"model", fixed}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    on_io_thread([&] {
        server.on_setup = [&](ScriptedLink &link) {
            setups.push_back(link.setup);
            was_left = first->is_left();
        };
    });
    ASSERT_FALSE(session->update_instructions("Whisper."));
    const json connecting = await("connecting");
    EXPECT_EQ(connecting["cause"], "updated");
    EXPECT_EQ(connecting["connection"], 2);
    const json connected = await("connected");
    EXPECT_EQ(connected["connection"], 2);
    EXPECT_EQ(connected["cause"], "updated");
    EXPECT_EQ(connected["restored"], "resumed");
    on_io_thread([&] {
        EXPECT_FALSE(was_left);
        EXPECT_TRUE(first->is_left());
    });
    ASSERT_FALSE(session->send_text({"Again", true}, request));
    EXPECT_EQ(await("turn_finished")["connection"], 2);
    EXPECT_EQ(instructions_of(all_setups().back()), "Whisper.");
    EXPECT_EQ(std::count(names.begin(), names.end(), "disconnected"), 0);
    end();
}

// W8
TEST_F(UpdatesTest, ChangeThatComesWhileTheNextConnectionIsPreparedIsMadeAfterIt)
{
    std::shared_ptr<net::Link> next;
    open_connected({{"model", fixed}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    on_io_thread([&] {
        server.on_setup = [&](ScriptedLink &link) {
            setups.push_back(link.setup);
            server.answers_setup = link.number != 2;
            if (link.number == 2) {
                next = link.shared_from_this();
            }
        };
    });
    ASSERT_FALSE(session->update_instructions("Whisper."));
    await("connecting");
    bool asked = false;
    for (int looks = 0; !asked && looks < 10'000; ++looks) {
        on_io_thread([&] { asked = next != nullptr; });
    }
    ASSERT_FALSE(update({{"voice", "Kore"}}));
    on_io_thread([&] { std::static_pointer_cast<ScriptedLink>(next)->send({{"setupComplete", json::object()}}); });
    EXPECT_EQ(await("connected")["connection"], 2);
    EXPECT_EQ(await("connected")["connection"], 3);
    EXPECT_EQ(instructions_of(all_setups().back()), "Whisper.");
    EXPECT_EQ(voice_of(all_setups().back()), "Kore");
    end();
}

// W8
TEST_F(UpdatesTest, ServerThatTakesNoSecondConnectionIsDialledWhenTheOldOneHasGone)
{
    open_connected({{"model", fixed}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    on_io_thread([this] {
        server.on_setup = [this](ScriptedLink &link) {
            setups.push_back(link.setup);
            if (link.number == 2) {
                link.close_with(1008, "the session is in use");
            }
        };
    });
    ASSERT_FALSE(session->update_instructions("Whisper."));
    EXPECT_EQ(await("error")["connection"], 2);
    EXPECT_EQ(await("connected")["connection"], 3);
    EXPECT_EQ(instructions_of(all_setups().back()), "Whisper.");
    EXPECT_EQ(std::count(names.begin(), names.end(), "not_applied"), 0);
}

// It was: both setups were tried in turn until the budget was spent.
TEST_F(UpdatesTest, KeyThatIsRevokedIsNoFaultOfAnUpdate)
{
    open_connected({{"model", fixed}, {"voice", "Kore"}});
    revoke_the_key();
    ASSERT_FALSE(update({{"voice", "Puck"}}));
    const json closed = await("closed");
    EXPECT_EQ(closed["reason"], "fatal");
    EXPECT_EQ(closed["code"], "GEMLIVE_ERROR_AUTH");
    EXPECT_EQ(all_setups().size(), 2u);
}

// W8
TEST_F(UpdatesTest, ConnectionThatServesIsNotLeftForAnUpdateThatNoOtherOneTakes)
{
    open_connected({{"model", fixed}, {"voice", "Kore"}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("turn_finished");
    revoke_the_key();
    ASSERT_FALSE(update({{"voice", "Puck"}}));
    const json error = await("error");
    EXPECT_EQ(error["code"], "GEMLIVE_ERROR_AUTH");
    EXPECT_EQ(error["fatal"], false);
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    EXPECT_EQ(await("turn_finished")["connection"], 1);
    EXPECT_EQ(all_setups().size(), 2u) << "tried once";
}

TEST_F(UpdatesTest, ChoiceOfNoToolKeepsThemFromTheModelOnly)
{
    open_connected({{"model", updatable}, {"tools", {{{"name", "f"}}}}});
    ASSERT_FALSE(update({{"tool_choice", "none"}}));
    std::vector<json> updates = of_kind("contextUpdate");
    ASSERT_EQ(updates.size(), 1u);
    EXPECT_EQ(updates[0], json::parse(R"({"tools": {"tools": []}})"));
    EXPECT_THAT(session->tools_json(), HasSubstr("\"f\""));
    ASSERT_FALSE(update({{"tool_choice", "auto"}}));
    updates = of_kind("contextUpdate");
    ASSERT_EQ(updates.size(), 2u);
    EXPECT_EQ(updates[1]["tools"]["tools"][0]["functionDeclarations"][0]["name"], "f");
    const Error error = [] {
        settings::Options options;
        return options.set_all(R"({"tool_choice": "required"})");
    }();
    EXPECT_THAT(error.message, HasSubstr("auto none"));
}

TEST_F(UpdatesTest, ToolsWaitUntilOpenCallsAreAnswered)
{
    reply = [](ScriptedLink &link) {
        link.send(json::parse(R"({"toolCall": {"functionCalls": [{"id": "c1", "name": "f", "args": {}}]}})"));
    };
    open_connected({{"model", updatable}, {"tools", {{{"name", "f"}}}}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("tool_call");
    ASSERT_FALSE(session->update_tools(R"([{"name": "g"}])"));
    EXPECT_THAT(of_kind("contextUpdate"), IsEmpty());
    on_io_thread([this] {
        server.on_message = [this](ScriptedLink &link, const json &message) {
            messages.push_back(message);
            if (message.contains("toolResponse")) {
                link.send(answer("Done."));
            }
        };
    });
    ASSERT_FALSE(session->tool_response({"c1", "", "ok", std::nullopt, "", std::nullopt}));
    await("turn_finished");
    const std::vector<json> updates = of_kind("contextUpdate");
    ASSERT_EQ(updates.size(), 1u);
    EXPECT_EQ(updates[0]["tools"]["tools"][0]["functionDeclarations"][0]["name"], "g");
}

// W7
TEST_F(UpdatesTest, ChangeWaitsForACallThatNobodyAnswersNoLongerThanTheOptionSays)
{
    reply = [](ScriptedLink &link) {
        link.send(resumption("h1"));
        link.send(json::parse(R"({"toolCall": {"functionCalls": [{"id": "c1", "name": "f", "args": {}}]}})"));
    };
    open_connected({{"model", fixed}, {"tools", {{{"name", "f"}}}}, {"update_wait_ms", 1}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("tool_call");
    ASSERT_FALSE(session->update_instructions("Be brief."));
    EXPECT_EQ(await("turn_finished")["reason"], "lost");
    EXPECT_EQ(await("connected")["cause"], "updated");
    EXPECT_EQ(instructions_of(all_setups().back()), "Be brief.");
    EXPECT_EQ(std::count(names.begin(), names.end(), "tool_calls_cancelled"), 0);
    reply = [](ScriptedLink &link) { link.send(answer("Done.")); };
    ASSERT_FALSE(session->tool_response({"c1", "", "ok", std::nullopt, "", std::nullopt}));
    EXPECT_EQ(await("turn_started")["trigger"], "tool");
    const std::vector<json> said = of_kind("clientContent");
    ASSERT_EQ(said.size(), 2u);
    EXPECT_EQ(said[1]["turns"][0]["parts"][0]["text"], R"(The function "f" returned {"output":"ok"})");
}

// W7
TEST_F(UpdatesTest, ChangeThatWaitsForACallIsMadeWithinTheConnectionWhereTheModelTakesIt)
{
    reply = [](ScriptedLink &link) {
        link.send(json::parse(R"({"toolCall": {"functionCalls": [{"id": "c1", "name": "f", "args": {}}]}})"));
    };
    open_connected({{"model", updatable}, {"tools", {{{"name", "f"}}}}, {"update_wait_ms", 1}});
    ASSERT_FALSE(session->send_text({"Hello", true}, request));
    await("tool_call");
    std::promise<void> told;
    on_io_thread([&] {
        server.on_message = [&](ScriptedLink &, const json &message) {
            messages.push_back(message);
            if (message.contains("contextUpdate")) {
                told.set_value();
            }
        };
    });
    ASSERT_FALSE(session->update_instructions("Be brief."));
    ASSERT_EQ(told.get_future().wait_for(std::chrono::milliseconds(patience_ms)), std::future_status::ready);
    EXPECT_EQ(parse_json<json>(session->open_calls_json()).size(), 1u);
    end();
}

TEST_F(UpdatesTest, WhatTheRawSetupSaysIsChangedThere)
{
    open_connected({{"model", updatable}, {"setup", {{"system_instruction", {{"parts", {{{"text", "Raw."}}}}}}}}});
    const Error error = session->update_instructions("Whisper.");
    EXPECT_EQ(error.status, Status::invalid_state);
    EXPECT_THAT(error.message, HasSubstr("option setup"));
    EXPECT_THAT(of_kind("contextUpdate"), IsEmpty());
}

// W43, W44 of the reference.
TEST_F(UpdatesTest, ModelChangesItsLiveSessionsAndASessionOnlyItself)
{
    open_connected({{"model", updatable}, {"instructions", "Be brief."}});
    ASSERT_FALSE(session->update_instructions("Whisper."));
    EXPECT_EQ(of_kind("contextUpdate").size(), 1u);
    EXPECT_EQ(model->configuration().options->text("instructions"), "Be brief.") << "a session's change is its own";
    settings::Options changes;
    ASSERT_FALSE(changes.set_all(R"({"instructions": "Sing.", "temperature": 1})"));
    ASSERT_FALSE(model->update_options(changes));
    await("connected");
    EXPECT_EQ(instructions_of(all_setups().back()), "Sing.");
    EXPECT_EQ(model->configuration().options->text("instructions"), "Sing.");
    settings::Options never;
    ASSERT_FALSE(never.set_all(R"({"temperature": 2, "event_queue": 100})"));
    const Error error = model->update_options(never);
    EXPECT_EQ(error.status, Status::unsupported);
    EXPECT_THAT(error.message, HasSubstr("event_queue"));
    EXPECT_EQ(model->configuration().options->get("temperature"), 1);
}

TEST_F(UpdatesTest, SessionThatCannotTakeItsModelsChangeSaysSo)
{
    open_connected({{"model", updatable}, {"setup", {{"tools", json::array()}}}});
    settings::Options changes;
    ASSERT_FALSE(changes.set_all(R"({"tools": [{"name": "f"}]})"));
    ASSERT_FALSE(model->update_options(changes));
    const json refused = await("not_applied");
    EXPECT_EQ(refused["what"], "update_model_options");
    EXPECT_THAT(refused["why"].get<std::string>(), HasSubstr("option setup"));
}

// W6
TEST_F(UpdatesTest, ChangeThatWaitsInTheInboxDoesNotBringBackAModelThatIsGone)
{
    // The change is given so many steps of the I/O thread after the refusal: one of them is the moment just before.
    for (int steps = 0; steps < 12; ++steps) {
        setups.clear();
        std::promise<void> changed;
        std::function<void(int)> change = [&](int left) {
            if (left == 0) {
                const Error error = update({{"voice", "Kore"}});
                EXPECT_FALSE(error) << error.message;
                changed.set_value();
            } else {
                session->thread()->post([&change, left] { change(left - 1); });
            }
        };
        server.on_setup = [&](ScriptedLink &link) {
            setups.push_back(link.setup);
            if (setups.size() == 1) {
                link.close_with(1008, "models/x is not found for API version v1beta");
                change(steps);
            }
        };
        open({{"api_key", "key"}});
        changed.get_future().wait();
        await("connected");
        const std::vector<json> seen = all_setups();
        ASSERT_GE(seen.size(), 2u);
        EXPECT_NE(seen[1]["model"], seen[0]["model"]) << steps << " steps";
        if (seen.size() > 2) {  // for the voice alone
            EXPECT_EQ(seen[2]["model"], seen[1]["model"]) << steps << " steps";
        }
        end();
    }
}

}  // namespace
}  // namespace gemlive::session
