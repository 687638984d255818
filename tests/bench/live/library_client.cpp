// The same conversations as the bare client's, through the C API: a thread pushes the microphone's blocks as they come,
// and the sound is taken by a callback, or read at the speaker's rate. See measure.hpp for its arguments.
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include <ctime>
#include <openssl/crypto.h>
#include <gemlive/gemlive.h>
#include <semaphore.h>

#include "measure.hpp"
#include "sound_message.hpp"

using namespace gemlive::bench;

// Each allocation of the process is counted, the library's among them: the names here come before those of the C
// library, which keeps its own under these. OpenSSL's are not: they are the bare client's too.
extern "C" {
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
}

namespace {

std::atomic<uint64_t> allocations{0};

int64_t now_ns()
{
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

Measure measure;
std::mutex measure_mutex;
std::atomic<int> connected{0};
std::atomic<int> lost{0};
long wanted_messages = 0;
sem_t changed;

void on_event(const gemlive_event *event, void *)
{
    switch (gemlive_event_type(event)) {
    case GEMLIVE_EVENT_AUDIO: {
        size_t frames = 0;
        const int16_t *const samples = gemlive_event_audio_s16(event, &frames);
        const int64_t made = frames >= 4 ? plausible_time(samples) : 0;
        const std::lock_guard lock(measure_mutex);
        ++measure.messages;
        if (made != 0 && measure.receive_us.size() < 200'000) {
            measure.receive_us.push_back(static_cast<float>(now_ns() - made) / 1000);
        }
        if (wanted_messages != 0 && measure.messages == static_cast<uint64_t>(wanted_messages)) {
            sem_post(&changed);
        }
        break;
    }
    case GEMLIVE_EVENT_CONNECTED:
        ++connected;
        sem_post(&changed);
        break;
    case GEMLIVE_EVENT_CLOSED:
        std::fprintf(stderr, "library client: %s\n", gemlive_event_json(event, nullptr));
        ++lost;
        sem_post(&changed);
        break;
    }
}

void need(gemlive_status status, const char *what)
{
    if (status != GEMLIVE_OK) {
        std::fprintf(stderr, "%s: %s\n", what, gemlive_last_error_message());
        std::exit(1);
    }
}

void wait_until_all_are_connected(int sessions)
{
    while (connected.load() < sessions) {
        if (lost.load() > 0) {
            std::exit(1);
        }
        while (sem_wait(&changed) != 0) {
        }
    }
}

// Before OpenSSL allocates anything.
[[maybe_unused]] const int openssl_is_not_counted = CRYPTO_set_mem_functions(
    [](size_t size, const char *, int) { return __libc_malloc(size); },
    [](void *memory, size_t size, const char *, int) { return __libc_realloc(memory, size); },
    [](void *memory, const char *, int) { std::free(memory); });

}  // namespace

extern "C" {
void *malloc(size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}
void *calloc(size_t count, size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_calloc(count, size);
}
void *realloc(void *old, size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(old, size);
}
}

int main(int count, char **arguments)
{
    const Task task(count, arguments);
    wanted_messages = task.messages;
    sem_init(&changed, 0, 0);
    gemlive_options *options = nullptr;
    gemlive_model *model = nullptr;
    need(gemlive_options_create(&options), "options");
    const std::string url = "wss://127.0.0.1:" + std::to_string(task.port);
    need(gemlive_options_set_string(options, "base_url", url.c_str()), "base_url");
    need(gemlive_options_set_string(options, "api_key", "bench"), "api_key");
    need(gemlive_options_set_string(options, "ca_file", task.ca_file.c_str()), "ca_file");
    need(gemlive_options_set_string(options, "audio_events", task.speaker != 0 ? "off" : "on"), "audio_events");
    need(gemlive_options_set_instructions(options, task.say.c_str()), "instructions");
    need(gemlive_model_create(options, &model), "model");
    measure.begin(now_ns(), allocations.load());  // of counted messages: they come at once
    std::vector<gemlive_session *> sessions(static_cast<size_t>(task.sessions));
    for (gemlive_session *&session : sessions) {
        need(gemlive_session_create_with_callback(model, nullptr, on_event, nullptr, nullptr, &session), "session");
        if (task.microphone != 0) {
            need(gemlive_session_set_input_format(session, task.microphone, 1), "input format");
        }
        if (task.speaker != 0) {
            need(gemlive_session_set_output_format(session, task.speaker, 1), "output format");
        }
    }
    wait_until_all_are_connected(task.sessions);

    const int64_t block_ns = int64_t{task.block_ms} * 1'000'000;
    const int blocks_a_packet = 50 / task.block_ms;
    const size_t block = static_cast<size_t>(task.microphone) * static_cast<size_t>(task.block_ms) / 1000;
    std::vector<int16_t> sound = microphone_noise(block);
    std::vector<int16_t> heard(static_cast<size_t>(task.speaker) * static_cast<size_t>(task.block_ms) / 1000);
    if (task.messages == 0) {
        const std::lock_guard lock(measure_mutex);
        measure.begin(now_ns(), allocations.load());
    }
    const int64_t begin = now_ns();
    const int64_t end = begin + int64_t{task.seconds} * 1'000'000'000;
    if (task.messages != 0) {
        for (bool all = false; !all && lost.load() == 0;) {
            {
                const std::lock_guard lock(measure_mutex);
                all = measure.messages >= static_cast<uint64_t>(task.messages);
            }
            while (!all && sem_wait(&changed) != 0) {
            }
        }
    } else if (task.microphone == 0 && task.speaker == 0) {
        const timespec until{end / 1'000'000'000, end % 1'000'000'000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    } else {
        int64_t next = begin;
        for (int blocks = 1; next < end; ++blocks) {
            next += block_ns;
            const timespec until{next / 1'000'000'000, next % 1'000'000'000};
            clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
            if (task.microphone == 16'000 && blocks % blocks_a_packet == 0) {
                const int64_t made = now_ns();
                std::memcpy(sound.data() + sound.size() - 4, &made, sizeof made);
            }
            for (gemlive_session *const session : sessions) {
                if (block > 0) {
                    gemlive_session_push_audio_s16(session, sound.data(), block, nullptr);
                }
                if (!heard.empty()) {
                    gemlive_session_read_audio_s16(session, heard.data(), heard.size(), nullptr);
                }
            }
            if (task.microphone == 16'000 && blocks % blocks_a_packet == 0) {
                std::memset(sound.data() + sound.size() - 4, 0, sizeof(int64_t));
            }
        }
    }
    {
        const std::lock_guard lock(measure_mutex);
        measure.end(now_ns(), allocations.load());
    }
    std::_Exit(lost.load() > 0);
}
