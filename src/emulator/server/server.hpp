#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "recording.hpp"
#include "scenario.hpp"

namespace gemlive::emulator {

struct ServerOptions {
    std::string address = "127.0.0.1";
    uint16_t port = 0;
    bool tls = false;
    std::string certificate_pem;  // chain
    std::string key_pem;
    std::string record_folder;
    int max_connections = 1000;
    bool quiet = false;
};

// Listens and serves until SIGTERM or SIGINT. Everything but the voice runs on the calling thread.
class Server {
public:
    // Plays the recording, if there is one. Throws std::runtime_error if it cannot listen.
    Server(const ServerOptions &options, Scenario scenario, Recording recording = {});
    ~Server();

    uint16_t port() const;
    void run();
    void stop();  // from any thread

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace gemlive::emulator
