#include "stop.hpp"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <stdexcept>
#include <unistd.h>

namespace gemlive::talk {
namespace {

constexpr int hard_exit_code = 130;

int signal_pipe[2] = {-1, -1};
volatile sig_atomic_t signals_seen = 0;
void (*volatile last_words)() = nullptr;

void on_signal(int)
{
    const int saved = errno;
    signals_seen = signals_seen + 1;
    if (signals_seen > 1) {
        if (last_words != nullptr) {
            last_words();
        }
        _exit(hard_exit_code);
    }
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(signal_pipe[1], &byte, 1);
    errno = saved;
}

void make_pipe(int (&ends)[2])
{
    if (pipe(ends) != 0) {
        throw std::runtime_error("no file descriptors left");
    }
    for (const int end : ends) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
}

void write_byte(int descriptor)
{
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(descriptor, &byte, 1);
}

}  // namespace

void set_last_words(void (*restore)())
{
    last_words = restore;
}

Stop::Stop(std::optional<Time> deadline) : deadline_(deadline)
{
    make_pipe(stopped_pipe_);
    make_pipe(quit_pipe_);
    make_pipe(signal_pipe);
    struct sigaction action = {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        sigaction(number, &action, nullptr);
    }
    signal(SIGPIPE, SIG_IGN);
    watcher_ = std::thread([this] { watch(); });
}

Stop::~Stop()
{
    write_byte(quit_pipe_[1]);
    watcher_.join();
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        signal(number, SIG_DFL);
    }
    for (int *ends : {stopped_pipe_, quit_pipe_, signal_pipe}) {
        close(ends[0]);
        close(ends[1]);
    }
}

void Stop::request(StopReason reason)
{
    StopReason none = StopReason::none;
    if (reason_.compare_exchange_strong(none, reason)) {
        source_.request_stop();
        write_byte(stopped_pipe_[1]);
    }
}

void Stop::watch()
{
    pollfd ends[] = {{signal_pipe[0], POLLIN, 0}, {quit_pipe_[0], POLLIN, 0}};
    while (true) {
        int timeout_ms = -1;
        if (deadline_) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - std::chrono::steady_clock::now());
            constexpr int64_t longest = 3'600'000;
            timeout_ms = static_cast<int>(std::clamp<int64_t>(left.count(), 0, longest));
        }
        const int ready = poll(ends, 2, timeout_ms);
        if (ready > 0 && (ends[1].revents & POLLIN) != 0) {
            return;
        }
        if (ready > 0 && (ends[0].revents & POLLIN) != 0) {
            char bytes[16];
            [[maybe_unused]] const ssize_t count = read(signal_pipe[0], bytes, sizeof bytes);
            request(StopReason::signal);
            deadline_.reset();
        } else if (ready == 0 && deadline_ && std::chrono::steady_clock::now() >= *deadline_) {
            request(StopReason::timeout);
            deadline_.reset();
        }
    }
}

bool sleep_until(Time time, std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_until(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

}  // namespace gemlive::talk
