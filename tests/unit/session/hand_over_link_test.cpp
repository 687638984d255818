// A hand-over after a go-away, over a server in memory.
#include "spoken_session.hpp"

namespace gemlive::session {
namespace {

using nlohmann::json;

json go_away(const char *left)
{
    return {{"goAway", {{"timeLeft", left}}}};
}

class HandOverOfLinks : public SpokenSession {
protected:
    // A turn, the handle that covers it, and the end that is near.
    void send_away_after_a_turn()
    {
        on_heard = [this](ScriptedLink &link) {
            if (link.number == 1 && old == nullptr) {
                old = std::static_pointer_cast<ScriptedLink>(link.shared_from_this());
                link.send(answer("Yes."));
                link.send(resumption("h1"));
                link.send(go_away("30s"));
            }
        };
        open();
        await("connected");
        ASSERT_FALSE(session->send_raw(R"({"realtimeInput":{"text":"x"}})"));
        EXPECT_EQ(await("go_away")["plan"], "now");
    }
    ~HandOverOfLinks() override { end(); }

    std::shared_ptr<ScriptedLink> old;
};

// H6
TEST_F(HandOverOfLinks, NextConnectionIsReadyBeforeTheOldOneIsLeft)
{
    bool was_left = true;
    json handle;
    server.on_setup = [&](ScriptedLink &link) {
        if (link.number == 2) {
            was_left = old->is_left();
            handle = link.setup["sessionResumption"]["handle"];
        }
    };
    send_away_after_a_turn();
    EXPECT_EQ(await("connecting")["connection"], 2);
    const json connected = await("connected");
    EXPECT_EQ(connected["connection"], 2);
    EXPECT_EQ(connected["cause"], "go_away");
    EXPECT_EQ(connected["restored"], "resumed");
    EXPECT_EQ(connected["resent"], json({{"audio", json::array()}, {"commands", 0}}));
    on_io_thread([&] {
        EXPECT_FALSE(was_left);
        EXPECT_EQ(handle, "h1");
        EXPECT_TRUE(old->is_left());
    });
    EXPECT_EQ(std::count(names.begin(), names.end(), "disconnected"), 0);
    end();
}

// H6
TEST_F(HandOverOfLinks, WhatIsSaidMeanwhileGoesToTheNextOneOnly)
{
    std::shared_ptr<ScriptedLink> next;
    server.on_setup = [&](ScriptedLink &link) {
        if (link.number == 2) {
            server.answers_setup = false;
            next = std::static_pointer_cast<ScriptedLink>(link.shared_from_this());
        }
    };
    send_away_after_a_turn();
    await("connecting");
    bool asked = false;
    for (int looks = 0; !asked && looks < 10'000; ++looks) {
        on_io_thread([&] { asked = next != nullptr; });
    }
    speak(4 * packet);
    on_io_thread([&] { next->send({{"setupComplete", json::object()}}); });
    await("connected");
    await_heard(2, 4 * packet);
    expect_ramp(2, 0, 4 * packet);
    on_io_thread([&] { EXPECT_TRUE(heard[1].empty()); });
    end();
}

// H6
TEST_F(HandOverOfLinks, ServerThatRefusesTwoIsDialledWhenTheOldOneHasGone)
{
    bool was_left = false;
    server.on_setup = [&](ScriptedLink &link) {
        if (link.number == 2) {
            server.answers_setup = false;
            link.close_with(1008, "the session is in use");
        } else if (link.number == 3) {
            server.answers_setup = true;
            was_left = old->is_left();
        }
    };
    send_away_after_a_turn();
    EXPECT_EQ(await("connecting")["attempt"], 1);
    const json error = await("error");
    EXPECT_EQ(error["fatal"], false);
    EXPECT_EQ(error["connection"], 2);
    const json again = await("connecting");
    EXPECT_EQ(again["connection"], 3);
    EXPECT_EQ(again["attempt"], 2);
    EXPECT_EQ(again["cause"], "go_away");
    EXPECT_EQ(await("connected")["restored"], "resumed");
    on_io_thread([&] { EXPECT_TRUE(was_left); });
    EXPECT_EQ(std::count(names.begin(), names.end(), "disconnected"), 0);
    end();
}

// H6
TEST_F(HandOverOfLinks, TurnThatBeginsMeanwhileIsNotCut)
{
    server.on_setup = [&](ScriptedLink &link) {
        if (link.number == 2) {
            old->send({{"serverContent", {{"modelTurn", {{"parts", {{{"text", "By the way"}}}}}}}}});
        }
    };
    send_away_after_a_turn();
    await("text");
    on_io_thread([&] {
        old->send({{"serverContent", {{"turnComplete", true}}}});
        old->send(resumption("h2"));
    });
    EXPECT_EQ(await("turn_finished")["reason"], "completed");
    const json connected = await("connected");
    EXPECT_EQ(connected["connection"], 3);
    EXPECT_EQ(connected["restored"], "resumed");
    EXPECT_EQ(std::count(names.begin(), names.end(), "error"), 0);
    end();
}

// H6
TEST_F(HandOverOfLinks, OldOneThatIsLostMeanwhileIsALoss)
{
    server.on_setup = [&](ScriptedLink &link) {
        if (link.number == 2) {
            server.answers_setup = false;
            old->lose("cable cut");
        } else {
            server.answers_setup = true;
        }
    };
    send_away_after_a_turn();
    EXPECT_EQ(await("disconnected")["connection"], 1);
    EXPECT_EQ(await("connected")["connection"], 3);
    end();
}

// H6
TEST_F(HandOverOfLinks, CloseMeanwhileWritesWhatWasGiven)
{
    server.on_setup = [&](ScriptedLink &link) { server.answers_setup = link.number == 1; };
    send_away_after_a_turn();
    await("connecting");
    speak(packet);
    ASSERT_FALSE(session->close(false, std::nullopt));
    EXPECT_EQ(await("closed")["reason"], "requested");
    EXPECT_EQ(heard[1].size(), packet);
    EXPECT_EQ(std::count(names.begin(), names.end(), "dropped"), 0);
    end();
}

// Every operation in turn fails, or throws an exception.
TEST_F(HandOverOfLinks, WhateverFailsInItTheSessionGoesOnOrEndsOnce)
{
    for (const bool throws : {false, true}) {
        for (int n = 1;; ++n) {
            server = ScriptedService();
            (throws ? server.throws_at : server.fails_at) = n;
            server.on_message = [](ScriptedLink &link, const json &) {
                if (link.number == 1) {
                    link.send(answer("Yes."));
                    link.send(resumption("h1"));
                    link.send(go_away("30s"));
                }
            };
            names.clear();
            open({{"connect_timeout_ms", 100}, {"outage_budget_ms", 2'000}});
            static_cast<void>(session->send_raw(R"({"realtimeInput":{"text":"x"}})"));
            for (json event = next(); !event.is_null() && event["event"] != "closed"; event = next()) {
                if (event["event"] == "connected" && event["connection"] > 1) {
                    EXPECT_FALSE(session->close(false, 200));
                }
            }
            ASSERT_EQ(std::count(names.begin(), names.end(), "closed"), 1) << n;
            end();
            if (server.failed.empty()) {
                EXPECT_GT(n, 6);
                break;
            }
            ASSERT_LT(n, 100);
        }
    }
}

// D5
TEST_F(HandOverOfLinks, ServerThatSendsAwayAtOnceIsNotStormed)
{
    server.answers_setup = false;
    int dials = 0;
    server.on_setup = [&](ScriptedLink &link) {
        ++dials;
        link.send({{"setupComplete", json::object()}});
        link.send(go_away("60s"));
    };
    open({{"retry_interval_ms", 3'600'000}});
    await("go_away");
    await("go_away");
    on_io_thread([&] { EXPECT_LE(dials, 3); });
    end();
}

}  // namespace
}  // namespace gemlive::session
