#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

using Json = nlohmann::json;

// How long anything may take before a test gives up on it.
constexpr int test_deadline_ms = 60'000;

// A program that was started with its ends in our hands. Killed when the test leaves it behind.
class Process {
public:
    enum class Input { nothing, pipe, terminal };

    // With a terminal, stdin, stdout and stderr are one pseudo-terminal.
    Process(std::vector<std::string> arguments, Input input, const std::vector<std::string> &environment = {});
    ~Process();
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;

    void write(const std::string &text);
    void close_input();
    void signal(int number) const;

    // Reads until what was written holds `text`; false at the end of the output or when the time is over.
    bool read_until(const std::string &text);

    // Reads to the end and waits; the exit code, 128 + n for a signal, -1 when it did not end in time.
    int wait();

    const std::string &output() const { return output_; }
    const std::string &errors() const { return errors_; }

    // The lines of the output that are JSON.
    std::vector<Json> lines() const;

private:
    bool read_some(int timeout_ms);

    pid_t pid_ = -1;
    int input_ = -1;
    int output_end_ = -1;
    int error_end_ = -1;
    std::string output_;
    std::string errors_;
};

// gemlive-emulator over TLS, and how gemlive-talk reaches it.
class Emulator {
public:
    // `scenario`: its text; empty: small talk.
    explicit Emulator(const std::string &scenario = "");
    ~Emulator();

    // Options for gemlive-talk, then the given ones.
    std::vector<std::string> talk(std::vector<std::string> more = {}) const;

    const std::filesystem::path &folder() const { return folder_; }
    const std::string &url() const { return url_; }

    // What it recorded of connection 1's audio, in 16 kHz samples.
    std::vector<int16_t> heard() const;

private:
    std::filesystem::path folder_;
    std::string url_;
    std::unique_ptr<Process> process_;
};

std::string write_file(const std::filesystem::path &path, const std::string &text);

// Speech made by Flite, with 1.5 s of silence after it. Made once.
std::string speech_file();

// A short tone in the given rate and layout.
std::string tone_file(const std::filesystem::path &path, int rate, int channels, int format, int ms);

std::vector<Json> events(const std::vector<Json> &lines, const std::string &name);
std::vector<Json> results(const std::vector<Json> &lines, const std::string &name);
