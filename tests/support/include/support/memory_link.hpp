#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/link.hpp"

namespace gemlive::test {

class MemoryLink;

// The server's side of one connection without sockets. All of it is called on the thread of the io_context; what it
// causes on the client's side happens when that runs next.
class MemoryServer {
public:
    // What the test sets, in the network's on_dial or later.
    std::function<void(MemoryServer &, const std::string &message)> on_message;
    std::function<void(MemoryServer &)> on_close_frame;  // without it: answered with the same code
    std::function<void(MemoryServer &)> on_ping;         // without it: answered
    bool acknowledges = true;   // at once, whatever is written; false: nothing any more
    bool takes_messages = true; // false: the client's writes get stuck

    // Nothing happens to a connection that has ended.
    void send(std::string message, bool binary = false);
    void send_together(const std::vector<std::string> &messages);  // in one batch
    void trickle(uint64_t bytes);  // of a message that is not whole yet
    void pong();
    void close(uint16_t code, std::string reason);
    void drop(net::EndCause cause, std::string why);  // without a close frame
    void take_stuck_messages();

    uint64_t number() const { return number_; }  // of the dial, from 1
    const net::DialOptions &dial() const { return dial_; }
    const std::vector<std::string> &received() const { return received_; }
    std::optional<uint16_t> close_code() const { return close_code_; }  // of the client's close frame
    size_t pings() const { return pings_; }
    bool has_ended() const;

private:
    friend class MemoryLink;

    uint64_t number_ = 0;
    net::DialOptions dial_;
    std::vector<std::string> received_;
    std::optional<uint16_t> close_code_;
    size_t pings_ = 0;
    std::weak_ptr<MemoryLink> client_;
};

// Where a test's links come from. Each dial asks on_dial, and is good unless that sets an error in the result. The n-th
// operation can be made to fail, so that a loop over n visits every way in which a connection can be lost.
class MemoryNetwork {
public:
    // Operations are counted over all links, from 1: a dial, a message written, a message delivered, a ping, a close.
    enum class Operation : uint8_t { dial, write, read, ping, close };

    net::LinkFactory factory();  // the network has to outlive its links

    std::function<void(MemoryServer &, net::DialResult &)> on_dial;

    void fail_operation(uint64_t number, net::EndCause cause = net::EndCause::reset)
    {
        failing_ = number;
        cause_ = cause;
    }
    uint64_t operations() const { return operations_; }
    std::optional<Operation> failed_operation() const { return failed_operation_; }

    // Of the dials so far, in order.
    const std::vector<std::shared_ptr<MemoryServer>> &servers() const { return servers_; }
    MemoryServer &server() const { return *servers_.back(); }

private:
    friend class MemoryLink;

    bool fails(Operation operation);

    std::vector<std::shared_ptr<MemoryServer>> servers_;
    uint64_t operations_ = 0;
    uint64_t failing_ = 0;
    net::EndCause cause_ = net::EndCause::reset;
    std::optional<Operation> failed_operation_;
};

}  // namespace gemlive::test
