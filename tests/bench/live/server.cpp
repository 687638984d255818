// The server of the bench: takes sound and gives sound, as fast as it is told to. One thread.
//
//   live_bench_server CERTIFICATE.pem KEY.pem
//
// Prints its port. What a connection gets is said by the system instruction of its setup, a line of words:
//   pace MS      an audio message of MS (24 kHz, mono, 16 bit) each MS, from the setup on
//   flood MS N   N audio messages of MS, as fast as they are taken
//   none         nothing
// The first four samples of a message are the time at which it was made (64 bits, nanoseconds of CLOCK_MONOTONIC). Of
// the sound that comes in, at 16 kHz, the last four samples of a packet are taken for such a time where they look like
// one. At the end of its input it prints one line of JSON: {"send_us": [...], "messages": N}.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/base64.hpp"
#include "sound_message.hpp"
#include "wire.hpp"

using namespace gemlive;
using namespace gemlive::bench;

namespace {

constexpr size_t enough_unsent = 256 * 1024;

// Of the packet in a client's message; 0: none.
int64_t time_in_last_samples(std::string_view text)
{
    const std::string_view data = data_of(text);
    std::vector<uint8_t> bytes(base64::max_decoded_size(data.size()));
    const auto size = base64::decode(data, bytes.data());
    return size && *size >= sizeof(int64_t) ? plausible_time(bytes.data() + *size - sizeof(int64_t)) : 0;
}

struct Statistics {
    std::vector<double> send_us;
    uint64_t messages = 0;
};

class Client final : public Wire::Handler {
public:
    Client(int descriptor, SSL *ssl, Statistics &statistics)
        : wire_(descriptor, ssl, Wire::Side::server, *this), statistics_(statistics)
    {
    }

    void on_open() override {}

    void on_message(std::string_view text) override
    {
        if (text.find("\"setup\"") < 16) {
            wire_.send_text("{\"setupComplete\":{}}");
            start(text);
            return;
        }
        ++statistics_.messages;
        if (const int64_t made = time_in_last_samples(text); made != 0) {
            statistics_.send_us.push_back(static_cast<double>(now_ns() - made) / 1000);
        }
    }

    bool progress()
    {
        bool lives = wire_.progress();
        // Until the socket takes no more: only then will it tell when it does.
        while (lives && flood_ > 0 && wire_.unsent() == 0) {
            for (; flood_ > 0 && wire_.unsent() < enough_unsent; --flood_) {
                wire_.send_text(sound_.text(now_ns()));
            }
            lives = wire_.progress();
        }
        return lives;
    }

    // For a paced connection: everything that is due.
    void tick(int64_t now)
    {
        for (; next_ns_ != 0 && now >= next_ns_; next_ns_ += interval_ns_) {
            wire_.send_text(sound_.text(now_ns()));
        }
    }

private:
    void start(std::string_view setup)
    {
        int ms = 0;
        long count = 0;
        if (const size_t at = setup.find("pace "); at != setup.npos && std::sscanf(setup.data() + at, "pace %d", &ms) == 1) {
            sound_ = SoundMessage(24'000, ms);
            interval_ns_ = int64_t{ms} * 1'000'000;
            // Many connections speak at different moments.
            next_ns_ = now_ns() + interval_ns_ * (std::rand() % 100) / 100;
        } else if (const size_t flood = setup.find("flood ");
                   flood != setup.npos && std::sscanf(setup.data() + flood, "flood %d %ld", &ms, &count) == 2) {
            sound_ = SoundMessage(24'000, ms);
            flood_ = count;
        }
    }

    Wire wire_;
    Statistics &statistics_;
    SoundMessage sound_;
    int64_t interval_ns_ = 0;
    int64_t next_ns_ = 0;
    long flood_ = 0;
};

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::exit(1);
}

int listen_on_loopback()
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(listener, 1024) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        fail("listen");
    }
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    return listener;
}

void print(Statistics &statistics)
{
    std::printf("{\"messages\": %llu, \"send_us\": [", static_cast<unsigned long long>(statistics.messages));
    const char *separator = "";
    for (const double us : statistics.send_us) {
        std::printf("%s%.0f", separator, us);
        separator = ", ";
    }
    std::printf("]}\n");
    std::fflush(stdout);
}

}  // namespace

int main(int count, char **arguments)
{
    if (count != 3) {
        std::fprintf(stderr, "usage: live_bench_server CERTIFICATE.pem KEY.pem\n");
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);  // a client that has ended
    SSL_CTX *const context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, arguments[1]) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, arguments[2], SSL_FILETYPE_PEM) != 1) {
        std::fprintf(stderr, "live_bench_server: the certificate cannot be used\n");
        return 1;
    }
    const int listener = listen_on_loopback();
    const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    const itimerspec each_ms{{0, 1'000'000}, {0, 1'000'000}};
    ::timerfd_settime(timer, 0, &each_ms, nullptr);
    const int poller = ::epoll_create1(EPOLL_CLOEXEC);
    const auto watch = [poller](int descriptor, uint32_t events, int how) {
        epoll_event event{};
        event.events = events;
        event.data.fd = descriptor;
        ::epoll_ctl(poller, how, descriptor, &event);
    };
    watch(listener, EPOLLIN, EPOLL_CTL_ADD);
    watch(timer, EPOLLIN, EPOLL_CTL_ADD);
    watch(STDIN_FILENO, EPOLLIN, EPOLL_CTL_ADD);

    Statistics statistics;
    std::map<int, std::unique_ptr<Client>> clients;
    for (;;) {
        epoll_event events[256];
        const int ready = ::epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; ++i) {
            const int descriptor = events[i].data.fd;
            if (descriptor == listener) {
                for (int accepted; (accepted = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
                    const int on = 1;
                    ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                    clients[accepted] = std::make_unique<Client>(accepted, SSL_new(context), statistics);
                    watch(accepted, EPOLLIN | EPOLLOUT | EPOLLET, EPOLL_CTL_ADD);
                }
            } else if (descriptor == timer) {
                uint64_t times;
                [[maybe_unused]] const auto size = ::read(timer, &times, sizeof times);
                const int64_t now = now_ns();
                for (const auto &[number, client] : clients) {
                    client->tick(now);
                }
            } else if (descriptor == STDIN_FILENO) {
                char command[64];
                if (::read(STDIN_FILENO, command, sizeof command) <= 0) {
                    return 0;
                }
                print(statistics);  // a line asks for what was counted since the last one
                statistics = {};
            } else if (const auto client = clients.find(descriptor); client != clients.end()) {
                if (!client->second->progress()) {
                    clients.erase(client);
                }
            }
        }
    }
}
