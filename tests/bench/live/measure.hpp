#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

// What both clients of the bench are told, and how they tell what it took.
namespace gemlive::bench {

struct Task {
    int port = 0;
    int sessions = 1;
    int seconds = 10;
    int microphone = 0;        // its rate; 0: nothing is pushed
    int block_ms = 10;         // what the microphone gives at a time
    int speaker = 0;           // the rate that read_audio asks for; 0: the sound is taken as messages
    long messages = 0;         // ends when so many have come, instead of after the seconds
    std::string say = "none";  // what the server shall do, see live_bench_server
    std::string ca_file;

    Task(int count, char **arguments)
    {
        for (int i = 1; i + 1 < count; i += 2) {
            const std::string_view name = arguments[i];
            const char *const value = arguments[i + 1];
            if (name == "--port") { port = std::atoi(value); }
            else if (name == "--sessions") { sessions = std::atoi(value); }
            else if (name == "--seconds") { seconds = std::atoi(value); }
            else if (name == "--microphone") { microphone = std::atoi(value); }
            else if (name == "--block") { block_ms = std::atoi(value); }
            else if (name == "--speaker") { speaker = std::atoi(value); }
            else if (name == "--messages") { messages = std::atol(value); }
            else if (name == "--say") { say = value; }
            else if (name == "--ca-file") { ca_file = value; }
            else {
                std::fprintf(stderr, "unknown: %s\n", arguments[i]);
                std::exit(2);
            }
        }
        if (port == 0) {
            std::fprintf(stderr, "--port is missing\n");
            std::exit(2);
        }
    }
};

// The cost of the process between begin() and end().
class Measure {
public:
    void begin(int64_t now_ns, uint64_t allocations)
    {
        began_ns_ = now_ns;
        allocations_ = allocations;
        ::getrusage(RUSAGE_SELF, &usage_);
        receive_us.clear();
        messages = 0;
    }

    void end(int64_t now_ns, uint64_t allocations)
    {
        rusage usage;
        ::getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval &time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        const double cpu_s = seconds(usage.ru_utime) - seconds(usage_.ru_utime) + seconds(usage.ru_stime) -
                             seconds(usage_.ru_stime);
        std::printf("{\"cpu_s\": %.6f, \"seconds\": %.6f, \"messages\": %llu, \"waits\": %ld, \"allocations\": %llu, "
                    "\"resident_kb\": %ld, \"receive_us\": [",
                    cpu_s, static_cast<double>(now_ns - began_ns_) / 1e9, static_cast<unsigned long long>(messages),
                    usage.ru_nvcsw - usage_.ru_nvcsw, static_cast<unsigned long long>(allocations - allocations_),
                    resident_kb());
        const char *separator = "";
        for (const float us : receive_us) {
            std::printf("%s%.0f", separator, static_cast<double>(us));
            separator = ", ";
        }
        std::printf("]}\n");
        std::fflush(stdout);
    }

    uint64_t messages = 0;  // of the server's sound
    std::vector<float> receive_us;  // from made to held, where the message's own time can be seen

private:
    static long resident_kb()
    {
        long total = 0, resident = 0;
        if (std::FILE *const file = std::fopen("/proc/self/statm", "r")) {
            if (std::fscanf(file, "%ld %ld", &total, &resident) != 2) {
                resident = 0;
            }
            std::fclose(file);
        }
        return resident * (::sysconf(_SC_PAGESIZE) / 1024);
    }

    int64_t began_ns_ = 0;
    uint64_t allocations_ = 0;
    rusage usage_{};
};

// A voice that never repeats. At 16 kHz the last four samples of each 50 ms are the time at which they were pushed.
inline std::vector<int16_t> microphone_noise(size_t frames)
{
    std::vector<int16_t> samples(frames);
    uint32_t state = 99;
    for (int16_t &sample : samples) {
        state = state * 1664525 + 1013904223;
        sample = static_cast<int16_t>(static_cast<int32_t>(state) >> 20);
    }
    return samples;
}

}  // namespace gemlive::bench
