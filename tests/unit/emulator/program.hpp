#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace gemlive::emulator::test {

// gemlive-emulator as a process, over TLS. Ended by the destructor, which expects code 0.
class Program {
public:
    explicit Program(std::vector<std::string> arguments, const std::string &scenario = "");
    ~Program();
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    uint16_t port() const noexcept { return port_; }
    const std::string &ca_file() const noexcept { return ca_file_; }

    // Reads its log until `text` has come; false when it ends before.
    bool log_until(const std::string &text);
    const std::string &log() const noexcept { return log_; }

private:
    bool read_more(int descriptor, std::string &text) const;

    std::string folder_;
    std::string ca_file_;
    std::string log_;
    pid_t pid_ = -1;
    int output_ = -1;
    int errors_ = -1;
    uint16_t port_ = 0;
};

}  // namespace gemlive::emulator::test
