#pragma once

#include <future>

#include <gtest/gtest.h>

#include "scripted_link.hpp"
#include "session/session.hpp"

namespace gemlive::session {

constexpr int64_t patience_ms = 20'000;

// A session, over a server in memory: no socket, no TLS.
class ControllerTest : public ::testing::Test {
protected:
    ~ControllerTest() override { end(); }

    void open(nlohmann::json changes = nlohmann::json::object())
    {
        nlohmann::json all = {{"api_key", "key"}, {"retry_interval_ms", 1}, {"stall_timeout_ms", 0}};
        all.update(changes);
        settings::Options options;
        ASSERT_FALSE(options.set_all(all.dump()));
        open(options);
    }
    void open(const settings::Options &options)
    {
        Error error = Model::create(options, model);
        ASSERT_FALSE(error) << error.message;
        Surroundings surroundings;
        surroundings.seed = 1;
        surroundings.make_link = [this](net::asio::io_context &io) { return server.make_link(io); };
        error = Session::create(model, nullptr, nullptr, session, surroundings);
        ASSERT_FALSE(error) << error.message;
        error = session->start(1);
        ASSERT_FALSE(error) << error.message;
    }
    Error update(const nlohmann::json &changes)
    {
        settings::Options options;
        EXPECT_FALSE(options.set_all(changes.dump()));
        return session->update_options(options);
    }
    // Runs it where the server lives.
    void on_io_thread(const std::function<void()> &work)
    {
        std::promise<void> done;
        session->thread()->post([&] {
            work();
            done.set_value();
        });
        ASSERT_EQ(done.get_future().wait_for(std::chrono::milliseconds(patience_ms)), std::future_status::ready);
    }
    // A test whose server writes to variables of its own ends the session before those go.
    void end()
    {
        if (session) {
            session->destroy();
            on_io_thread([] {});
            on_io_thread([] {});  // behind what the first one's predecessors have posted
            session.reset();
        }
    }

    // The next event; null when none came in time.
    nlohmann::json next()
    {
        delivery::EventPtr event;
        if (session->own_queue()->take(patience_ms, event) != Status::ok) {
            return nullptr;
        }
        nlohmann::json shown = nlohmann::json::parse(event->json());
        names.push_back(shown["event"]);
        return shown;
    }
    // The next event of that name.
    nlohmann::json await(const std::string &name)
    {
        for (;;) {
            nlohmann::json event = next();
            if (event.is_null() || event["event"] == name) {
                EXPECT_FALSE(event.is_null()) << "no " << name;
                return event;
            }
        }
    }

    ScriptedService server;
    std::shared_ptr<Model> model;
    std::shared_ptr<Session> session;
    std::vector<std::string> names;  // of the events
};

inline nlohmann::json resumption(const std::string &handle)
{
    return {{"sessionResumptionUpdate", {{"newHandle", handle}, {"resumable", true}}}};
}

inline nlohmann::json answer(const std::string &text)
{
    return {{"serverContent", {{"modelTurn", {{"parts", {{{"text", text}}}}}}, {"turnComplete", true}}}};
}

}  // namespace gemlive::session
