#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.hpp"
#include "engine/activity.hpp"
#include "media/input_stream.hpp"
#include "media/playout.hpp"
#include "delivery/event_queue.hpp"
#include "session/journal.hpp"
#include "settings/options.hpp"
#include "session/profile.hpp"
#include "session/tool_calls.hpp"

namespace gemlive::session {

enum class State : int32_t { connecting = 1, connected, closing, closed };

// Something the application asked for, on its way to the I/O thread.
struct Command {
    enum class Kind : uint8_t { send, image, start_activity, end_activity, interrupt, close };

    explicit Command(Kind kind) : kind(kind) {}

    Kind kind;
    media::InputMark mark;              // where in the pushed audio it was given
    std::vector<JournalEntry> entries;  // what it sends
    uint64_t request = 0;               // that it opens
    int64_t timeout_ms = 0;
    bool in_stream = true;  // applies at its sample of the audio; else at once
    bool drain = false;
};

// The bounded queue of commands.
class Inbox {
public:
    explicit Inbox(size_t bound) : bound_(bound) {}

    // Stamps the command with its place in the audio. would_block: the bound is reached; closed: after close().
    Status put(Command command, const media::InputStream &input);
    std::vector<Command> take();
    // Lets nothing more in; returns what was never taken.
    std::vector<Command> close();

private:
    const size_t bound_;
    std::mutex mutex_;
    std::vector<Command> commands_;
    bool closed_ = false;
};

// What the application's threads and the I/O thread have in common.
struct Shared {
    Shared(settings::Options options, Profile profile, std::shared_ptr<net::TlsContext> tls);

    int64_t now_ms() const { return to_ms(Clock::now() - created); }

    // No more input. `why` is for a session that ends unasked: its commands are then refused with that sentence.
    void close(const std::string &why);
    Error closed_error() const;

    const settings::Options options;
    const Profile profile;
    const std::shared_ptr<net::TlsContext> tls;
    const Clock::time_point created = Clock::now();
    uint64_t handle = 0;

    media::InputStream input;
    engine::Activity microphone;  // its push wakes the I/O thread after a rest
    media::Playout playout;
    delivery::EventQueue events;
    ToolCalls calls;
    Inbox inbox;

    std::atomic<State> state{State::connecting};
    std::atomic<bool> closing{false};    // no more input
    std::atomic<bool> destroyed{false};
    // The pusher is a patient one (write_audio): what it placed is never dropped, so it has to wait instead.
    std::atomic<bool> patient{false};

    mutable std::mutex why_mutex;
    std::string why_closed;

    std::mutex room_mutex;
    std::condition_variable room_changed;  // there may be room in the input ring, or no use in waiting
};

}  // namespace gemlive::session
