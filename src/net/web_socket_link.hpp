#pragma once

#include "dial.hpp"
#include "engine/run_queue.hpp"
#include "engine/signal.hpp"
#include "message_buffer.hpp"
#include "net/link.hpp"
#include "websocket.hpp"

namespace gemlive::net {

class WebSocketLink final : public Link, private WebSocketEvents {
public:
    explicit WebSocketLink(asio::io_context &io);

    asio::awaitable<DialResult> dial(const DialOptions &options) override;
    void start(LinkHandler &handler) override;
    void wake() override;
    void ping() override;
    void close(uint16_t code, std::string reason, Clock::time_point deadline) override;
    void fail(EndCause cause, Error why) override;
    void abort() override;
    Traffic traffic() const override;
    std::optional<uint64_t> bytes_acknowledged() const override;

private:
    enum class Phase : uint8_t {
        idle,
        dialing,
        open,     // from a good dial on
        closing,  // nothing more is pulled; what runs comes to its end
        ended,    // the handler hears nothing any more
    };
    struct WriteSoon;
    using Self = std::shared_ptr<WebSocketLink>;

    // What a completion asks first: is there still anybody to act for?
    bool stopped() const { return phase_ == Phase::ended; }
    bool is_started() const { return handler_ != nullptr; }
    Self self() { return std::static_pointer_cast<WebSocketLink>(shared_from_this()); }

    // Reading: one read after the other, until the first error.
    void read_next();
    void on_chunk(const Chunk &chunk) override;
    void on_read_waits() override;
    void on_pong_frame() override;
    void on_close_frame() override;
    void take_chunk(const Chunk &chunk);
    void end_batch();
    void reading_ended();
    static asio::awaitable<void> end_after_fault(Self self);

    // Writing: one message after the other, then the close frame.
    void write_soon();
    void write_next();
    void on_sent(error_code error) override;
    static asio::awaitable<void> send_close_frame(Self self);
    static asio::awaitable<void> send_ping(Self self);

    // The end.
    void set_deadline(Clock::time_point at);  // only ever brings it nearer
    void on_deadline();
    void lost(EndCause cause, Error why);  // the first one is told
    void lost(const error_code &ec, const char *doing);
    void close_socket();
    void finish();
    template <typename Body>
    void contain(Body &&body);

    asio::io_context &io_;
    engine::RunQueue &run_queue_;
    Phase phase_ = Phase::idle;
    LinkHandler *handler_ = nullptr;  // from start() to on_end or abort()

    // Dial.
    Dial *dial_ = nullptr;                   // while it runs
    std::unique_ptr<WebSocket> web_socket_;  // after a good one
    size_t max_message_bytes_ = 0;

    // Read.
    MessageBuffer message_;
    bool reading_ = false;  // from start() to the read that failed
    int batch_ = 0;         // messages since the handler was told that none is left
    std::optional<Clock::time_point> last_pong_;

    // Write and close.
    std::string out_;
    bool writing_ = false;     // a message or the close frame
    bool write_soon_ = false;  // write_next() is posted
    bool pinging_ = false;
    bool close_frame_begun_ = false;
    uint16_t close_code_ = 1000;
    std::string close_reason_;
    engine::OperationMemory soon_memory_;
    engine::Timer timer_;
    Clock::time_point deadline_ = Clock::time_point::max();
    LinkEnd end_;  // what is known of it so far
};

}  // namespace gemlive::net
