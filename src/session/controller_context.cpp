// What was said and done, as it is kept for the application and for the next server.
#include "controller.hpp"

namespace gemlive::session {

void Controller::keep_in_context(const dialogue::Effect &effect)
{
    if (std::holds_alternative<dialogue::Audio>(effect)) {
        return;  // its words come by themselves
    }
    int64_t dropped = 0;
    {
        const std::lock_guard lock(shared_->context_mutex);
        shared_->context.take(effect);
        dropped = shared_->context.take_dropped();
    }
    if (dropped > 0) {
        dropped_context_items_ += dropped;
        report_drops(Clock::now(), false);
    }
}

// X3
void Controller::keep_heard(uint64_t turn, std::optional<int64_t> heard_ms)
{
    if (heard_ms) {
        const std::lock_guard lock(shared_->context_mutex);
        shared_->context.cut(turn, *heard_ms);
    }
}

}  // namespace gemlive::session
