// The session's controller over a server in memory: no socket, no TLS.
#include <gmock/gmock.h>

#include "controller_fixture.hpp"
#include "session/shared.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(ControllerTest, EventsNameTheirOwnConnection)
{
    server.dial = [](int number) {
        net::DialResult result;
        if (number == 2) {
            result.error = Error(Status::network, "not now");
        }
        return result;
    };
    server.on_message = [](ScriptedLink &link, const json &) { link.lose("cable cut"); };
    open();
    EXPECT_EQ(await("connecting")["connection"], 1);
    EXPECT_EQ(await("connected")["connection"], 1);
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    EXPECT_EQ(await("disconnected")["connection"], 1);
    EXPECT_EQ(await("connecting")["connection"], 2);
    EXPECT_EQ(await("error")["connection"], 2);
    EXPECT_EQ(await("connecting")["connection"], 3);
    EXPECT_EQ(await("connected")["connection"], 3);
}

TEST_F(ControllerTest, LostConnectionIsToldWithItsCause)
{
    server.on_message = [](ScriptedLink &link, const json &) { link.lose("the cable was cut"); };
    open();
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    const json lost = await("disconnected");
    EXPECT_EQ(lost["message"], "the cable was cut");
    EXPECT_EQ(lost["code"], "GEMLIVE_ERROR_NETWORK");
    EXPECT_EQ(lost["close_code"], 1006);
}

// D3
TEST(ModelTest, SetupThatCannotBeEncodedIsRefusedWithASentence)
{
    settings::Options options;
    options.set("api_key", "key");
    options.set("instructions", "not UTF-8: \xff");
    std::shared_ptr<Model> model;
    const Error error = Model::create(options, model);
    EXPECT_EQ(error.status, Status::invalid_argument);
    EXPECT_THAT(error.message, HasSubstr("UTF-8"));
    EXPECT_FALSE(model);
}

// D9
TEST_F(ControllerTest, TwoRefusedResumesDoNotThrowTheHandleAway)
{
    server.dial = [this](int number) {
        server.answers_setup = number != 2 && number != 3;
        return net::DialResult();
    };
    server.on_message = [](ScriptedLink &link, const json &) {
        link.send(resumption("h1"));
        link.lose("cut");
    };
    open({{"connect_timeout_ms", 50}});
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    const json connected = await("connected");
    EXPECT_EQ(connected["connection"], 4);
    EXPECT_EQ(connected["restored"], "resumed");
}

TEST_F(ControllerTest, ContentBeforeTheSetupIsAcceptedOpensNothing)
{
    server.on_setup = [](ScriptedLink &link) {
        link.send(answer("too early"));
        link.send(answer("still too early"));
    };
    open();
    const json error = await("error");
    EXPECT_EQ(error["code"], "GEMLIVE_ERROR_PROTOCOL");
    EXPECT_EQ(error["fatal"], false);
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    ASSERT_FALSE(session->close(false, std::nullopt));
    await("closed");
    EXPECT_THAT(names, ElementsAre("connecting", "error", "connected", "closed"));
}

TEST_F(ControllerTest, CancelledRequestThatWasNotWrittenIsWithdrawn)
{
    std::promise<void> go;
    server.on_setup = [&](ScriptedLink &) { go.get_future().wait(); };
    std::vector<std::string> said;
    server.on_message = [&](ScriptedLink &, const json &message) { said.push_back(message.dump()); };
    open();
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"forget this", true}, request));
    ASSERT_FALSE(session->interrupt());
    ASSERT_FALSE(session->send_text({"but this", true}, request));
    go.set_value();
    EXPECT_EQ(await("reply_failed")["reason"], "cancelled");
    await("connected");
    ASSERT_FALSE(session->close(false, std::nullopt));
    await("closed");
    ASSERT_EQ(said.size(), 1u);
    EXPECT_THAT(said[0], HasSubstr("but this"));
    end();
}

TEST_F(ControllerTest, CallWithoutANameCanBeAnswered)
{
    std::vector<std::string> said;
    server.on_message = [&](ScriptedLink &link, const json &message) {
        said.push_back(message.dump());
        link.send({{"toolCall", {{"functionCalls", {{{"id", "c1"}}}}}}});
    };
    open();
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    EXPECT_EQ(await("tool_call")["name"], "");
    ToolResponse response;
    response.call = "c1";
    response.output = {{"coins", 40}};
    const Error error = session->tool_response(response);
    EXPECT_FALSE(error) << error.message;
    ASSERT_FALSE(session->close(false, std::nullopt));
    await("closed");
    ASSERT_EQ(said.size(), 2u);
    EXPECT_THAT(said[1], HasSubstr(R"("id":"c1")"));
    end();
}

