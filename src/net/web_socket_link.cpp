#include "web_socket_link.hpp"

#include <exception>
#include <new>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>

#include "base/secrets.hpp"

namespace gemlive::net {
namespace {

// How long an ending connection may take once its fate is known: the server's frames behind a failed write, our
// answer to a close frame, the way of our own close frame past data that we do not read any more.
constexpr auto close_grace = std::chrono::seconds(1);

constexpr size_t max_kept_for_writing = 16 * 1024;

// A server that never stops sending has others waiting for what it sent.
constexpr int max_batch = 32;

Error cancelled()
{
    return Error(Status::cancelled, "the connection was cancelled");
}

}  // namespace

WebSocketLink::WebSocketLink(asio::io_context &io)
    : io_(io), run_queue_(engine::RunQueue::of(io)), message_(asio::use_service<BufferPool>(io)), timer_(io.get_executor())
{
}

asio::awaitable<DialResult> WebSocketLink::dial(const DialOptions &options)
{
    const Self keep = self();
    DialResult result;
    if (phase_ != Phase::idle) {
        result.fault = DialFault::cancelled;
        result.error = cancelled();
        co_return result;
    }
    phase_ = Phase::dialing;
    max_message_bytes_ = options.max_message_bytes;
    const auto dial = std::make_shared<Dial>(io_, options);
    dial_ = dial.get();
    result = co_await dial->run();
    dial_ = nullptr;
    if (stopped() && !result.error) {
        result.fault = DialFault::cancelled;
        result.error = cancelled();
    }
    if (result.error) {
        phase_ = Phase::ended;
    } else {
        web_socket_ = dial->take_web_socket();
        phase_ = Phase::open;
    }
    co_return result;
}

void WebSocketLink::start(LinkHandler &handler)
{
    if (phase_ != Phase::open || is_started()) {
        return;
    }
    handler_ = &handler;
    web_socket_->open(max_message_bytes_, *this);
    reading_ = true;
    // Nothing of the handler's is called inside start().
    asio::post(io_, [self = self()] {
        if (!self->stopped()) {
            self->read_next();
        }
    });
    write_soon();
}

void WebSocketLink::wake()
{
    if (phase_ == Phase::open && is_started() && !writing_) {
        write_soon();
    }
}

void WebSocketLink::ping()
{
    if (phase_ == Phase::open && is_started() && !pinging_ && web_socket_->is_open()) {
        pinging_ = true;
        asio::co_spawn(io_, send_ping(self()), asio::detached);
    }
}

void WebSocketLink::close(uint16_t code, std::string reason, Clock::time_point deadline)
{
    if (stopped() || !is_started()) {
        return;
    }
    if (!end_.close_requested) {
        end_.close_requested = true;
        close_code_ = code;
        close_reason_ = std::move(reason);
        phase_ = Phase::closing;
        if (!writing_) {
            write_soon();
        }
    }
    set_deadline(deadline);
}

void WebSocketLink::fail(EndCause cause, Error why)
{
    if (stopped() || !is_started()) {
        return;
    }
    lost(cause, std::move(why));
    phase_ = Phase::closing;
    close_socket();
}

void WebSocketLink::abort()
{
    phase_ = Phase::ended;
    handler_ = nullptr;
    timer_.cancel();
    if (dial_) {
        dial_->cancel();
    }
    close_socket();
}

Traffic WebSocketLink::traffic() const
{
    Traffic out;
    if (web_socket_) {
        out = web_socket_->traffic();
        out.last_pong = last_pong_;
    }
    return out;
}

std::optional<uint64_t> WebSocketLink::bytes_acknowledged() const
{
    return web_socket_ ? web_socket_->bytes_acknowledged() : std::nullopt;
}

// ---- Reading

void WebSocketLink::read_next()
{
    web_socket_->read(message_.end(), message_.room(), self());
}

void WebSocketLink::on_chunk(const Chunk &chunk)
{
    contain([&] { take_chunk(chunk); });
}

void WebSocketLink::take_chunk(const Chunk &chunk)
{
    if (stopped()) {
        return;
    }
    if (chunk.fault) {
        end_batch();  // what came before it is handled, and nothing follows
        if (stopped()) {
            return;
        }
        if (chunk.too_big) {
            lost(EndCause::too_big, Error(Status::protocol, "the server sent a message of more than " +
                                                                std::to_string(max_message_bytes_) +
                                                                " bytes, the limit that the option "
                                                                "max_message_bytes sets"));
        } else {
            lost(EndCause::protocol,
                 Error(Status::protocol, "the server broke the WebSocket protocol: " + chunk.error.message()));
        }
        phase_ = Phase::closing;
        asio::co_spawn(io_, end_after_fault(self()), asio::detached);
        return;
    }
    if (chunk.error) {
        lost(chunk.error, "reading");
        reading_ended();
        return;
    }
    message_.add(chunk.size);
    if (chunk.expected != 0) {
        message_.make_room(chunk.expected);
    } else {
        ++batch_;
        handler_->on_message(message_.data(), message_.size(), message_.capacity(), chunk.binary);
        message_.clear();
        if (!stopped() && batch_ >= max_batch) {
            end_batch();
        }
    }
    if (!stopped()) {
        read_next();
    }
}

void WebSocketLink::on_read_waits()
{
    contain([this] { end_batch(); });
}

void WebSocketLink::on_pong_frame()
{
    last_pong_ = Clock::now();
    contain([this] {
        if (!stopped()) {
            handler_->on_pong();
        }
    });
}

void WebSocketLink::on_close_frame()
{
    if (!stopped()) {
        phase_ = Phase::closing;
        set_deadline(Clock::now() + close_grace);
    }
}

void WebSocketLink::end_batch()
{
    if (batch_ > 0 && !stopped()) {
        batch_ = 0;
        handler_->on_batch_end();
    }
}

// The server was told in a close frame. Data that is not read would make TCP throw that away.
asio::awaitable<void> WebSocketLink::end_after_fault(Self self)
{
    self->web_socket_->shutdown_send();
    self->set_deadline(Clock::now() + close_grace);
    co_await self->web_socket_->discard_input();
    self->reading_ended();
}

void WebSocketLink::reading_ended()
{
    if (stopped()) {
        return;
    }
    contain([this] { end_batch(); });
    reading_ = false;
    close_socket();
    finish();
}

// ---- Writing

struct WebSocketLink::WriteSoon {
    using allocator_type = engine::OperationAllocator<std::byte>;
    allocator_type get_allocator() const noexcept { return allocator_type(link->soon_memory_); }

