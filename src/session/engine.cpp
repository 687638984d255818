#include "session/engine.hpp"

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <list>
#include <mutex>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <openssl/ssl.h>
#include <pthread.h>

#include "net/signal.hpp"

namespace gemlive::session {
namespace {

struct RunningThread {
    std::thread thread;
    bool finished = false;
};

struct Process {
    std::mutex mutex;
    std::condition_variable changed;
    std::weak_ptr<Engine> engine;
    std::list<RunningThread> threads;
};

// Never destroyed: threads may outlive main.
Process &process()
{
    static Process *const instance = new Process;
    return *instance;
}

// Those that have finished have nothing left to do but to free what belongs to the thread itself.
std::list<RunningThread> take_finished()
{
    std::list<RunningThread> finished;
    auto &threads = process().threads;
    for (auto thread = threads.begin(); thread != threads.end();) {
        const auto next = std::next(thread);
        if (thread->finished) {
            finished.splice(finished.end(), threads, thread);
        }
        thread = next;
    }
    return finished;
}

void join(std::list<RunningThread> finished)
{
    for (RunningThread &running : finished) {
        running.thread.join();
    }
}

}  // namespace

void start_thread(std::function<void()> body)
{
    std::list<RunningThread> finished;
    {
        std::lock_guard lock(process().mutex);
        finished = take_finished();
        RunningThread &running = process().threads.emplace_back();
        try {
            running.thread = std::thread([&running, body = std::move(body)]() mutable {
                body();
                body = nullptr;
                std::lock_guard lock(process().mutex);
                running.finished = true;
                process().changed.notify_all();
            });
        } catch (...) {
            process().threads.pop_back();
            throw;
        }
    }
    join(std::move(finished));
}

bool Engine::wait_until_ended(std::chrono::milliseconds timeout)
{
    std::list<RunningThread> finished;
    bool all = false;
    {
        std::unique_lock lock(process().mutex);
        all = process().changed.wait_for(lock, timeout, [] {
            const auto &threads = process().threads;
            return std::all_of(threads.begin(), threads.end(), [](const auto &thread) { return thread.finished; });
        });
        finished = take_finished();
    }
    join(std::move(finished));
    return all;
}

struct IoThread::Timer {
    explicit Timer(boost::asio::io_context &io) : timer(io.get_executor()) {}
    net::Timer timer;
};

IoThread::IoThread() : timer_(std::make_unique<Timer>(io_)) {}
IoThread::~IoThread() = default;

void IoThread::run(std::shared_ptr<IoThread> self)
{
    pthread_setname_np(pthread_self(), "gemlive-io");
    self->io_.run();
}

void IoThread::retry(std::function<bool()> done)
{
    post([self = shared_from_this(), done = std::move(done)]() mutable {
        if (!done()) {
            auto timer = std::make_shared<net::Timer>(self->io_.get_executor(), Clock::now() + grid);
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
    start_thread([thread = thread_] { IoThread::run(thread); });
}

Engine::~Engine() = default;

std::shared_ptr<Engine> Engine::acquire()
{
    static std::mutex *const one_at_a_time = new std::mutex;
    std::lock_guard lock(*one_at_a_time);
    std::shared_ptr<Engine> engine = process().engine.lock();
    if (!engine) {
        engine.reset(new Engine);
        process().engine = engine;
    }
    return engine;
}

}  // namespace gemlive::session
