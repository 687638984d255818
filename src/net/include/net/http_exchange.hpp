#pragma once

#include <memory>
#include <string>
#include <vector>

#include "net/link.hpp"

namespace gemlive::net {

class Dial;

struct HttpRequest {
    std::string method = "GET";
    std::vector<Header> headers;
    std::string body;  // sent with POST
};

// One request and its whole answer, by the steps and within the deadline of a dial. An answer with any status is none of
// `error`; it stands in `http`, of its body at most 64 KB.
class HttpExchange {
public:
    HttpExchange(asio::io_context &io, DialOptions options, HttpRequest request);
    ~HttpExchange();

    asio::awaitable<DialResult> run();
    void cancel();  // run() returns as soon as the running step noticed

private:
    const DialOptions options_;
    const HttpRequest request_;
    std::shared_ptr<Dial> dial_;
};

}  // namespace gemlive::net
