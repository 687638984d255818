#include "web_socket_link.hpp"

#include <new>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "base/secrets.hpp"

namespace gemlive::net {
namespace {

// How long an ending connection may take once its fate is known: the server's frames behind a failed write, our
// answer to a close frame, the way of our own close frame past data that we do not read any more.
constexpr auto last_words = std::chrono::seconds(1);

constexpr size_t most_kept_for_writing = 16 * 1024;

std::string lost(const error_code &ec, const char *doing)
{
    if (ec == asio::error::eof || ec.category() != boost::system::system_category()) {
        return "the server hung up without a close frame";
    }
    return std::string("the connection was lost while ") + doing + ": " + ec.message();
}

}  // namespace

WebSocketLink::WebSocketLink(asio::io_context &io)
    : io_(io), timer_(io.get_executor()), wake_(io), inbox_(asio::use_service<BufferPool>(io))
{
}

void WebSocketLink::start(LinkUser &user)
{
    user_ = &user;
    WebSocket::Events events;
    events.on_pong = [this] {
        if (user_ != nullptr) {
            user_->on_pong();
        }
    };
    events.on_peer_close = [this] { limit(Clock::now() + last_words); };
    web_socket_->open(max_message_bytes_, std::move(events));
    loops_ = 2;
    asio::co_spawn(io_, run_reader(self()), asio::detached);
    asio::co_spawn(io_, run_writer(self()), asio::detached);
}

void WebSocketLink::wake()
{
    wake_.notify();
}

void WebSocketLink::ping()
{
    if (user_ != nullptr && !pinging_ && !asked_ && web_socket_->is_open()) {
        pinging_ = true;
        asio::co_spawn(io_, run_ping(self()), asio::detached);
    }
}

void WebSocketLink::close(uint16_t code, std::string reason, Clock::time_point deadline)
{
    if (user_ == nullptr) {
        return;
    }
    if (!asked_) {
        asked_ = true;
        asked_code_ = code;
        asked_reason_ = std::move(reason);
    }
    limit(deadline);
    wake_.notify();
}

void WebSocketLink::abort()
{
    aborted_ = true;
    user_ = nullptr;
    lift_limit();
    interrupt();
    wake_.notify();
}

size_t WebSocketLink::bytes_written() const
{
    return web_socket_ ? web_socket_->bytes_written() : 0;
}

std::optional<size_t> WebSocketLink::bytes_unacknowledged() const
{
    return web_socket_ ? web_socket_->bytes_unacknowledged() : std::nullopt;
}

// Nothing of the user's is called inside start(): a spawned coroutine may run at once.
asio::awaitable<void> WebSocketLink::run_reader(Self self)
{
    co_await asio::post(self->io_, asio::use_awaitable);
    try {
        co_await self->read_messages();
    } catch (const std::bad_alloc &) {
        self->fail(Error(Status::out_of_memory, "no memory for a message that came in"));
    }
    self->reader_ended_ = true;
    self->hang_up();
    self->wake_.notify();
    self->loop_ended();
}

asio::awaitable<void> WebSocketLink::run_writer(Self self)
{
    co_await asio::post(self->io_, asio::use_awaitable);
    try {
        co_await self->write_messages();
    } catch (const std::bad_alloc &) {
        self->fail(Error(Status::out_of_memory, "no memory for a message to be sent"));
        self->hang_up();
    }
    self->loop_ended();
}

asio::awaitable<void> WebSocketLink::run_ping(Self self)
{
    co_await self->web_socket_->ping();
    self->pinging_ = false;
}

asio::awaitable<void> WebSocketLink::read_messages()
{
    while (!aborted_) {
        const Chunk chunk = co_await web_socket_->read_some(inbox_.end(), inbox_.room());
        if (aborted_) {
            co_return;
        }
        if (chunk.fault) {
            std::string what = "the server broke the WebSocket protocol: " + chunk.error.message();
            if (chunk.too_big) {
                what = "the server sent a message of more than " + std::to_string(max_message_bytes_) +
                       " bytes, the limit that the option max_message_bytes sets";
            }
            fail(Error(Status::protocol, what));
            // Data that is not read would make TCP throw our close frame away.
            web_socket_->shutdown_send();
            limit(Clock::now() + last_words);
            co_await web_socket_->drain();
            co_return;
        }
        if (chunk.error) {
            fail(Error(Status::network, lost(chunk.error, "reading")));
            co_return;
        }
        inbox_.add(chunk.size);
        if (chunk.expected != 0) {
            inbox_.make_room(chunk.expected);
            continue;
        }
        user_->on_message(inbox_.data(), inbox_.size(), inbox_.capacity(), chunk.binary);
        inbox_.clear();
    }
}

asio::awaitable<void> WebSocketLink::write_messages()
{
    while (!aborted_ && !asked_ && !reader_ended_) {
        out_.clear();
        const bool pulled = user_->next_message(out_);
        if (aborted_) {
            co_return;
        }
        if (!pulled) {
            if (out_.capacity() > most_kept_for_writing) {
                out_ = std::string();
            }
            co_await wake_.wait();
            continue;
        }
        const error_code ec = co_await web_socket_->write_text(out_);
        if (aborted_) {
            co_return;
        }
        if (ec) {
            // The reader tells why, if the server said so before it went.
            const error_code cause = web_socket_->write_error();
            if (cause) {
                fail(Error(Status::network, lost(cause, "writing")));
                limit(Clock::now() + last_words);
            }
            co_return;
        }
        user_->on_written(out_.size());
    }
    if (asked_ && !aborted_ && web_socket_->is_open()) {
        co_await web_socket_->close(asked_code_, asked_reason_);
    }
}

void WebSocketLink::limit(Clock::time_point at)
{
    if (at >= limit_ || aborted_) {
        return;
    }
    limit_ = at;
    timer_.expires_at(at);
    timer_.async_wait([weak = std::weak_ptr<Link>(shared_from_this())](error_code ec) {
        const auto link = std::static_pointer_cast<WebSocketLink>(weak.lock());
        if (!ec && link && Clock::now() >= link->limit_) {
            link->on_limit();
        }
    });
}

void WebSocketLink::lift_limit()
{
    limit_ = Clock::time_point::max();
    timer_.cancel();
}

void WebSocketLink::on_limit()
{
    if (dialing_) {
        timed_out_ = true;
        interrupt();
    } else {
        if (asked_) {
            fail(Error(Status::timeout, "the server did not answer the close frame in time"));
        }
        hang_up();
    }
}

void WebSocketLink::interrupt()
{
    if (lookup_) {
        lookup_->give_up();
    }
    if (race_) {
        race_->stop();
    }
    hang_up();
}

// The last moment at which the kernel knows what the peer has acknowledged.
void WebSocketLink::hang_up()
{
    if (web_socket_) {
        if (!unacknowledged_) {
            unacknowledged_ = web_socket_->bytes_unacknowledged();
        }
        web_socket_->hang_up();
    }
}

void WebSocketLink::fail(Error error)
{
    if (!failure_) {
        failure_ = std::move(error);
        failure_.message = Secrets::remove_from(std::move(failure_.message));
    }
}

LinkEnd WebSocketLink::end() const
{
    LinkEnd out;
    out.asked = asked_;
    out.unacknowledged = unacknowledged_;
    const auto peer = web_socket_->peer_close();
    if (peer) {
        out.close_code = peer->code;
        out.close_reason = Secrets::remove_from(peer->reason);
    } else {
        out.error = failure_;
    }
    return out;
}

void WebSocketLink::loop_ended()
{
    if (--loops_ != 0) {
        return;
    }
    lift_limit();
    if (user_ != nullptr) {
        LinkUser &user = *std::exchange(user_, nullptr);
        user.on_end(end());
    }
}

}  // namespace gemlive::net
