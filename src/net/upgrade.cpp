#include <boost/asio/ssl/error.hpp>
#include <boost/beast/websocket/error.hpp>

#include "websocket_parts.hpp"

namespace gemlive::net {

asio::awaitable<UpgradeReply> WebSocket::upgrade(const Url &url, const std::vector<Header> &headers)
{
    const auto add_headers = [&headers](beast::websocket::request_type &request) {
        request.set(beast::http::field::user_agent, "gemlive/0.1");
        for (const Header &header : headers) {
            request.set(header.name, header.value);
        }
    };
    parts_->stream.set_option(beast::websocket::stream_base::decorator(add_headers));
    const std::string host = url.host_header();
    beast::websocket::response_type response;
    auto [ec] = co_await parts_->stream.async_handshake(response, host, url.target, as_result);
    UpgradeReply reply;
    reply.error = ec;
    if (ec && ec.category() == beast::websocket::make_error_code(beast::websocket::error::closed).category()) {
        reply.declined = true;
        reply.http.status = static_cast<int>(response.result_int());
        reply.http.retry_after = std::string(response[beast::http::field::retry_after]);
        reply.http.location = std::string(response[beast::http::field::location]);
        reply.http.body = std::move(response.body());
    }
    reply.lost = ec.category() == boost::system::system_category() || ec == asio::error::eof ||
                 ec == asio::ssl::error::stream_truncated || ec == beast::http::error::end_of_stream ||
                 ec == beast::http::error::partial_message;
    co_return reply;
}

}  // namespace gemlive::net
