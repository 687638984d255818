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
#include "delivery/event_source.hpp"
#include "dialogue/chat_context.hpp"
#include "session/admission.hpp"
#include "session/configuration.hpp"
#include "session/journal.hpp"
#include "session/tool_calls.hpp"
#include "settings/settings.hpp"

namespace gemlive::session {

enum class State : int32_t { connecting = 1, connected, closing, closed };

// Something the application asked for, on its way to the I/O thread.
struct Command {
    enum class Kind : uint8_t {
        send,
        image,
        start_activity,
        end_activity,
        end_stream,
        commit_audio,  // ends the stream unless nothing came since it last ended
        clear_audio,
        add_context,  // content that waits for the end of the turn
        interrupt,
        update,
        close
    };

    explicit Command(Kind kind) : kind(kind) {}

    Kind kind;
    media::InputMark mark;              // where in the pushed audio it was given
    std::vector<JournalEntry> entries;  // what it sends
    std::vector<std::string> not_applied;  // of an update of the chat context
    uint64_t request = 0;               // that it opens
    int64_t timeout_ms = 0;
    bool without_tools = false;  // the request: calls of its answer are refused
    bool in_stream = true;  // applies at its sample of the audio; else at once
    bool drain = false;
    Admission::Ticket ticket;  // until its entries are written, or it is applied and had none
};

// Says that the microphone is off: the server need not wait for more.
JournalEntry stream_end_entry();
// A mark of where the user's activity begins or ends.
JournalEntry activity_entry(ActivityMark mark);

// The queue of commands, bounded by `admission`.
class Inbox {
public:
    explicit Inbox(Admission &admission) : admission_(admission) {}

    // Stamps the command with its place in the audio. would_block: the bound is reached; closed: after close().
    Status put(Command command, const media::InputStream &input);
    struct Taken {
        std::vector<Command> commands;
        media::InputMark until;  // every command put later has its place behind this one
    };
    Taken take(const media::InputStream &input);
    // Lets nothing more in; returns what was never taken.
    std::vector<Command> close();

private:
    Admission &admission_;
    std::mutex mutex_;
    std::vector<Command> commands_;
    bool closed_ = false;
};

// What the application's threads and the I/O thread have in common.
struct Shared {
    explicit Shared(Configuration configuration);

    int64_t now_ms() const { return to_ms(Clock::now() - created); }

    // Those in force. Replaced by the I/O thread only.
    std::shared_ptr<const settings::Settings> settings() const;
    void replace_settings(std::shared_ptr<const settings::Settings> settings);
    // What input is answered with; ok while it is taken. Real-time safe.
    Status refusal() const noexcept { return refusal_.load(std::memory_order_acquire); }
    bool is_closing() const noexcept { return refusal() != Status::ok; }
    // The application wants the end: no more input. False when none was taken any more.
    bool close() noexcept;
    // The session is over, with what its `closed` event says. From now on input is answered with the status it ended
    // with, also where an end was asked for and came of something else.
    void end(const Error &end);
    // The answer to input that is not taken.
    Error closed_error() const;
    // The same after an end that was not the one asked for; else no error.
    Error ended_error() const;

    const Clock::time_point created = Clock::now();
    uint64_t handle = 0;

    // The newest, which may wait for its time. Who changes it holds the mutex from the change to its place in the inbox, so
    // that the last one is in force in the end.
    std::mutex configuration_mutex;
    Configuration configuration;

    // Of the user: what the commands given so far, and the voice in the microphone, come to.
    std::mutex activity_mutex;
    uint64_t activity = 0;  // the number of the open one; 0: none is
    uint64_t last_activity = 0;

    media::InputStream input;
    engine::Activity microphone;  // its push wakes the I/O thread after a rest
    media::Playout playout;
    delivery::EventSource events;
    ToolCalls calls;
    std::mutex context_mutex;
    dialogue::ChatContext context;  // what both sides said; of the mutex
    std::string resumption_handle;  // the newest; of the mutex, since it covers some of what was said
    Admission admission;
    Inbox inbox;

    std::atomic<State> state{State::connecting};
    std::atomic<bool> user_speaks{false};    // as far as anybody said so
    std::atomic<int64_t> last_voice_ms{-1};  // when the microphone last heard some; -1: never yet
    std::atomic<int64_t> lost_frames{0};     // of video, not told of yet
    // Ways of updating the running conversation that the server turned out not to take.
    std::atomic<bool> refuses_context_update{false};
    std::atomic<bool> refuses_system_turn{false};
    std::atomic<bool> destroyed{false};
    // The pusher is a blocking one (write_audio): what it placed is never dropped, so it has to wait instead.
    std::atomic<bool> blocking_writer{false};

    std::mutex room_mutex;
    std::condition_variable room_changed;  // there may be room in the input ring, or no use in waiting

private:
    mutable std::mutex settings_mutex_;
    std::shared_ptr<const settings::Settings> settings_;
    std::atomic<Status> refusal_{Status::ok};
    mutable std::mutex end_mutex_;
    Error end_;
};

}  // namespace gemlive::session
