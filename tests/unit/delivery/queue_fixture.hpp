#pragma once

#include <limits>
#include <memory>
#include <string>

#include "delivery/event_queue.hpp"

namespace gemlive::delivery {

constexpr size_t no_bound = std::numeric_limits<size_t>::max();
constexpr EventBound wide{.events = 1000, .bytes = no_bound};

inline std::shared_ptr<Event> audio(size_t frames)
{
    return make_audio_event(frames).event;
}

inline std::shared_ptr<Event> plain(EventType type)
{
    return std::make_shared<Event>(type);
}

inline std::shared_ptr<Event> words(size_t bytes)
{
    return std::make_shared<Event>(EventType::output_transcript, Piece{std::string(bytes, 'a')});
}

// A queue of its own, as a session has that is polled.
struct OneSession {
    explicit OneSession(EventBound bound = wide) : source(bound)
    {
        source.join(queue);
        queue->seal();
    }

    const std::shared_ptr<EventQueue> queue = std::make_shared<EventQueue>();
    EventSource source;
};

}  // namespace gemlive::delivery
