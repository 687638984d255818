// Events of every few milliseconds, each with all that it holds in one piece of memory.
#include <cstring>
#include <memory>
#include <new>

#include "delivery/event.hpp"
#include "event_memory.hpp"

namespace gemlive::delivery {
namespace {

// Allocates room behind what is constructed, and tells where it begins.
template <typename T>
struct RoomBehind {
    using value_type = T;

    RoomBehind(size_t bytes, void *&room) : bytes(bytes), room(&room) {}
    template <typename U>
    RoomBehind(const RoomBehind<U> &other) : bytes(other.bytes), room(other.room)
    {
    }

    T *allocate(size_t count)
    {
        static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__ &&
                      sizeof(T) % alignof(int16_t) == 0);
        auto *const memory = static_cast<char *>(EventMemory::instance().take(count * sizeof(T) + bytes));
        *room = memory + count * sizeof(T);
        return reinterpret_cast<T *>(memory);
    }
    void deallocate(T *memory, size_t count) noexcept
    {
        EventMemory::instance().give_back(memory, count * sizeof(T) + bytes);
    }

    template <typename U>
    bool operator==(const RoomBehind<U> &) const noexcept
    {
        return true;
    }

    size_t bytes;
    void **room;  // of the caller's stack: not touched after allocate
};

struct CopiedText {
    CopiedText(const void *room, size_t size, ServerText::Show show)
        : text({static_cast<const char *>(room), size}, show)
    {
    }

    ServerText text;
};

struct AudioWithText {
    AudioWithText(const void *room, size_t offset, size_t size, ServerText::Show show)
        : event(EventType::audio, Audio()), text({static_cast<const char *>(room) + offset, size}, show)
    {
    }

    Event event;
    ServerText text;
};

void place_samples(AudioEvent &made, void *room, size_t samples)
{
    made.samples = {static_cast<int16_t *>(room), samples};
    std::get<Audio>(made.event->payload).samples = made.samples.data();
    made.set_frames(samples);
}

}  // namespace

void AudioEvent::set_frames(size_t frames)
{
    samples = samples.first(frames);
    std::get<Audio>(event->payload).frames = frames;
}

// `room` is handed to the constructors by reference, and read when the memory is there.
std::shared_ptr<const ServerText> make_server_text(std::string_view message, ServerText::Show show)
{
    void *room = nullptr;
    const auto made = std::allocate_shared<CopiedText>(RoomBehind<CopiedText>(message.size(), room), room,
                                                       message.size(), show);
    std::memcpy(room, message.data(), message.size());
    return {made, &made->text};
}

AudioEvent make_audio_event(size_t samples, std::string_view message, ServerText::Show show)
{
    void *room = nullptr;
    const size_t bytes = samples * sizeof(int16_t);
    const auto made = std::allocate_shared<AudioWithText>(RoomBehind<AudioWithText>(bytes + message.size(), room), room,
                                                          bytes, message.size(), show);
    std::memcpy(static_cast<char *>(room) + bytes, message.data(), message.size());
    AudioEvent event{{made, &made->event}, {}, {made, &made->text}};
    // Without an owner: who holds the event holds the text, and an owner within itself would live for ever.
    made->event.server_message = {std::shared_ptr<const void>(), &made->text};
    place_samples(event, room, samples);
    return event;
}

AudioEvent make_audio_event(size_t samples, std::shared_ptr<const ServerText> text)
{
    void *room = nullptr;
    AudioEvent made;
    made.event = std::allocate_shared<Event>(RoomBehind<Event>(samples * sizeof(int16_t), room), EventType::audio, Audio());
    made.event->server_message = text;
    made.text = std::move(text);
    place_samples(made, room, samples);
    return made;
}

}  // namespace gemlive::delivery