TEST_F(ControllerTest, AnswerToACallThatTheHandleCoversGoesToTheNextServer)
{
    std::vector<std::string> said;
    server.on_message = [&](ScriptedLink &link, const json &message) {
        said.push_back(message.begin().key());
        if (link.number == 1) {
            link.send({{"toolCall", {{"functionCalls", {{{"id", "c1"}, {"name", "price"}}}}}}});
            link.send(resumption("h1"));
            link.lose("cable cut");
        }
    };
    open();
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    EXPECT_EQ(await("connected")["restored"], "resumed");
    ToolResponse response;
    response.call = "c1";
    response.output = 40;
    const Error error = session->tool_response(response);
    EXPECT_FALSE(error) << error.message;
    ASSERT_FALSE(session->close(false, std::nullopt));
    await("closed");
    EXPECT_THAT(said, ElementsAre("realtimeInput", "toolResponse"));
    EXPECT_EQ(std::count(names.begin(), names.end(), "tool_calls_cancelled"), 0);
    end();
}

// C5
TEST_F(ControllerTest, AnswerToACallThatIsNewerThanTheHandleGoesAsContent)
{
    std::vector<json> said;
    server.on_message = [&](ScriptedLink &link, const json &message) {
        said.push_back(message);
        if (link.number == 1) {
            link.send(resumption("h1"));
            link.send({{"toolCall", {{"functionCalls", {{{"id", "c1"}, {"name", "price"}}}}}}});
            link.lose("cable cut");
        } else {
            link.send(answer("Forty coins."));
        }
    };
    open();
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    EXPECT_EQ(await("connected")["restored"], "resumed");
    ToolResponse response;
    response.call = "c1";
    response.output = 40;
    const Error error = session->tool_response(response);
    EXPECT_FALSE(error) << error.message;
    EXPECT_EQ(await("turn_started")["trigger"], "tool");
    on_io_thread([&] {
        ASSERT_EQ(said.size(), 2u);
        EXPECT_EQ(said[1]["clientContent"]["turns"][0]["parts"][0]["text"],
                  R"(The function "price" returned {"output":40})");
        EXPECT_EQ(said[1]["clientContent"]["turnComplete"], true);
    });
    EXPECT_EQ(std::count(names.begin(), names.end(), "tool_calls_cancelled"), 0);
    end();
}

// C5
TEST_F(ControllerTest, AnswerThatWaitedForTheNextConnectionGoesAsContentToo)
{
    std::vector<std::string> said;
    server.on_message = [&](ScriptedLink &link, const json &message) {
        said.push_back(message.begin().key());
        if (link.number == 1) {
            server.answers_setup = false;
            link.send(resumption("h1"));
            link.send({{"toolCall", {{"functionCalls", {{{"id", "c1"}, {"name", "price"}}}}}}});
            link.lose("cable cut");
        } else {
            link.send(answer("Forty coins."));
        }
    };
    open({{"connect_timeout_ms", 200}});
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    await("disconnected");
    ToolResponse response;
    response.call = "c1";
    response.output = 40;
    ASSERT_FALSE(session->tool_response(response));
    on_io_thread([this] { server.answers_setup = true; });
    await("text");
    EXPECT_THAT(said, ElementsAre("realtimeInput", "clientContent"));
    end();
}

// 10 ms of silence.
json sound()
{
    return {{"serverContent",
             {{"modelTurn",
               {{"parts", {{{"inlineData", {{"mimeType", "audio/pcm;rate=24000"}, {"data", std::string(640, 'A')}}}}}}}}}}};
}

