#pragma once

#include <memory>

#include "delivery/event_queue.hpp"

namespace gemlive::delivery {

// A model's callback thread, named gemlive-cb: started with the first session that has a callback, ended after the last
// owner, on whichever thread that goes: nobody joins it. Its queue is fair, so a slow callback delays the next of
// another session by one call.
class CallbackThread {
public:
    CallbackThread();
    ~CallbackThread();
    CallbackThread(const CallbackThread &) = delete;
    CallbackThread &operator=(const CallbackThread &) = delete;

    // A session joins it with its Deliver.
    const std::shared_ptr<EventQueue> &queue() const noexcept { return queue_; }

private:
    static void run(EventQueue &queue);

    const std::shared_ptr<EventQueue> queue_ = std::make_shared<EventQueue>();
};

}  // namespace gemlive::delivery
