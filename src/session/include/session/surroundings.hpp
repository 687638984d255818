#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}
namespace gemlive::net {
class Link;
}

namespace gemlive::session {

// What a session needs of the world; a test brings its own. The clock is base/clock.hpp's.
struct Surroundings {
    using LinkFactory = std::function<std::shared_ptr<net::Link>(boost::asio::io_context &)>;

    Surroundings();  // links of the network, and chance

    LinkFactory make_link;
    uint32_t seed;  // of the delays between attempts
};

}  // namespace gemlive::session
