#pragma once

// The one place where Beast is used; included by the two files that compile it, for TCP and for TLS.

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include "oauth.hpp"
#include "socket.hpp"
#include "upgrade.hpp"

namespace gemlive::emulator {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using Code = boost::system::error_code;

// Stream is beast::tcp_stream or a TLS stream on top of one.
template <class Stream>
class SocketConnection : public Wire, public std::enable_shared_from_this<SocketConnection<Stream>> {
public:
    template <class... Args>
    SocketConnection(Hall &hall, int number, Args &&...args)
        : hall_(hall), number_(number), ws_(std::forward<Args>(args)...), timer_(ws_.get_executor())
    {
        ++hall_.open;
    }

    ~SocketConnection() override { --hall_.open; }

    // After the TLS handshake, if there is one.
    void read_request()
    {
        limit(handshake_time);
        parser_.header_limit(64 * 1024);
        http::async_read(ws_.next_layer(), buffer_, parser_,
                         [self = this->shared_from_this()](Code error, size_t) {
                             if (!error)
                                 self->judge_request();
                         });
    }

    void log(const std::string &text) const { hall_.log("connection " + std::to_string(number_) + ": " + text); }

    auto &websocket_stream() { return ws_; }

    void limit(std::chrono::seconds time) { beast::get_lowest_layer(ws_).expires_after(time); }

    // Wire
    void send(std::string message, bool binary) override
    {
        queued_bytes_ += message.size();
        if (queued_bytes_ > most_queued_bytes) {
            log("does not read; reset with " + std::to_string(queued_bytes_) + " bytes unsent");
            cut();
            return;
        }
        push({Out::Kind::message, std::move(message), binary, 0});
    }

    void close(uint16_t code, const std::string &reason) override
    {
        // More than 123 bytes do not fit into a close frame; the service, too, cuts in the middle of a word.
        push({Out::Kind::close, reason.substr(0, 123), false, code});
    }

    void reset() override { push({Out::Kind::reset, {}, false, 0}); }
    void stall(int64_t reset_after_ms) override
    {
        push({Out::Kind::stall, {}, false, static_cast<size_t>(reset_after_ms)});
    }
    void stop_reading() override { reading_ = false; }
    void split(size_t frame_bytes) override { push({Out::Kind::split, {}, false, frame_bytes}); }

private:
    static constexpr std::chrono::seconds handshake_time{20};
    static constexpr std::chrono::minutes stall_time{10};
    static constexpr size_t most_queued_bytes = 64u << 20;
    static constexpr size_t most_message_bytes = 32u << 20;

    struct Out {
        enum class Kind { message, close, reset, stall, split };
        Kind kind;
        std::string text;
        bool binary;
        size_t number;  // close code, frame size, or milliseconds
    };

    void judge_request()
    {
        const auto &request = parser_.get();
        const HeaderOf header = [&request](std::string_view name) {
            return std::string(request[boost::string_view(name.data(), name.size())]);
        };
        const auto target = request.target();
        if (is_token_request({target.data(), target.size()})) {
            hall_.take_back(number_);
            answer(token_answer({target.data(), target.size()}, header));
            return;
        }
        if (is_access_token_request({target.data(), target.size()})) {
            hall_.take_back(number_);
            const HttpAnswer given = answer_access_token_request({target.data(), target.size()}, request.method() == http::verb::post,
                                                                 request.body(), header);
            hall_.log("an access token is asked for: " + std::to_string(given.status));
            answer(given);
            return;
        }
        endpoint_ = read_endpoint({target.data(), target.size()}, header);
        Upgrade upgrade = plan_upgrade(hall_.rules, number_, endpoint_);
        if (hall_.over_limit()) {
            upgrade = {Upgrade::Fate::refuse, 0, 429, rest_error(429, "Too many sessions."), {}};
        } else if (!websocket::is_upgrade(request) && upgrade.fate == Upgrade::Fate::accept) {
            upgrade = {Upgrade::Fate::refuse, 0, 426, rest_error(426, "This is a WebSocket endpoint."), {}};
        }
        if (upgrade.delay_ms == 0) {
            settle(upgrade);
            return;
        }
        beast::get_lowest_layer(ws_).expires_never();
        timer_.expires_after(std::chrono::milliseconds(upgrade.delay_ms));
        timer_.async_wait([self = this->shared_from_this(), upgrade](Code error) {
            if (!error)
                self->settle(upgrade);
        });
    }

