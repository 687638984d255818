#include "program.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "json.hpp"

namespace gemlive::emulator::test {
namespace {

constexpr int patience_ms = 60'000;

}  // namespace

Program::Program(std::vector<std::string> arguments, const std::string &scenario)
{
    std::string pattern = (std::filesystem::temp_directory_path() / "gemlive-program-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    arguments.insert(arguments.begin(), {GEMLIVE_BIN_DIR "/gemlive-emulator", "--tls"});
    if (!scenario.empty()) {
        const std::string file = folder_ + "/scenario.json";
        std::ofstream(file) << scenario;
        arguments.insert(arguments.end(), {"--scenario", file});
    }
    std::vector<char *> pointers;
    for (std::string &argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);

    std::array<int, 2> output;
    std::array<int, 2> errors;
    EXPECT_EQ(::pipe(output.data()), 0);
    EXPECT_EQ(::pipe(errors.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(output[1], STDOUT_FILENO);
        ::dup2(errors[1], STDERR_FILENO);
        for (const int descriptor : {output[0], output[1], errors[0], errors[1]})
            ::close(descriptor);
        ::execv(pointers[0], pointers.data());
        ::_exit(127);
    }
    ::close(output[1]);
    ::close(errors[1]);
    output_ = output[0];
    errors_ = errors[0];

    std::string line;
    while (line.find('\n') == std::string::npos && read_more(output_, line)) {
    }
    const Json listening = Json::parse(line, nullptr, false);
    if (!listening.is_object()) {
        log_until("\n");
        ADD_FAILURE() << "gemlive-emulator did not start: " << line << log_;
        return;
    }
    const std::string url = listening["listening"];
    port_ = static_cast<uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    ca_file_ = listening["ca_file"];
}

Program::~Program()
{
    ::kill(pid_, SIGTERM);
    int status = 0;
    while (read_more(errors_, log_)) {  // a sanitizer may have a lot to say
    }
    ::waitpid(pid_, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status << "\n" << log_;
    ::close(output_);
    ::close(errors_);
    std::filesystem::remove_all(folder_);
}

bool Program::read_more(int descriptor, std::string &text) const
{
    pollfd ready = {descriptor, POLLIN, 0};
    if (::poll(&ready, 1, patience_ms) != 1)
        return false;
    std::array<char, 4096> block;
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got > 0)
        text.append(block.data(), static_cast<size_t>(got));
    return got > 0;
}

bool Program::log_until(const std::string &text)
{
    while (log_.find(text) == std::string::npos) {
        if (!read_more(errors_, log_))
            return false;
    }
    return true;
}

}  // namespace gemlive::emulator::test
