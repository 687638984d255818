#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "program.hpp"

namespace gemlive::emulator::test {

// A plain WebSocket client over TLS that knows no more of the service than its URLs. Nothing of it waits for ever.
class LiveClient {
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    LiveClient(const Program &program, const std::string &target, const Headers &headers);
    ~LiveClient();

    bool is_open() const noexcept { return http_status_ == 101; }
    int http_status() const noexcept { return http_status_; }  // 0 = no answer at all
    const std::string &http_body() const noexcept { return http_body_; }

    void send(const std::string &text);
    // The next message; none when the connection is over.
    std::optional<std::string> read();
    bool last_was_binary() const;
    void close(bool with_tls_goodbye);

    // After read() gave none. 1005: a close frame without a code; 1006: no close frame.
    uint16_t close_code() const noexcept { return close_code_; }
    const std::string &close_reason() const noexcept { return close_reason_; }

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    int http_status_ = 0;
    std::string http_body_;
    uint16_t close_code_ = 0;
    std::string close_reason_;
};

}  // namespace gemlive::emulator::test