TEST_F(ControllerTest, AudioAfterGenerationCompleteIsPlayedBeforePlayoutFinished)
{
    ScriptedLink *server_link = nullptr;
    server.on_message = [&](ScriptedLink &link, const json &) {
        server_link = &link;
        link.send(sound());
        link.send({{"serverContent", {{"generationComplete", true}}}});
    };
    open();
    ASSERT_FALSE(session->set_output_format({24'000, 1}));
    await("connected");
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    await("generation_complete");
    std::vector<int16_t> block(480);
    size_t heard = 0;
    ASSERT_EQ(session->read_audio({block.data(), block.size()}, heard), Status::ok);
    EXPECT_EQ(heard, 240u);
    on_io_thread([&] { server_link->send({{"usageMetadata", {{"totalTokenCount", 1}}}}); });
    await("usage");  // by now the library has seen that all was played
    on_io_thread([&] { server_link->send(sound()); });
    on_io_thread([&] { server_link->send({{"serverContent", {{"turnComplete", true}}}}); });
    await("turn_finished");
    ASSERT_EQ(session->read_audio({block.data(), block.size()}, heard), Status::ok);
    EXPECT_EQ(heard, 240u);
    EXPECT_EQ(await("playout_finished")["heard_ms"], 20);
    EXPECT_EQ(std::count(names.begin(), names.end(), "playout_finished"), 1);
    end();
}

TEST_F(ControllerTest, DrainingCloseIsHurriedByASecondClose)
{
    open();
    await("connected");
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"nobody answers this", true}, request));
    ASSERT_FALSE(session->close(true, 3'600'000));
    ASSERT_FALSE(session->close(false, std::nullopt));
    EXPECT_EQ(await("closed")["reason"], "requested");
}

TEST_F(ControllerTest, DrainingCloseIsHurriedByTheModelsClose)
{
    open();
    await("connected");
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"nobody answers this", true}, request));
    ASSERT_FALSE(session->close(true, 3'600'000));
    model->close();
    EXPECT_EQ(await("closed")["reason"], "requested");
}

TEST_F(ControllerTest, SecondCloseCannotMakeTheFirstOneWait)
{
    open();
    await("connected");
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"nobody answers this", true}, request));
    ASSERT_FALSE(session->close(false, 10));
    ASSERT_FALSE(session->close(true, 3'600'000));
    EXPECT_EQ(await("closed")["reason"], "requested");
}

// J10
TEST_F(ControllerTest, CommandsWithoutAConnectionAreBounded)
{
    server.answers_setup = false;
    open({{"command_queue", 100}});
    await("connecting");
    const std::string message = R"({"realtimeInput":{"text":")" + std::string(2'000, 'x') + "\"}}";
    int taken = 0;
    Error error;
    for (int i = 0; i < 1'000; ++i) {
        error = session->send_raw(message);
        taken += !error;
        on_io_thread([] {});  // the inbox is empty again
    }
    EXPECT_EQ(error.status, Status::would_block);
    EXPECT_EQ(taken, 100);
}

// J10
TEST_F(ControllerTest, BytesOfCommandsAreBoundedToo)
{
    server.answers_setup = false;
    open({{"command_queue_bytes", 10'000}});
    const std::string message = R"({"realtimeInput":{"text":")" + std::string(2'000, 'x') + "\"}}";
    int taken = 0;
    for (int i = 0; i < 100; ++i) {
        taken += !session->send_raw(message);
    }
    EXPECT_EQ(taken, 4);
}

// J10
TEST_F(ControllerTest, WrittenCommandsMakeRoomForMore)
{
    open({{"command_queue", 4}});
    await("connected");
    const auto deadline = Clock::now() + std::chrono::milliseconds(patience_ms);
    for (int i = 0; i < 100; ++i) {
        while (session->send_raw(R"({"realtimeInput":{"text":"x"}})").status == Status::would_block) {
            ASSERT_LT(Clock::now(), deadline);
            on_io_thread([] {});
        }
    }
}

// J9
TEST_F(ControllerTest, ActivityThatEndsDuringAnOutageIsWholeForTheNextServer)
{
    std::vector<std::string> second;
    server.on_message = [&](ScriptedLink &link, const json &) {
        if (link.number == 1) {
            server.answers_setup = false;
            link.lose("cut");  // with the activity begun
        }
        second = link.received;
        if (link.number > 1 && second.back() == "activityEnd") {
            link.send(answer("heard"));
        }
    };
    open({{"realtime_input_config", {{"automaticActivityDetection", {{"disabled", true}}}}},
          {"connect_timeout_ms", 200}});
    await("connected");
    ASSERT_FALSE(session->start_user_activity());
    await("disconnected");
    const std::vector<int16_t> samples(1'600);
    size_t accepted = 0;
    ASSERT_EQ(session->push_audio({samples.data(), samples.size()}, accepted), Status::ok);
    ASSERT_FALSE(session->end_user_activity());
    on_io_thread([this] { server.answers_setup = true; });
    await("text");
    on_io_thread([&] {
        EXPECT_THAT(second, ElementsAre("activityStart", "audio", "audio", "activityEnd"));
    });
    end();
}

// L4
TEST_F(ControllerTest, BytesThatNobodyAcknowledgesEndTheConnectionWithThatCause)
{
    open({{"liveness_timeout_ms", 40}, {"ping_interval_ms", 10}});
    await("connected");
    on_io_thread([this] {
        server.answers_pings = false;
        server.acknowledges = false;
    });
    const json lost = await("disconnected");
    EXPECT_THAT(lost["message"].get<std::string>(), HasSubstr("liveness_timeout_ms"));
    EXPECT_EQ(lost["code"], "GEMLIVE_ERROR_NETWORK");
}

TEST_F(ControllerTest, UpdateOfATimeoutHoldsForTheNextRequest)
{
    open({{"reply_timeout_ms", 3'600'000}});
    await("connected");
    ASSERT_FALSE(update({{"reply_timeout_ms", 1}}));
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"nobody answers this", true}, request));
    EXPECT_EQ(await("reply_failed")["reason"], "timed_out");
}

