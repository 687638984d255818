#include "platform/background.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>
#include <vector>

#include "platform/thread.hpp"

namespace gemlive::platform {
namespace {

struct Piece {
    const void *owner;
    Clock::time_point at;
    std::function<void()> work;
};

struct Background {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Piece> waiting;
    bool has_thread = false;
};

// Never destroyed: its thread may outlive main.
Background &background()
{
    static Background *const instance = new Background;
    return *instance;
}

// Until nothing waits. Whoever brings work afterwards starts the next thread.
void work()
{
    Background &all = background();
    std::unique_lock lock(all.mutex);
    while (!all.waiting.empty()) {
        const auto next = std::min_element(all.waiting.begin(), all.waiting.end(),
                                           [](const Piece &a, const Piece &b) { return a.at < b.at; });
        if (const Clock::time_point at = next->at; at > Clock::now()) {
            all.changed.wait_until(lock, at);
            continue;
        }
        const std::function<void()> piece = std::move(next->work);
        all.waiting.erase(next);
        lock.unlock();
        try {
            piece();
        } catch (const std::exception &) {
            // Its owner has counted what did not come of it, or lives no more.
        }
        lock.lock();
    }
    all.has_thread = false;
}

}  // namespace

void do_in_background(const void *owner, Clock::time_point at, std::function<void()> work_piece)
{
    Background &all = background();
    const std::lock_guard lock(all.mutex);
    all.waiting.push_back({owner, at, std::move(work_piece)});
    if (all.has_thread) {
        all.changed.notify_one();
        return;
    }
    try {
        start_thread("gemlive-work", work);
    } catch (...) {
        all.waiting.pop_back();
        throw;
    }
    all.has_thread = true;
}

void cancel_in_background(const void *owner)
{
    Background &all = background();
    std::vector<Piece> cancelled;  // freed behind the lock: what they hold may come back to here
    const std::lock_guard lock(all.mutex);
    for (Piece &piece : all.waiting) {
        if (piece.owner == owner) {
            cancelled.push_back(std::move(piece));
        }
    }
    std::erase_if(all.waiting, [owner](const Piece &piece) { return piece.owner == owner; });
    all.changed.notify_one();
}

}  // namespace gemlive::platform
