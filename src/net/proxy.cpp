#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "base/base64.hpp"
#include "websocket_parts.hpp"

namespace gemlive::net {
namespace {

int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(const std::string &text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool coded = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                           hex_value(text[i + 2]) >= 0;
        out.push_back(coded ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i]);
        i += coded ? 2 : 0;
    }
    return out;
}

}  // namespace

asio::awaitable<UpgradeReply> WebSocket::connect_through_proxy(std::string authority, std::string userinfo)
{
    namespace http = beast::http;
    http::request<http::empty_body> request(http::verb::connect, authority, 11);
    request.set(http::field::host, authority);
    request.set(http::field::user_agent, "gemlive/0.1");
    if (!userinfo.empty()) {
        const std::string plain = percent_decoded(userinfo);
        const auto *bytes = reinterpret_cast<const uint8_t *>(plain.data());
        request.set(http::field::proxy_authorization,
                    "Basic " + base64::encode(std::span<const uint8_t>(bytes, plain.size())));
    }
    UpgradeReply reply;
    Stream &stream = parts_->stream.next_layer();
    auto [write_error, written] = co_await http::async_write(stream, request, as_result);
    static_cast<void>(written);
    if (write_error) {
        reply.error = write_error;
        co_return reply;
    }
    // The server behind the proxy waits for our TLS hello, so nothing can follow the header that would get lost
    // here.
    beast::flat_buffer buffer(16 * 1024);
    http::response_parser<http::empty_body> parser;
    parser.skip(true);
    auto [read_error, got] = co_await http::async_read_header(stream, buffer, parser, as_result);
    static_cast<void>(got);
    reply.error = read_error;
    if (!read_error && parser.get().result_int() / 100 != 2) {
        reply.declined = true;
        reply.http.status = static_cast<int>(parser.get().result_int());
    }
    co_return reply;
}

}  // namespace gemlive::net