TEST_F(ControllerTest, UpdateOfLivenessReachesTheConnectionThatLives)
{
    open({{"liveness_timeout_ms", 3'600'000}, {"ping_interval_ms", 3'600'000}});
    await("connected");
    on_io_thread([this] {
        server.answers_pings = false;
        server.acknowledges = false;
    });
    ASSERT_FALSE(update({{"liveness_timeout_ms", 40}, {"ping_interval_ms", 10}}));
    EXPECT_THAT(await("disconnected")["message"].get<std::string>(), HasSubstr("liveness_timeout_ms"));
}

TEST_F(ControllerTest, UpdateOfWhereToDialAndWithWhatIsForTheNextDial)
{
    server.on_message = [](ScriptedLink &link, const json &) { link.lose("cable cut"); };
    open({{"base_url", "ws://127.0.0.1:1"}});
    await("connected");
    on_io_thread([this] {
        EXPECT_EQ(server.dialled.url.port, 1);
        ASSERT_EQ(server.dialled.headers.size(), 1u);
        EXPECT_EQ(server.dialled.headers[0].value, "key");
    });
    ASSERT_FALSE(update({{"api_key", "another"}, {"base_url", "ws://127.0.0.1:2"}, {"headers", {{"X-Team", "voice"}}}}));
    session->send_raw(R"({"realtimeInput":{"text":"x"}})");
    await("disconnected");
    await("connected");
    on_io_thread([this] {
        EXPECT_EQ(server.dialled.url.port, 2);
        ASSERT_EQ(server.dialled.headers.size(), 2u);
        EXPECT_EQ(server.dialled.headers[0].name, "X-Team");
        EXPECT_EQ(server.dialled.headers[1].value, "another");
    });
}

TEST_F(ControllerTest, UpdateThatCannotBeIsRefusedWhole)
{
    open({{"reply_timeout_ms", 3'600'000}, {"event_queue", 100}});
    await("connected");
    Error error = update({{"reply_timeout_ms", 1}, {"event_queue", 200}});
    EXPECT_EQ(error.status, Status::unsupported);
    EXPECT_THAT(error.message, HasSubstr("event_queue"));
    EXPECT_EQ(update({{"reply_timeout_ms", 1}, {"base_url", "no url"}}).status, Status::invalid_argument);
    on_io_thread([] {});
    EXPECT_FALSE(update({{"event_queue", 100}}));  // as it is
    on_io_thread([] {});
    uint64_t request = 0;
    ASSERT_FALSE(session->send_text({"nobody answers this", true}, request));
    ASSERT_FALSE(session->close(false, 0));
    EXPECT_EQ(await("reply_failed")["reason"], "closed");
    EXPECT_EQ(update({{"reply_timeout_ms", 1}}).status, Status::closed);
}

