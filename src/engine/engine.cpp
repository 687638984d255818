#include "engine/engine.hpp"

#include <algorithm>
#include <mutex>

#include <boost/asio/executor_work_guard.hpp>
#include <openssl/ssl.h>

#include "engine/signal.hpp"
#include "platform/thread.hpp"

namespace gemlive::engine {
namespace {

struct Process {
    std::mutex mutex;
    std::weak_ptr<Engine> engine;
};

// Never destroyed: threads may outlive main.
Process &process()
{
    static Process *const instance = new Process;
    return *instance;
}

}  // namespace

struct IoThread::GridTimer {
    explicit GridTimer(boost::asio::io_context &io) : timer(io.get_executor()) {}
    Timer timer;
};

IoThread::IoThread() : timer_(std::make_unique<GridTimer>(io_)) {}
IoThread::~IoThread() = default;

void IoThread::run(std::shared_ptr<IoThread> self)
{
    self->io_.run();
}

void IoThread::retry(std::function<bool()> done)
{
    post([self = shared_from_this(), done = std::move(done)]() mutable {
        if (!done()) {
            auto timer = std::make_shared<Timer>(self->io_.get_executor(), Clock::now() + grid);
            timer->async_wait([self, timer, done = std::move(done)](boost::system::error_code) mutable {
                self->retry(std::move(done));
            });
        }
    });
}

void IoThread::add(Ticker &ticker)
{
    tickers_.push_back({&ticker, Clock::time_point::max()});
    arm(ticker);
}

void IoThread::remove(Ticker &ticker)
{
    std::erase_if(tickers_, [&ticker](const Due &due) { return due.ticker == &ticker; });
    if (tickers_.empty()) {
        armed_for_ = Clock::time_point::max();
        timer_->timer.cancel();
    }
}

void IoThread::arm(const Ticker &ticker)
{
    const auto due = find(ticker);
    if (due != tickers_.end()) {
        due->at = std::min(due->at, ticker.next_tick());
        if (!ticking_) {
            arm_for(due->at);
        }
    }
}

std::vector<IoThread::Due>::iterator IoThread::find(const Ticker &ticker)
{
    return std::find_if(tickers_.begin(), tickers_.end(), [&ticker](const Due &due) { return due.ticker == &ticker; });
}

void IoThread::arm_for(Clock::time_point next)
{
    const auto since = next.time_since_epoch();
    next = Clock::time_point((since + grid - Clock::duration(1)) / grid * grid);
    if (next >= armed_for_) {
        return;
    }
    armed_for_ = next;
    timer_->timer.expires_at(next);
    timer_->timer.async_wait([this](boost::system::error_code ec) {
        if (!ec) {
            on_timer();
        }
    });
}

void IoThread::on_timer()
{
    armed_for_ = Clock::time_point::max();
    ticking_ = true;
    const auto now = Clock::now();
    const std::vector<Due> all = tickers_;  // a tick may remove its own or another ticker
    for (const Due &due : all) {
        if (due.at > now || find(*due.ticker) == tickers_.end()) {
            continue;
        }
        due.ticker->tick(now);
        const auto left = find(*due.ticker);
        if (left != tickers_.end()) {
            left->at = due.ticker->next_tick();
        }
    }
    ticking_ = false;
    auto next = Clock::time_point::max();
    for (const Due &due : tickers_) {
        next = std::min(next, due.at);
    }
    if (!tickers_.empty()) {
        arm_for(next);
    }
}

struct Engine::Work {
    explicit Work(boost::asio::io_context &io) : guard(io.get_executor()) {}
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard;
};

Engine::Engine() : thread_(new IoThread), work_(std::make_unique<Work>(thread_->io()))
{
    // OpenSSL's own clean-up at exit would pull the floor from under a thread that still runs then.
    OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, nullptr);
    platform::start_thread("gemlive-io", [thread = thread_] { IoThread::run(thread); });
}

Engine::~Engine() = default;

std::shared_ptr<Engine> Engine::acquire()
{
    std::lock_guard lock(process().mutex);
    std::shared_ptr<Engine> engine = process().engine.lock();
    if (!engine) {
        engine.reset(new Engine);
        process().engine = engine;
    }
    return engine;
}

}  // namespace gemlive::engine
