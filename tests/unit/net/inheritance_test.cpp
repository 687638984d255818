// No program that the application starts inherits a descriptor of ours.
#include <cstdio>
#include <set>

#include "link_fixture.hpp"

namespace gemlive::net {
namespace {

class InheritanceTest : public NetTest {};

// Sockets, timers, wake-ups and pollers as a program sees them that is started now.
std::multiset<std::string> seen_by_a_child()
{
    std::multiset<std::string> found;
    const std::unique_ptr<FILE, int (*)(FILE *)> child(popen("exec ls -l /proc/self/fd", "r"), pclose);
    char line[512];
    while (child && std::fgets(line, sizeof line, child.get())) {
        const std::string text(line);
        const size_t arrow = text.find("-> ");
        if (arrow != std::string::npos && (text.find("socket:", arrow) != std::string::npos ||
                                           text.find("anon_inode:", arrow) != std::string::npos)) {
            found.insert(text.substr(arrow));
        }
    }
    return found;
}

TEST_F(InheritanceTest, AChildInheritsNoDescriptorOfAConnection)
{
    const auto before = seen_by_a_child();
    test::ScriptedServer server(certificates(), [](test::ServerConnection &connection) {
        connection.send_text("go");
        connection.wait_for_hang_up();
    });
    std::multiset<std::string> within;
    Recorder user;
    user.message_hook = [&] {
        within = seen_by_a_child();
        link->abort();
    };
    DialOptions wanted = options(server.port());
    wanted.url.host = "localhost";  // over the resolver, and several sockets
    talk(wanted, user);
    EXPECT_EQ(user.messages.size(), 1u);
    EXPECT_EQ(within, before);
}

}  // namespace
}  // namespace gemlive::net
