#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>

namespace gemlive::talk {

using Time = std::chrono::steady_clock::time_point;

enum class StopReason { none, signal, timeout, output_broken, session_closed };

// Why and when the program is to end before its script does: a signal, --timeout, or nobody reading stdout.
// Everything that waits takes the token, so that the session can still be closed in order.
class Stop {
public:
    explicit Stop(std::optional<Time> deadline);
    ~Stop();
    Stop(const Stop &) = delete;
    Stop &operator=(const Stop &) = delete;

    void request(StopReason reason);

    std::stop_token token() const { return source_.get_token(); }
    StopReason reason() const { return reason_; }

    // Readable once stopped, for those who wait with poll().
    int descriptor() const { return stopped_pipe_[0]; }

private:
    void watch();

    std::optional<Time> deadline_;
    std::stop_source source_;
    std::atomic<StopReason> reason_ = StopReason::none;
    int stopped_pipe_[2] = {-1, -1};
    int quit_pipe_[2] = {-1, -1};
    std::thread watcher_;
};

// False when `stop` came first.
bool sleep_until(Time time, std::stop_token stop);

// Called before a second signal ends the program hard; has to be async-signal-safe.
void set_last_words(void (*restore)());

}  // namespace gemlive::talk
