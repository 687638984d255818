#include "process.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <poll.h>
#include <pty.h>
#include <sndfile.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

std::array<int, 2> make_pipe()
{
    std::array<int, 2> ends = {};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("pipe");
    }
    return ends;
}

[[noreturn]] void become(std::vector<std::string> &arguments, const std::vector<std::string> &environment)
{
    for (const char *name : {"GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI"}) {
        unsetenv(name);
    }
    for (const std::string &pair : environment) {
        putenv(strdup(pair.c_str()));
    }
    std::vector<char *> argv;
    for (std::string &argument : arguments) {
        argv.push_back(argument.data());
    }
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    _exit(127);
}

std::filesystem::path temporary_folder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "gemlive-talk-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    return pattern;
}

std::string program(const char *name)
{
    return std::string(GEMLIVE_BIN_DIR "/") + name;
}

}  // namespace

Process::Process(std::vector<std::string> arguments, Input input, const std::vector<std::string> &environment)
{
    ::signal(SIGPIPE, SIG_IGN);
    if (input == Input::terminal) {
        winsize size = {24, 80, 0, 0};
        pid_ = forkpty(&output_end_, nullptr, nullptr, &size);
        if (pid_ == 0) {
            become(arguments, environment);
        }
        input_ = output_end_;
        return;
    }
    const auto in = make_pipe();
    const auto out = make_pipe();
    const auto error = make_pipe();
    pid_ = fork();
    if (pid_ == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        dup2(error[1], STDERR_FILENO);
        become(arguments, environment);
    }
    close(in[0]);
    close(out[1]);
    close(error[1]);
    input_ = in[1];
    output_end_ = out[0];
    error_end_ = error[0];
    if (input == Input::nothing) {
        close_input();
    }
}

Process::~Process()
{
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    const bool one_end = input_ == output_end_;
    for (const int end : {one_end ? -1 : input_, output_end_, error_end_}) {
        if (end >= 0) {
            close(end);
        }
    }
}

void Process::write(const std::string &text)
{
    if (::write(input_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw std::runtime_error("the program does not read its input");
    }
}

void Process::close_input()
{
    close(input_);
    input_ = -1;
}

void Process::signal(int number) const
{
    kill(pid_, number);
}

bool Process::read_some(int timeout_ms)
{
    pollfd ends[] = {{output_end_, POLLIN, 0}, {error_end_, POLLIN, 0}};
    if (poll(ends, 2, timeout_ms) <= 0) {
        return true;
    }
    char bytes[65536];
    int *const descriptors[] = {&output_end_, &error_end_};
    std::string *const texts[] = {&output_, &errors_};
    for (size_t at = 0; at < 2; ++at) {
        if (ends[at].revents == 0) {
            continue;
        }
        const ssize_t count = read(*descriptors[at], bytes, sizeof bytes);
        if (count > 0) {
            texts[at]->append(bytes, static_cast<size_t>(count));
        } else if (input_ != *descriptors[at]) {
            close(*descriptors[at]);
            *descriptors[at] = -1;
        } else {
            return false;
        }
    }
    return output_end_ >= 0 || error_end_ >= 0;
}

bool Process::read_until(const std::string &text)
{
    const auto deadline = Clock::now() + std::chrono::milliseconds(test_deadline_ms);
    while (output_.find(text) == std::string::npos) {
        constexpr int slice_ms = 1'000;
        if (Clock::now() > deadline || !read_some(slice_ms)) {
            return output_.find(text) != std::string::npos;
        }
    }
    return true;
}

int Process::wait()
{
    const auto deadline = Clock::now() + std::chrono::milliseconds(test_deadline_ms);
    constexpr int slice_ms = 1'000;
    while (Clock::now() < deadline && read_some(slice_ms)) {
    }
    int status = 0;
    if (Clock::now() >= deadline || waitpid(pid_, &status, 0) != pid_) {
        return -1;
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<Json> Process::lines() const
{
    std::vector<Json> parsed;
    std::istringstream stream(output_);
    for (std::string line; std::getline(stream, line);) {
        const Json json = Json::parse(line, nullptr, false);
        if (!json.is_discarded()) {
            parsed.push_back(json);
        }
    }
    return parsed;
}

Emulator::Emulator(const std::string &scenario) : folder_(temporary_folder())
{
    std::vector<std::string> arguments = {program("gemlive-emulator"),
                                          "--tls",
                                          "--ca-out",
                                          (folder_ / "ca.pem").string(),
                                          "--record",
                                          folder_.string(),
                                          "--quiet"};
    if (!scenario.empty()) {
        arguments.push_back("--scenario");
        arguments.push_back(write_file(folder_ / "scenario.json", scenario));
    }
    process_ = std::make_unique<Process>(arguments, Process::Input::nothing);
    if (!process_->read_until("\n")) {
        throw std::runtime_error("the emulator did not start: " + process_->errors());
    }
    url_ = process_->lines().at(0).at("listening").get<std::string>();
}

Emulator::~Emulator()
{
    process_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::vector<std::string> Emulator::talk(std::vector<std::string> more) const
{
    std::vector<std::string> arguments = {program("gemlive-talk"),       "--url",     url_,      "--ca-file",
                                          (folder_ / "ca.pem").string(), "--api-key", "good-key"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

std::vector<int16_t> Emulator::heard() const
{
    std::ifstream file(folder_ / "connection-1.pcm", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::vector<int16_t> samples(bytes.size() / sizeof(int16_t));
    if (!samples.empty()) {  // memcpy takes no null, not even for nothing
        std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(int16_t));
    }
    return samples;
}

std::string write_file(const std::filesystem::path &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
}

std::string speech_file()
{
    static const std::filesystem::path folder = temporary_folder();
    static const std::string path = [] {
        const std::string made = (folder / "speech.wav").string();
        Process say({program("gemlive-say"), "--after", "1500", "Hello, are you there?", made},
                    Process::Input::nothing);
        if (say.wait() != 0) {
            throw std::runtime_error("gemlive-say failed: " + say.errors());
        }
        return made;
    }();
    static const struct Remover {
        ~Remover()
        {
            std::error_code ignored;
            std::filesystem::remove_all(folder, ignored);
        }
    } remover;
    return path;
}

std::string tone_file(const std::filesystem::path &path, int rate, int channels, int format, int ms)
{
    SF_INFO info = {};
    info.samplerate = rate;
    info.channels = channels;
    info.format = SF_FORMAT_WAV | format;
    SNDFILE *const file = sf_open(path.c_str(), SFM_WRITE, &info);
    const int64_t frames = static_cast<int64_t>(rate) * ms / 1000;
    std::vector<float> samples(static_cast<size_t>(frames * channels));
    for (size_t at = 0; at < samples.size(); ++at) {
        const double seconds = static_cast<double>(at / static_cast<size_t>(channels)) / rate;
        samples[at] = static_cast<float>(0.25 * std::sin(2 * 3.14159265358979 * 440 * seconds));
    }
    sf_writef_float(file, samples.data(), frames);
    sf_close(file);
    return path.string();
}

std::vector<Json> events(const std::vector<Json> &lines, const std::string &name)
{
    std::vector<Json> found;
    for (const Json &line : lines) {
        if (line.value("event", "") == name) {
            found.push_back(line);
        }
    }
    return found;
}

std::vector<Json> results(const std::vector<Json> &lines, const std::string &name)
{
    std::vector<Json> found;
    for (const Json &line : lines) {
        if (line.contains("result") && line["result"] == name) {
            found.push_back(line);
        }
    }
    return found;
}