// J11
TEST(Inbox, CommandThatIsPutBehindTheTakeHasItsPlaceBehindTheAudio)
{
    media::InputStream input{media::InputStream::Settings()};
    Admission admission(8, 1'000);
    Inbox inbox(admission);
    const std::vector<int16_t> samples(100);
    input.push({samples.data(), samples.size()});
    EXPECT_EQ(inbox.put(Command(Command::Kind::start_activity), input), Status::ok);
    Inbox::Taken taken = inbox.take(input);
    ASSERT_EQ(taken.commands.size(), 1u);
    EXPECT_EQ(taken.until, taken.commands.front().mark);

    input.push({samples.data(), samples.size()});
    EXPECT_EQ(inbox.put(Command(Command::Kind::end_activity), input), Status::ok);
    input.take(taken.until);
    input.settle();
    EXPECT_EQ(input.samples_out(), 100u) << "not what belongs before the next command";
    taken = inbox.take(input);
    input.take(taken.commands.front().mark);
    input.settle();
    EXPECT_EQ(input.samples_out(), 200u);
}

// One conversation with everything in it; the n-th thing that is asked of the server or comes from it fails.
class Conversations : public ControllerTest {
protected:
    // Returns how many operations there were.
    int converse()
    {
        names.clear();
        server.on_message = [](ScriptedLink &link, const json &message) {
            if (message.contains("clientContent")) {
                link.send(resumption("h" + std::to_string(link.number)));
                link.send({{"toolCall", {{"functionCalls", {{{"id", "c"}, {"name", "f"}, {"args", json::object()}}}}}}});
            } else if (message.contains("toolResponse")) {
                link.send(answer("done"));
                link.send({{"goAway", {{"timeLeft", "1s"}}}});
            }
        };
        open({{"reply_timeout_ms", 100}, {"ping_interval_ms", 20}, {"liveness_timeout_ms", 50}, {"pong_timeout_ms", 50},
              {"connect_timeout_ms", 100}});
        uint64_t request = 0;
        static_cast<void>(session->send_text({"Hello", true}, request));  // the session may have ended already
        bool closing = false;
        for (json event = next(); !event.is_null() && event["event"] != "closed"; event = next()) {
            const std::string name = event["event"];
            if (name == "tool_call") {
                session->tool_response({event["call"], "", 1, std::nullopt, "", std::nullopt});
            }
            const bool over = name == "reply_failed" || name == "turn_finished";
            if (!closing && (over || (name == "connected" && event["connection"] > 3))) {
                closing = true;
                EXPECT_FALSE(session->close(false, 200));
            }
        }
        EXPECT_EQ(std::count(names.begin(), names.end(), "closed"), 1);
        EXPECT_EQ(session->state(), static_cast<int32_t>(State::closed));
        delivery::EventPtr none;
        EXPECT_EQ(session->own_queue()->take(0, none), Status::closed) << "nothing behind the last event";
        end();
        return server.operations;
    }
};

TEST_F(Conversations, EveryOperationThatFailsStillLeadsToOneClosed)
{
    const int operations = converse();
    EXPECT_GT(operations, 10);
    for (int n = 1; n <= operations; ++n) {
        server = ScriptedService();
        server.fails_at = n;
        converse();
        ASSERT_FALSE(HasFailure()) << "operation " << n << " of " << operations;
    }
}

TEST_F(Conversations, EveryCallThatThrowsStillLeadsToOneClosed)
{
    for (int n = 1;; ++n) {
        server = ScriptedService();
        server.throws_at = n;
        converse();
        ASSERT_FALSE(HasFailure()) << "call " << n << (server.failed.empty() ? "" : server.failed.front());
        if (server.failed.empty()) {
            EXPECT_GT(n, 4);
            break;
        }
    }
}

// W37, N11 of the reference: the model quoted its instructions as its own words, and answered to a full stop.
TEST_F(ControllerTest, InstructionsOfARequestAreMarkedTextOfTheUserWithoutAFullStop)
{
    for (const char *const model_name : {"gemini-2.0-flash-live-001", "gemini-live-2.5-flash-preview",
                                         "gemini-2.5-flash-native-audio-preview-12-2025", "gemini-3.8-live"}) {
        std::vector<json> said;
        server.on_message = [&](ScriptedLink &link, const json &message) {
            said.push_back(message["clientContent"]["turns"]);
            link.send(answer("Hello."));
        };
        open({{"model", model_name}});
        await("connected");
        uint64_t request = 0;
        for (const GenerateReply &reply : {GenerateReply{"Greet.", ""}, GenerateReply{"Greet.", "Hi."}, GenerateReply{"", "Hi."}}) {
            ASSERT_FALSE(session->generate_reply(reply, request));
            await("turn_finished");
        }
        end();
        const auto user = [](const char *text) { return json::array({{{"role", "user"}, {"parts", {{{"text", text}}}}}}); };
        EXPECT_EQ(said, (std::vector<json>{user("<instructions>\nGreet.\n</instructions>"),
                                           user("<instructions>\nGreet.\n</instructions>\nHi."), user("Hi.")}))
            << model_name;
    }
}

}  // namespace
}  // namespace gemlive::session