    void operator()()
    {
        link->write_soon_ = false;
        if (!link->writing_) {
            link->write_next();
        }
    }

    Self link;
};

void WebSocketLink::write_soon()
{
    if (!write_soon_) {
        write_soon_ = true;
        run_queue_.post(WriteSoon{self()});
    }
}

void WebSocketLink::write_next()
{
    contain([this] {
        if (phase_ == Phase::open) {
            out_.clear();
            const bool pulled = handler_->next_message(out_);
            if (stopped()) {
                return;
            }
            if (pulled) {
                writing_ = true;
                web_socket_->write(out_, self());
                return;
            }
            if (out_.capacity() > max_kept_for_writing) {
                out_ = std::string();
            }
        }
        if (phase_ != Phase::closing) {
            return;
        }
        if (end_.close_requested && !close_frame_begun_ && reading_ && web_socket_->is_open()) {
            close_frame_begun_ = true;
            writing_ = true;
            asio::co_spawn(io_, send_close_frame(self()), asio::detached);
            return;
        }
        finish();
    });
}

void WebSocketLink::on_sent(error_code error)
{
    writing_ = false;
    contain([&] {
        if (stopped()) {
            return;
        }
        if (error) {
            // The reader tells why, if the server said so before it went.
            phase_ = Phase::closing;
            if (const error_code cause = web_socket_->write_error()) {
                lost(cause, "writing");
                set_deadline(Clock::now() + close_grace);
            }
        } else {
            handler_->on_written(out_.size(), web_socket_->traffic().bytes_written);
        }
        if (!stopped()) {
            write_next();
        }
    });
}

asio::awaitable<void> WebSocketLink::send_close_frame(Self self)
{
    co_await self->web_socket_->close(self->close_code_, self->close_reason_);
    self->writing_ = false;
    self->finish();
}

asio::awaitable<void> WebSocketLink::send_ping(Self self)
{
    co_await self->web_socket_->ping();
    self->pinging_ = false;
}

// ---- The end

void WebSocketLink::set_deadline(Clock::time_point at)
{
    if (at >= deadline_ || stopped()) {
        return;
    }
    deadline_ = at;
    timer_.expires_at(at);
    timer_.async_wait([weak = std::weak_ptr<Link>(shared_from_this())](error_code ec) {
        const auto link = std::static_pointer_cast<WebSocketLink>(weak.lock());
        if (!ec && link && Clock::now() >= link->deadline_) {
            link->on_deadline();
        }
    });
}

void WebSocketLink::on_deadline()
{
    if (stopped()) {
        return;
    }
    if (end_.close_requested) {
        lost(EndCause::close_timeout, Error(Status::timeout, "the server did not answer the close frame in time"));
    }
    close_socket();
}

void WebSocketLink::lost(EndCause cause, Error why)
{
    if (!end_.error) {
        end_.cause = cause;
        end_.error = std::move(why);
        end_.error.message = Secrets::remove_from(std::move(end_.error.message));
    }
}

void WebSocketLink::lost(const error_code &ec, const char *doing)
{
    const char *const over = web_socket_->has_tls() ? "TLS" : "TCP";
    if (ec == asio::error::eof) {
        lost(EndCause::hung_up, Error(Status::network, std::string("the server ended ") + over +
                                                           " without a close frame"));
    } else if (ec == asio::ssl::error::stream_truncated) {
        lost(EndCause::hung_up, Error(Status::network, "the server ended TCP without a close frame, and without an "
                                                       "end of TLS"));
    } else if (ec.category() == asio::error::get_ssl_category()) {
        lost(EndCause::tls, Error(Status::network, "TLS broke off: " + ec.message()));
    } else if (ec == asio::error::connection_reset || ec == asio::error::broken_pipe) {
        lost(EndCause::reset, Error(Status::network, std::string("the connection was reset while ") + doing));
    } else {
        lost(EndCause::network, Error(Status::network, std::string("the connection was lost while ") + doing + ": " +
                                                           ec.message()));
    }
}

// The last moment at which the kernel knows what the peer has acknowledged.
void WebSocketLink::close_socket()
{
    if (web_socket_) {
        if (!end_.bytes_acknowledged) {
            end_.bytes_acknowledged = web_socket_->bytes_acknowledged();
        }
        web_socket_->close_socket();
    }
}

// Once nothing runs any more that could still be of interest to the handler.
void WebSocketLink::finish()
{
    if (stopped() || reading_ || writing_) {
        return;
    }
    phase_ = Phase::ended;
    timer_.cancel();
    end_.bytes_written = web_socket_->traffic().bytes_written;
    if (const auto peer = web_socket_->peer_close()) {
        end_.cause = EndCause::close_frame;
        end_.error = Error();
        end_.close_code = peer->code;
        end_.close_reason = Secrets::remove_from(peer->reason);
    }
    LinkHandler &handler = *std::exchange(handler_, nullptr);
    handler.on_end(end_);
}

// Whatever is thrown ends this connection, and no other.
template <typename Body>
void WebSocketLink::contain(Body &&body)
{
    try {
        body();
        return;
    } catch (const std::bad_alloc &) {
        lost(EndCause::memory, Error(Status::out_of_memory, "no memory for a message"));
    } catch (const std::exception &thrown) {
        lost(EndCause::internal, Error(Status::internal, thrown.what()));
    }
    if (!stopped()) {
        phase_ = Phase::closing;
        reading_ = false;
        close_socket();
        finish();
    }
}

}  // namespace gemlive::net
