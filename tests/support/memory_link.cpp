#include "support/memory_link.hpp"

#include <deque>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/signal.hpp"

namespace gemlive::test {
namespace asio = boost::asio;
using net::EndCause;

// A link whose other end is a MemoryServer. It keeps the order of net/link.hpp: nothing of the handler's is called from
// inside a call into the link, on_end comes once and last, and never after abort().
class MemoryLink final : public net::Link {
public:
    MemoryLink(asio::io_context &io, MemoryNetwork &network)
        : io_(io), network_(network), answered_(io), timer_(io.get_executor())
    {
    }

    asio::awaitable<net::DialResult> dial(const net::DialOptions &options) override
    {
        const auto keep = shared_from_this();
        net::DialResult result;
        if (phase_ != Phase::idle) {
            co_return cancelled();
        }
        phase_ = Phase::dialing;
        server_ = std::make_shared<MemoryServer>();
        network_.servers_.push_back(server_);
        server_->number_ = network_.servers_.size();
        server_->dial_ = options;
        server_->client_ = self();
        co_await asio::post(io_, asio::use_awaitable);
        if (phase_ == Phase::ended) {
            co_return cancelled();
        }
        if (network_.on_dial) {
            network_.on_dial(*server_, result);
        }
        if (network_.fails(MemoryNetwork::Operation::dial)) {
            result.fault = net::DialFault::unreachable;
            result.failed_step = net::Step::tcp;
            result.error = Error(Status::network, "the operation fails by the test's will");
        }
        if (phase_ == Phase::ended) {
            co_return cancelled();
        }
        // A server that goes silent while it is dialled: the deadline's, or abort()'s.
        if (result.fault == net::DialFault::deadline) {
            const bool aborted = co_await answered_.wait_until(options.deadline);
            if (aborted) {
                co_return cancelled();
            }
            result.error = net::step_timeout(result.failed_step, to_ms(options.deadline - options.began));
        }
        phase_ = result.error ? Phase::ended : Phase::open;
        result.reached_server |= !result.error;
        traffic_.last_received = Clock::now();
        co_return result;
    }

    void start(net::LinkHandler &handler) override
    {
        if (phase_ == Phase::open && handler_ == nullptr) {
            handler_ = &handler;
            run_soon();
        }
    }

    void wake() override
    {
        if (phase_ == Phase::open && handler_ != nullptr) {
            run_soon();
        }
    }

    void ping() override
    {
        if (phase_ != Phase::open || handler_ == nullptr) {
            return;
        }
        if (network_.fails(MemoryNetwork::Operation::ping)) {
            break_off("a ping");
            return;
        }
        soon([this] {
            ++server_->pings_;
            if (server_->on_ping) {
                server_->on_ping(*server_);
            } else {
                server_->pong();
            }
        });
    }

    void close(uint16_t code, std::string reason, Clock::time_point deadline) override
    {
        static_cast<void>(reason);
        if (phase_ == Phase::ended || handler_ == nullptr) {
            return;
        }
        if (!end_.close_requested) {
            end_.close_requested = true;
            phase_ = Phase::closing;
            close_frame_ = code;
            run_soon();
        }
        timer_.expires_at(deadline);
        timer_.async_wait([weak = std::weak_ptr<MemoryLink>(self())](boost::system::error_code ec) {
            const auto link = weak.lock();
            if (!ec && link) {
                link->lose(EndCause::close_timeout,
                           Error(Status::timeout, "the server did not answer the close frame in time"));
            }
        });
    }

    void fail(EndCause cause, Error why) override
    {
        if (phase_ != Phase::ended && handler_ != nullptr) {
            break_off(cause, std::move(why));
        }
    }

    void abort() override
    {
        phase_ = Phase::ended;
        handler_ = nullptr;
        timer_.cancel();
        answered_.notify();
    }

    net::Traffic traffic() const override { return traffic_; }

    std::optional<uint64_t> bytes_acknowledged() const override
    {
        return phase_ == Phase::open || phase_ == Phase::closing ? std::optional(acknowledged_) : std::nullopt;
    }

private:
    friend class MemoryServer;
    enum class Phase : uint8_t { idle, dialing, open, closing, ended };
    struct Arrived {
        std::string data;
        bool binary = false;
        bool ends_batch = true;
    };
    static constexpr uint64_t frame_overhead = 8;

    std::shared_ptr<MemoryLink> self() { return std::static_pointer_cast<MemoryLink>(shared_from_this()); }

    net::DialResult cancelled()
    {
        phase_ = Phase::ended;
        net::DialResult result;
        result.fault = net::DialFault::cancelled;
        result.error = Error(Status::cancelled, "the connection was cancelled");
        return result;
    }

    template <typename Body>
    void soon(Body body)
    {
        asio::post(io_, [self = self(), body = std::move(body)] {
            if (self->phase_ != Phase::ended) {
                body();
            }
        });
    }

    void run_soon()
    {
        if (!running_soon_) {
            running_soon_ = true;
            asio::post(io_, [self = self()] {
                self->running_soon_ = false;
                self->run();
            });
        }
    }

    // What came in, then what goes out, then the end: as far as it goes without waiting.
    void run()
    {
        deliver();
        write();
        if (phase_ == Phase::closing && close_frame_ && !writing_) {
            send_close_frame();
        }
        if (lost_) {
            finish();
        }
    }

    void deliver()
    {
        while (handler_ != nullptr && !arrived_.empty()) {
            Arrived next = std::move(arrived_.front());
            arrived_.pop_front();
            if (network_.fails(MemoryNetwork::Operation::read)) {
                break_off("a read");
                return;
            }
            const size_t size = next.data.size();
            next.data.resize(size + 64);
            handler_->on_message(next.data.data(), size, next.data.size(), next.binary);
            if (next.ends_batch && handler_ != nullptr) {
                handler_->on_batch_end();
            }
        }
    }