    void settle(const Upgrade &upgrade)
    {
        switch (upgrade.fate) {
        case Upgrade::Fate::accept:
            accept();
            return;
        case Upgrade::Fate::refuse:
            refuse(upgrade);
            return;
        case Upgrade::Fate::reset:
            log("resets before the upgrade");
            cut();
            return;
        case Upgrade::Fate::stall:
            log("stalls before the upgrade");
            hold({});
            return;
        }
    }

    void refuse(const Upgrade &upgrade)
    {
        log("refuses the upgrade with " + std::to_string(upgrade.http_status));
        answer({upgrade.http_status, upgrade.body}, upgrade.headers);
    }

    HttpAnswer token_answer(std::string_view target, const HeaderOf &header)
    {
        HttpAnswer answer = judge_token_request(target, header);
        if (!answer && parser_.get().method() != http::verb::post)
            answer = {404, rest_error(404, "The requested URL was not found on this server.")};
        if (!answer)
            answer = hall_.make_token(parser_.get().body());
        hall_.log("a token is asked for: " + std::to_string(answer.status));
        return answer;
    }

    void answer(const HttpAnswer &answer, const std::vector<std::pair<std::string, std::string>> &headers = {})
    {
        limit(handshake_time);
        auto response = std::make_shared<http::response<http::string_body>>();
        response->version(11);
        response->result(static_cast<unsigned>(answer.status));
        response->set(http::field::content_type, "application/json; charset=UTF-8");
        for (const auto &[name, value] : headers)
            response->set(name, value);
        response->body() = answer.body;
        response->keep_alive(false);
        response->prepare_payload();
        http::async_write(ws_.next_layer(), *response, [self = this->shared_from_this(), response](Code, size_t) {
            beast::get_lowest_layer(self->ws_).socket().shutdown(asio::ip::tcp::socket::shutdown_send,
                                                                 self->ignored_);
            self->drain();
        });
    }

    // A socket closed with unread bytes sends a reset, which may overtake the answer.
    void drain()
    {
        beast::get_lowest_layer(ws_).async_read_some(asio::buffer(drained_),
                                                     [self = this->shared_from_this()](Code error, size_t) {
                                                         if (!error)
                                                             self->drain();
                                                     });
    }

    void accept()
    {
        beast::get_lowest_layer(ws_).expires_never();
        websocket::stream_base::timeout limits;
        limits.handshake_timeout = handshake_time;
        limits.idle_timeout = websocket::stream_base::none();
        limits.keep_alive_pings = false;
        ws_.set_option(limits);
        ws_.read_message_max(most_message_bytes);
        ws_.auto_fragment(false);
        ws_.async_accept(parser_.get(), [self = this->shared_from_this()](Code error) {
            if (error) {
                self->log("upgrade failed: " + error.message());
                return;
            }
            self->begin();
        });
    }

    void begin()
    {
        handler_ = hall_.make_handler(*this, endpoint_, number_);
        log("open, " + std::string(endpoint_.flavour == Flavour::vertex ? "Vertex " : "Gemini ") +
            endpoint_.version);
        buffer_.clear();
        // A peer that skips the TLS goodbye after its close frame ends with a TLS error, not with `closed`.
        ws_.control_callback([this](websocket::frame_type type, beast::string_view) {
            got_close_ = got_close_ || type == websocket::frame_type::close;
        });
        handler_->start();
        read();
    }

    void read()
    {
        if (!reading_)
            return;
        ws_.async_read(buffer_, [self = this->shared_from_this()](Code error, size_t) { self->was_read(error); });
    }

