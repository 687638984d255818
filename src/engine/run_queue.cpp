#include "engine/run_queue.hpp"

namespace gemlive::engine {
namespace {

namespace asio = boost::asio;

// A server that never stops sending, a journal of a minute's sound: then the others' turn comes.
constexpr int max_in_one_go = 64;

}  // namespace

asio::execution_context::id RunQueue::id;

RunQueue::RunQueue(asio::io_context &io)
    : service(io), io_(io), posted_(std::in_place, BOOST_ASIO_CONCURRENCY_HINT_UNSAFE)  // one thread: without locks
{
    posted_->get_executor().on_work_started();  // it never stops
}

void RunQueue::shutdown()
{
    posted_.reset();
}

// False: there may be more.
bool RunQueue::run_posted()
{
    for (int i = 0; i < max_in_one_go; ++i) {
        if (posted_->poll_one() == 0) {
            return true;
        }
    }
    return false;
}

void RunQueue::run_later() noexcept
{
    struct Later {
        using allocator_type = OperationAllocator<std::byte>;
        allocator_type get_allocator() const noexcept { return allocator_type(queue->later_memory_); }

        void operator()()
        {
            queue->run([] {});
        }
        RunQueue *queue;
    };
    try {
        asio::post(io_, Later{this});
    } catch (...) {
        // No memory: the next that happens does it.
    }
}

}  // namespace gemlive::engine
