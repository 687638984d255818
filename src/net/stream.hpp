#pragma once

#include <array>
#include <functional>
#include <optional>

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>

#include "engine/run_queue.hpp"
#include "tls.hpp"
#include "transport.hpp"

namespace gemlive::net {

// Tries, and tries again each time the socket is ready, until something was moved or went wrong.
// `Try` is called as Attempt(Stream &). Allocator and cancellation slot are those of the handler that it carries; its
// executor is the socket's, whatever the handler's is: they are of one thread.
template <typename Stream, typename Try, typename Handler>
class TransferOperation {
public:
    TransferOperation(Stream &stream, Try attempt, Handler handler)
        : stream_(&stream), try_(std::move(attempt)), handler_(std::move(handler))
    {
    }

    using allocator_type = asio::associated_allocator_t<Handler>;
    allocator_type get_allocator() const noexcept { return asio::get_associated_allocator(handler_); }
    using cancellation_slot_type = asio::associated_cancellation_slot_t<Handler>;
    cancellation_slot_type get_cancellation_slot() const noexcept
    {
        return asio::get_associated_cancellation_slot(handler_);
    }

    // The handler is never called within the call that begins the operation.
    void begin()
    {
        const Attempt attempt = try_(*stream_);
        if (attempt.wait != Attempt::Wait::none) {
            wait(attempt.wait);
            return;
        }
        stream_->run_queue().post(Done{std::move(handler_), attempt});
    }

    void operator()(error_code ec)
    {
        stream_->run_queue().run([&] { go_on(ec); });
    }

private:
    struct Done {
        using allocator_type = asio::associated_allocator_t<Handler>;
        allocator_type get_allocator() const noexcept { return asio::get_associated_allocator(handler); }

        void operator()() { std::move(handler)(attempt.error, attempt.bytes); }

        Handler handler;
        Attempt attempt;
    };

    void go_on(error_code ec)
    {
        stream_->transport().on_readable();
        Attempt attempt;
        attempt.error = ec;
        if (!ec) {
            attempt = try_(*stream_);
        }
        if (attempt.wait != Attempt::Wait::none) {
            wait(attempt.wait);
            return;
        }
        std::move(handler_)(attempt.error, attempt.bytes);
    }

    void wait(Attempt::Wait what)
    {
        Stream &stream = *stream_;
        if (what == Attempt::Wait::readable) {
            stream.before_waiting();
            stream.transport().socket().async_wait(TcpSocket::wait_read, std::move(*this));
        } else {
            stream.transport().socket().async_wait(TcpSocket::wait_write, std::move(*this));
        }
    }

    Stream *stream_;
    Try try_;
    Handler handler_;
};

// TCP with or without TLS as one type: Beast's templates, which are what this module's compile time is made of, are
// instantiated once.
class Stream {
public:
    using executor_type = TcpSocket::executor_type;

    explicit Stream(TcpSocket socket)
        : transport_(std::move(socket)), run_queue_(engine::RunQueue::of(get_executor().context()))
    {
    }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    executor_type get_executor() { return transport_.socket().get_executor(); }
    engine::RunQueue &run_queue() { return run_queue_; }
    Transport &transport() { return transport_; }
    const Transport &transport() const { return transport_; }
    Tls &add_tls(TlsContext &context) { return tls_.emplace(context, transport_); }

    bool has_tls() const { return tls_.has_value(); }

    // Called when all that has arrived was given to the reader, and the next read has to wait.
    void on_waiting(std::function<void()> hook) { on_waiting_ = std::move(hook); }
    void before_waiting()
    {
        if (on_waiting_) {
            on_waiting_();
        }
    }

    Attempt try_read(void *data, size_t size)
    {
        return tls_ ? tls_->read(data, size) : transport_.receive(data, size);
    }
    Attempt try_write(const void *data, size_t size)
    {
        return tls_ ? tls_->write(data, size) : transport_.send(data, size);
    }

    template <typename Buffers, typename Handler>
    auto async_read_some(const Buffers &buffers, Handler &&handler)
    {
        return begin(ReadSome{first_of<asio::mutable_buffer>(buffers)}, std::forward<Handler>(handler));
    }

    template <typename Buffers, typename Handler>
    auto async_write_some(const Buffers &buffers, Handler &&handler)
    {
        return begin(WriteSome<Buffers>{buffers}, std::forward<Handler>(handler));
    }

    template <typename Handler>
    auto async_tls_handshake(Handler &&handler)
    {
        return begin(Handshake(), std::forward<Handler>(handler));
    }

private:
    struct ReadSome {
        Attempt operator()(Stream &stream) const { return stream.try_read(data.data(), data.size()); }
        asio::mutable_buffer data;
    };

    // A frame's header must not travel alone, as a record and a packet of its own.
    template <typename Buffers>
    struct WriteSome {
        Attempt operator()(Stream &stream) const
        {
            std::array<char, max_write_bytes> flat;
            const size_t size = asio::buffer_copy(asio::buffer(flat), data);
            return stream.try_write(flat.data(), size);
        }
        Buffers data;
    };

    struct Handshake {
        Attempt operator()(Stream &stream) const { return stream.tls_->handshake(); }
    };

    template <typename Buffer, typename Buffers>
    static Buffer first_of(const Buffers &buffers)
    {
        const auto end = asio::buffer_sequence_end(buffers);
        for (auto at = asio::buffer_sequence_begin(buffers); at != end; ++at) {
            const Buffer buffer(*at);
            if (buffer.size() != 0) {
                return buffer;
            }
        }
        return Buffer();
    }

    template <typename Try, typename Handler>
    auto begin(Try attempt, Handler &&handler)
    {
        return asio::async_initiate<Handler, void(error_code, size_t)>(
            [this](auto &&inner, Try given) {
                using Inner = std::decay_t<decltype(inner)>;
                TransferOperation<Stream, Try, Inner> operation(*this, std::move(given),
                                                                std::forward<decltype(inner)>(inner));
                operation.begin();
            },
            handler, std::move(attempt));
    }

    Transport transport_;
    engine::RunQueue &run_queue_;
    std::optional<Tls> tls_;
    std::function<void()> on_waiting_;
};

// Beast would read until the peer ends TCP and close the socket, which then can't be asked any more what the peer has
// acknowledged. The link closes by itself.
template <typename Handler>
void async_teardown(boost::beast::role_type, Stream &stream, Handler &&handler)
{
    asio::post(stream.get_executor(),
               boost::beast::bind_front_handler(std::forward<Handler>(handler), error_code()));
}

inline void teardown(boost::beast::role_type, Stream &, error_code &) {}

inline void beast_close_socket(Stream &stream)
{
    error_code ignored;
    stream.transport().socket().close(ignored);
}

}  // namespace gemlive::net