    void was_read(Code error)
    {
        if (error) {
            if (error == websocket::error::closed || got_close_)
                log("closed with " + close_words());
            else if (!cut_)
                log("lost: " + error.message());
            end();
            return;
        }
        if (!reading_)
            return;
        const auto data = buffer_.cdata();
        const std::string_view text(static_cast<const char *>(data.data()), data.size());
        handler_->receive(text, ws_.got_binary());
        buffer_.consume(buffer_.size());
        read();
    }

    std::string close_words() const
    {
        const websocket::close_reason &reason = ws_.reason();
        const unsigned code = reason.code == websocket::close_code::none ? 1005u : unsigned{reason.code};
        return std::to_string(code) + (reason.reason.empty() ? "" : " ") + reason.reason.c_str();
    }

    void end()
    {
        if (handler_)
            handler_->lost();
        timer_.cancel();
        queue_.clear();
        stalled_ = true;
    }

    void push(Out out)
    {
        if (cut_ || stalled_)
            return;
        queue_.push_back(std::move(out));
        if (!writing_)
            write();
    }

    void write()
    {
        while (!queue_.empty() && !writing_ && !stalled_) {
            Out &out = queue_.front();
            switch (out.kind) {
            case Out::Kind::message:
                write_frame(0);
                return;
            case Out::Kind::split:
                frame_bytes_ = out.number;
                break;
            case Out::Kind::reset:
                cut();
                return;
            case Out::Kind::stall:
                hold(std::chrono::milliseconds(out.number));
                return;
            case Out::Kind::close:
                write_close(out);
                return;
            }
            queue_.pop_front();
        }
    }

    // One frame of the message in front, from `offset`.
    void write_frame(size_t offset)
    {
        writing_ = true;
        const Out &out = queue_.front();
        const size_t left = out.text.size() - offset;
        const size_t size = frame_bytes_ == 0 ? left : std::min(frame_bytes_, left);
        ws_.binary(out.binary);
        ws_.async_write_some(size == left, asio::buffer(out.text.data() + offset, size),
                             [self = this->shared_from_this(), offset, size](Code error, size_t) {
                                 self->was_written(error, offset + size);
                             });
    }

    void was_written(Code error, size_t offset)
    {
        writing_ = false;
        if (error || queue_.empty())
            return;
        if (offset < queue_.front().text.size()) {
            write_frame(offset);
            return;
        }
        queued_bytes_ -= queue_.front().text.size();
        queue_.pop_front();
        write();
    }

    void write_close(const Out &out)
    {
        writing_ = true;
        websocket::close_reason reason;
        if (out.number != 1005) {
            reason.code = static_cast<uint16_t>(out.number);
            reason.reason.assign(out.text.data(), out.text.size());
        }
        ws_.async_close(reason, [self = this->shared_from_this()](Code) { self->end(); });
    }

    // RST, not FIN: linger with no time drops what is unsent and says so to the peer.
    void cut()
    {
        cut_ = true;
        auto &socket = beast::get_lowest_layer(ws_).socket();
        socket.set_option(asio::socket_base::linger(true, 0), ignored_);
        socket.close(ignored_);
        queue_.clear();
    }

    // Open, but deaf and mute. Not for ever: a peer that leaves cannot be noticed without reading.
    void hold(std::chrono::milliseconds time)
    {
        stalled_ = true;
        reading_ = false;
        beast::get_lowest_layer(ws_).expires_never();
        timer_.expires_after(time.count() > 0 ? time : stall_time);
        timer_.async_wait([self = this->shared_from_this()](Code error) {
            if (!error)
                self->cut();
        });
    }

    Hall &hall_;
    int number_;
    websocket::stream<Stream, false> ws_;
    asio::steady_timer timer_;
    beast::flat_buffer buffer_;
    http::request_parser<http::string_body> parser_;
    Endpoint endpoint_;
    std::shared_ptr<Handler> handler_;
    std::deque<Out> queue_;
    size_t queued_bytes_ = 0;
    size_t frame_bytes_ = 0;
    bool writing_ = false;
    bool reading_ = true;
    bool stalled_ = false;
    bool cut_ = false;
    bool got_close_ = false;
    Code ignored_;
    char drained_[1024];
};

}  // namespace gemlive::emulator
