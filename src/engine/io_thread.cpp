#include "engine/io_thread.hpp"

#include <algorithm>
#include <optional>
#include <system_error>

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include "engine/signal.hpp"
#include "platform/thread.hpp"
#include "platform/wakeup.hpp"

namespace gemlive::engine {
namespace {

thread_local const IoThread *this_thread = nullptr;

using Executor = boost::asio::io_context::executor_type;
using Descriptor = boost::asio::posix::basic_stream_descriptor<Executor>;

}  // namespace

struct IoThread::Waiting {
    explicit Waiting(boost::asio::io_context &io)
        : work(io.get_executor()), timer(io.get_executor()), wakeup(platform::WakeupHandle::create()),
          descriptor(io.get_executor())
    {
        if (!wakeup) {
            throw std::system_error(std::make_error_code(std::errc::too_many_files_open), "an I/O thread's wake-up");
        }
        descriptor.assign(wakeup.descriptor());
    }
    ~Waiting() { descriptor.release(); }  // it is the wake-up's

    std::optional<boost::asio::executor_work_guard<Executor>> work;
    OperationMemory timer_memory;
    Timer timer;
    const platform::WakeupHandle wakeup;
    Descriptor descriptor;
};

IoThread::IoThread() : waiting_(std::make_unique<Waiting>(io_))
{
    wait_for_wakeup();
}

IoThread::~IoThread() = default;

std::shared_ptr<IoThread> IoThread::start()
{
    const std::shared_ptr<IoThread> thread(new IoThread);
    platform::start_thread("gemlive-io", [thread] { thread->run(); });
    return thread;
}

void IoThread::run()
{
    this_thread = this;
    for (bool running = true; running;) {
        try {
            io_.run();
            running = false;
        } catch (...) {
            uncaught_.fetch_add(1, std::memory_order_relaxed);  // the other sessions of the thread go on
        }
    }
    this_thread = nullptr;
}

void IoThread::release()
{
    post([this, self = shared_from_this()] {
        waiting_->work.reset();
        waiting_->descriptor.cancel();
    });
}

bool IoThread::runs_here() const noexcept
{
    return this_thread == this;
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

void IoThread::set_deadline(TimerClient &client, Clock::time_point at)
{
    // What is set during a round waits for the next: else a client that is always due would keep the thread.
    deadlines_.set(client, std::max(at, ticking_ + Clock::duration(1)));
    if (ticking_ == Clock::time_point::min()) {
        arm();
    }
}

void IoThread::clear_deadline(TimerClient &client)
{
    deadlines_.clear(client);
    if (deadlines_.size() == 0 && ticking_ == Clock::time_point::min()) {
        armed_for_ = Clock::time_point::max();
        waiting_->timer.cancel();  // it would keep the thread from ending
    }
}

void IoThread::arm()
{
    if (deadlines_.next() == Clock::time_point::max()) {
        return;
    }
    const auto since = deadlines_.next().time_since_epoch();
    const auto next = Clock::time_point((since + grid - Clock::duration(1)) / grid * grid);
    if (next >= armed_for_) {
        return;
    }
    armed_for_ = next;
    waiting_->timer.expires_at(next);
    waiting_->timer.async_wait(boost::asio::bind_allocator(OperationAllocator<std::byte>(waiting_->timer_memory),
                                                           [this](boost::system::error_code ec) {
                                                               if (!ec) {
                                                                   on_timer();
                                                               }
                                                           }));
}

void IoThread::on_timer()
{
    // Also when a client throws.
    struct Round {
        IoThread &thread;
        ~Round()
        {
            thread.ticking_ = Clock::time_point::min();
            thread.arm();
        }
    };
    armed_for_ = Clock::time_point::max();
    ticking_ = Clock::now();
    const Round round{*this};
    run_queue_.run([this] {
        while (TimerClient *const due = deadlines_.take_due(ticking_)) {
            due->on_deadline(ticking_);
        }
    });
}

void IoThread::wait_for_wakeup()
{
    waiting_->descriptor.async_wait(Descriptor::wait_read, [this](boost::system::error_code ec) {
        if (ec) {
            return;
        }
        waiting_->wakeup.clear();
        wait_for_wakeup();
        run_queue_.run([this] { activity_.call_active(Clock::now()); });
    });
}

void IoThread::wake() const noexcept
{
    waiting_->wakeup.signal();
}

}  // namespace gemlive::engine
