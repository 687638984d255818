#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>

#include "base/status.hpp"

namespace gemlive::net {

namespace asio = boost::asio;

struct Addresses {
    Error error;
    std::vector<asio::ip::address> list;
};

// A name look-up that can be cancelled at any time: the system's own cannot be interrupted, so it runs on a small
// pool of threads that nobody waits for. Look-ups of one name at the same time share one call.
class Lookup {
public:
    Lookup(asio::io_context &io, std::string host);
    ~Lookup();
    Lookup(const Lookup &) = delete;
    Lookup &operator=(const Lookup &) = delete;

    // Once. Ends early, with `cancelled`, after cancel().
    asio::awaitable<Addresses> run();
    void cancel();

    struct Waiter;

private:
    std::shared_ptr<Waiter> waiter_;
};

struct ResolverCounters {
    size_t started = 0;   // calls of the system's resolver
    size_t shared = 0;    // look-ups that joined a running one
    size_t refused = 0;   // over the bound of waiting names
    size_t abandoned = 0;  // cancelled before their result came
};
ResolverCounters resolver_counters();

// Replaces the system's look-up (in tests: one that blocks or fails). nullptr brings it back.
using LookupFunction = Addresses (*)(const std::string &host);
LookupFunction replace_lookup_function(LookupFunction function);

}  // namespace gemlive::net
