#include "delivery/callback_thread.hpp"

#include "delivery/callback_scope.hpp"
#include "platform/thread.hpp"

namespace gemlive::delivery {

CallbackThread::CallbackThread()
{
    platform::start_thread("gemlive-cb", [queue = queue_] { run(*queue); });
}

CallbackThread::~CallbackThread()
{
    queue_->cancel();
}

void CallbackThread::run(EventQueue &queue)
{
    for (;;) {
        HandOut out;
        try {
            const Status status = queue.take(-1, out);
            if (status == Status::cancelled) {
                return;
            }
            const CallbackScope scope;
            out.deliver();
            out.end();  // within the scope: what it may release is the application's code
        } catch (...) {
            // No memory for the event's handle: this event is lost, the sessions go on.
        }
    }
}

}  // namespace gemlive::delivery
