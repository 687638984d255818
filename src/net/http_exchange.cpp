#include "net/http_exchange.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "dial.hpp"
#include "websocket_parts.hpp"

namespace gemlive::net {
namespace {

constexpr size_t most_body = 64 * 1024;

}  // namespace

HttpExchange::HttpExchange(asio::io_context &io, DialOptions options, HttpRequest request)
    : options_(std::move(options)), request_(std::move(request)), dial_(std::make_shared<Dial>(io, options_, &request_))
{
}

HttpExchange::~HttpExchange() = default;

asio::awaitable<DialResult> HttpExchange::run()
{
    return dial_->run();
}

void HttpExchange::cancel()
{
    dial_->cancel();
}

asio::awaitable<UpgradeReply> WebSocket::exchange(const Url &url, const HttpRequest &given)
{
    namespace http = beast::http;
    http::request<http::string_body> request(http::string_to_verb(given.method), url.target, 11);
    request.set(http::field::host, url.host_header());
    request.set(http::field::user_agent, "gemlive/0.1");
    request.set(http::field::connection, "close");
    for (const Header &header : given.headers) {
        request.set(header.name, header.value);
    }
    request.body() = given.body;
    request.prepare_payload();
    UpgradeReply reply;
    Stream &stream = parts_->stream.next_layer();
    auto [write_error, written] = co_await http::async_write(stream, request, as_result);
    static_cast<void>(written);
    if (write_error) {
        reply.error = write_error;
        reply.lost = true;
        co_return reply;
    }
    beast::flat_buffer buffer(16 * 1024);
    http::response_parser<http::string_body> parser;
    parser.body_limit(most_body);
    auto [read_error, got] = co_await http::async_read(stream, buffer, parser, as_result);
    static_cast<void>(got);
    reply.error = read_error;
    reply.lost = read_error && read_error.category() != http::make_error_code(http::error::bad_version).category();
    if (!read_error) {
        reply.http.status = static_cast<int>(parser.get().result_int());
        reply.http.retry_after = std::string(parser.get()[http::field::retry_after]);
        reply.http.body = std::move(parser.get().body());
    }
    co_return reply;
}

}  // namespace gemlive::net
