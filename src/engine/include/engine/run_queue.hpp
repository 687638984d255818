#pragma once

#include <optional>
#include <utility>

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "engine/operation_memory.hpp"

namespace gemlive::engine {

// What a handler of an io_context leaves to be done as soon as it has returned. What is posted to the io_context itself
// waits until that has looked at the network once more, which is a system call each time. On the io_context's thread.
class RunQueue final : public boost::asio::execution_context::service {
public:
    using key_type = RunQueue;
    static boost::asio::execution_context::id id;

    explicit RunQueue(boost::asio::io_context &io);

    static RunQueue &of(boost::asio::io_context &io) { return boost::asio::use_service<RunQueue>(io); }

    // For the handler of something that has happened: does the work, then what it has posted here, then what that has
    // posted. When that does not end, the rest waits after all: others have their turn.
    template <typename Work>
    void run(Work &&work)
    {
        if (runs_) {
            work();
            return;
        }
        Run run(*this);
        work();
        run.all_done = run_posted();
    }

    // Never runs within the call. From outside of run() it goes the way of asio::post. Uses the handler's allocator.
    template <typename Handler>
    void post(Handler &&handler)
    {
        Task<std::decay_t<Handler>> task{this, std::forward<Handler>(handler)};
        boost::asio::post(runs_ ? *posted_ : io_, std::move(task));
    }

    class Executor;

private:
    template <typename Handler>
    struct Task {
        using allocator_type = boost::asio::associated_allocator_t<Handler>;
        allocator_type get_allocator() const noexcept { return boost::asio::get_associated_allocator(handler); }

        void operator()()
        {
            queue->run([this] { std::move(handler)(); });
        }

        RunQueue *queue;
        Handler handler;
    };

    // Also when something throws: what is left is done, though later.
    struct Run {
        explicit Run(RunQueue &queue) : queue(queue) { queue.runs_ = true; }
        ~Run()
        {
            queue.runs_ = false;
            if (!all_done) {
                queue.run_later();
            }
        }
        RunQueue &queue;
        bool all_done = false;
    };

    void shutdown() override;
    bool run_posted();
    void run_later() noexcept;

    boost::asio::io_context &io_;
    // Only ever holds handlers, and waits for nothing.
    std::optional<boost::asio::io_context> posted_;
    OperationMemory later_memory_;
    bool runs_ = false;
};

// What posts to it: for those who post by themselves, such as Beast.
class RunQueue::Executor {
public:
    explicit Executor(RunQueue &queue) noexcept : queue_(&queue) {}

    boost::asio::execution_context &query(boost::asio::execution::context_t) const noexcept { return queue_->io_; }
    static constexpr boost::asio::execution::blocking_t query(boost::asio::execution::blocking_t) noexcept
    {
        return boost::asio::execution::blocking.never;
    }
    template <typename Function>
    void execute(Function &&function) const
    {
        queue_->post(std::forward<Function>(function));
    }
    bool operator==(const Executor &other) const noexcept = default;

private:
    RunQueue *queue_;
};

}  // namespace gemlive::engine