    void write()
    {
        while (handler_ != nullptr && !lost_ && (writing_ || phase_ == Phase::open)) {
            if (!writing_) {
                out_.clear();
                if (!handler_->next_message(out_)) {
                    return;
                }
                if (phase_ == Phase::ended) {
                    return;
                }
                writing_ = true;
            }
            if (!server_->takes_messages) {
                return;
            }
            writing_ = false;
            if (network_.fails(MemoryNetwork::Operation::write)) {
                break_off("a write");
                return;
            }
            traffic_.bytes_written += out_.size() + frame_overhead;
            if (server_->acknowledges) {
                acknowledged_ = traffic_.bytes_written;
            }
            soon([this, message = out_] {
                server_->received_.push_back(message);
                if (server_->on_message) {
                    server_->on_message(*server_, message);
                }
            });
            handler_->on_written(out_.size(), traffic_.bytes_written);
        }
    }

    void send_close_frame()
    {
        const uint16_t code = *std::exchange(close_frame_, std::nullopt);
        if (network_.fails(MemoryNetwork::Operation::close)) {
            break_off("a close");
            return;
        }
        soon([this, code] {
            server_->close_code_ = code;
            if (server_->on_close_frame) {
                server_->on_close_frame(*server_);
            } else {
                server_->close(code, "");
            }
        });
    }

    void received(uint64_t bytes)
    {
        traffic_.bytes_received += bytes;
        traffic_.last_received = Clock::now();
    }

    void lose(EndCause cause, Error why)
    {
        if (phase_ == Phase::ended || lost_) {
            return;
        }
        lost_ = true;
        phase_ = Phase::closing;
        end_.cause = cause;
        end_.error = std::move(why);
        run_soon();
    }

    // Lost on this side: what has arrived is not read any more.
    void break_off(EndCause cause, Error why)
    {
        arrived_.clear();
        lose(cause, std::move(why));
    }

    void break_off(const char *operation)
    {
        break_off(network_.cause_, Error(Status::network, std::string(operation) + " fails by the test's will"));
    }

    void closed_by_server(uint16_t code, std::string reason)
    {
        if (phase_ == Phase::ended || lost_) {
            return;
        }
        lost_ = true;
        phase_ = Phase::closing;
        end_.cause = EndCause::close_frame;
        end_.close_code = code;
        end_.close_reason = std::move(reason);
        run_soon();
    }

    void finish()
    {
        if (handler_ == nullptr) {
            return;
        }
        end_.bytes_written = traffic_.bytes_written;
        end_.bytes_acknowledged = acknowledged_;
        phase_ = Phase::ended;
        timer_.cancel();
        std::exchange(handler_, nullptr)->on_end(end_);
    }

    asio::io_context &io_;
    MemoryNetwork &network_;
    std::shared_ptr<MemoryServer> server_;
    Phase phase_ = Phase::idle;
    net::LinkHandler *handler_ = nullptr;
    engine::Signal answered_;
    engine::Timer timer_;
    bool running_soon_ = false;

    std::deque<Arrived> arrived_;
    std::string out_;
    bool writing_ = false;  // a message that the server does not take
    std::optional<uint16_t> close_frame_;
    net::Traffic traffic_;
    uint64_t acknowledged_ = 0;
    bool lost_ = false;
    net::LinkEnd end_;
};

void MemoryServer::send(std::string message, bool binary)
{
    if (const auto client = client_.lock(); client && !has_ended()) {
        client->received(message.size() + MemoryLink::frame_overhead);
        client->arrived_.push_back({std::move(message), binary, true});
        client->run_soon();
    }
}

void MemoryServer::send_together(const std::vector<std::string> &messages)
{
    if (const auto client = client_.lock(); client && !has_ended()) {
        for (const std::string &message : messages) {
            client->received(message.size() + MemoryLink::frame_overhead);
            client->arrived_.push_back({message, false, &message == &messages.back()});
        }
        client->run_soon();
    }
}

void MemoryServer::trickle(uint64_t bytes)
{
    if (const auto client = client_.lock(); client && !has_ended()) {
        client->received(bytes);
    }
}

void MemoryServer::pong()
{
    if (const auto client = client_.lock(); client && !has_ended()) {
        client->received(MemoryLink::frame_overhead);
        client->traffic_.last_pong = Clock::now();
        client->soon([client = client.get()] {
            if (client->handler_ != nullptr) {
                client->handler_->on_pong();
            }
        });
    }
}

void MemoryServer::close(uint16_t code, std::string reason)
{
    if (const auto client = client_.lock()) {
        client->closed_by_server(code, std::move(reason));
    }
}

void MemoryServer::drop(EndCause cause, std::string why)
{
    if (const auto client = client_.lock()) {
        client->lose(cause, Error(Status::network, std::move(why)));
    }
}

void MemoryServer::take_stuck_messages()
{
    takes_messages = true;
    if (const auto client = client_.lock()) {
        client->run_soon();
    }
}

bool MemoryServer::has_ended() const
{
    const auto client = client_.lock();
    return !client || client->phase_ == MemoryLink::Phase::ended;
}

net::LinkFactory MemoryNetwork::factory()
{
    return [this](asio::io_context &io) -> std::shared_ptr<net::Link> { return std::make_shared<MemoryLink>(io, *this); };
}

bool MemoryNetwork::fails(Operation operation)
{
    if (++operations_ != failing_) {
        return false;
    }
    failed_operation_ = operation;
    return true;
}

}  // namespace gemlive::test
