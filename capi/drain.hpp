#pragma once

#include <memory>

#include <gemlive/gemlive_types.h>

#include "base/status.hpp"
#include "delivery/event_queue.hpp"

// What the calls that drain a queue have in common, whether it is a session's or its model's.
namespace gemlive::capi {

// Calls `release` with user_data when the last copy is gone.
std::shared_ptr<void> owned(void *user_data, gemlive_release_callback release);

// Gives the event to the application for the length of the call.
void call_back(gemlive_event_callback callback, void *user_data, const delivery::EventPtr &event);

Error poll_event(delivery::EventQueue &queue, int64_t timeout_ms, gemlive_event **event);
Error dispatch_events(delivery::EventQueue &queue, gemlive_event_callback callback, void *user_data, size_t max_events);
delivery::EventQueue::Hook hook_of(gemlive_wakeup_callback callback, const std::shared_ptr<void> &owner);

}  // namespace gemlive::capi
