#pragma once

#include "net_fixture.hpp"

namespace gemlive::net {

using test::ScriptedServer;
using test::ServerConnection;

// Every case runs over TLS and over plain TCP.
class LinkTest : public NetTest, public ::testing::WithParamInterface<bool> {
protected:
    using Script = ScriptedServer::Script;

    std::unique_ptr<ScriptedServer> serve(Script script)
    {
        if (GetParam()) {
            return std::make_unique<ScriptedServer>(certificates(), std::move(script));
        }
        return std::make_unique<ScriptedServer>([script = std::move(script)](ServerConnection &connection) {
            connection.accept_upgrade();
            script(connection);
        });
    }

    // One connection from start to end; the server is stopped before this returns.
    void talk_with(Script script, Recorder &user)
    {
        const auto server = serve(std::move(script));
        DialOptions wanted = options(server->port(), GetParam());
        wanted.max_message_bytes = limit;
        talk(wanted, user);
        EXPECT_EQ(user.ends, 1);
        failures = server->failures();
    }

    size_t limit = 32u << 20;
    std::vector<std::string> failures;
};

inline std::string noise(size_t size)
{
    std::string out(size, '\0');
    uint32_t state = 12345;
    for (char &c : out) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>(state >> 24);
    }
    return out;
}

}  // namespace gemlive::net
