#include "support/scripted_server.hpp"

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gemlive::test {
namespace asio = boost::asio;
using asio::ip::tcp;

struct ScriptedServer::Parts {
    Script script;
    asio::io_context io;
    tcp::acceptor acceptor{io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0)};
    mutable std::mutex mutex;
    bool stopping = false;
    size_t accepted = 0;
    std::vector<std::string> failures;
    std::list<ServerConnection *> live;
    std::vector<std::thread> threads;
    std::thread listener;

    void listen()
    {
        for (;;) {
            const int socket = ::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_CLOEXEC);
            std::lock_guard lock(mutex);
            if (stopping || socket < 0) {
                if (socket >= 0) {
                    ::close(socket);
                }
                return;
            }
            ++accepted;
            threads.emplace_back([this, socket] { serve(socket); });
        }
    }

    void serve(int socket)
    {
        ServerConnection connection(socket);
        {
            std::lock_guard lock(mutex);
            live.push_back(&connection);
            if (stopping) {
                connection.interrupt();
            }
        }
        std::string failure;
        try {
            script(connection);
        } catch (const std::exception &error) {
            failure = error.what();
        }
        std::lock_guard lock(mutex);
        live.remove(&connection);
        if (!failure.empty() && !stopping) {
            failures.push_back(failure);
        }
    }
};

ScriptedServer::ScriptedServer(Script script) : parts_(std::make_unique<Parts>())
{
    // Tests look at what a child inherits from the client, not from here.
    ::fcntl(parts_->acceptor.native_handle(), F_SETFD, FD_CLOEXEC);
    parts_->script = std::move(script);
    parts_->listener = std::thread([parts = parts_.get()] { parts->listen(); });
}

ScriptedServer::ScriptedServer(Certificates certificates, Script script)
    : ScriptedServer([certificates = std::move(certificates),
                      script = std::move(script)](ServerConnection &connection) {
          connection.handshake(certificates);
          connection.accept_upgrade();
          script(connection);
      })
{
}

ScriptedServer::~ScriptedServer()
{
    {
        std::lock_guard lock(parts_->mutex);
        parts_->stopping = true;
        for (ServerConnection *connection : parts_->live) {
            connection->interrupt();
        }
    }
    ::shutdown(parts_->acceptor.native_handle(), SHUT_RDWR);
    parts_->listener.join();
    for (std::thread &thread : parts_->threads) {
        thread.join();
    }
}

uint16_t ScriptedServer::port() const
{
    return parts_->acceptor.local_endpoint().port();
}

size_t ScriptedServer::connections() const
{
    std::lock_guard lock(parts_->mutex);
    return parts_->accepted;
}

std::vector<std::string> ScriptedServer::failures() const
{
    std::lock_guard lock(parts_->mutex);
    return parts_->failures;
}

}  // namespace gemlive::test
