// The bare client of the bench: epoll, OpenSSL, simdutf's base64, libsoxr, and nothing around it. What it takes for a
// conversation is what any client has to do. One thread; see measure.hpp for its arguments and its one line of JSON.
#include <memory>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <soxr.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/base64.hpp"
#include "measure.hpp"
#include "sound_message.hpp"
#include "wire.hpp"

using namespace gemlive;
using namespace gemlive::bench;

namespace {

constexpr int packet_ms = 50;
constexpr size_t packet_samples = 800;
constexpr int64_t playout_samples = 1 << 16;

class Conversation final : public Wire::Handler {
public:
    Conversation(int descriptor, SSL *ssl, const Task &task, Measure &measure)
        : wire_(descriptor, ssl, Wire::Side::client, *this), task_(task), measure_(measure), playout_(playout_samples)
    {
        if (task.microphone != 0 && task.microphone != 16'000) {
            const soxr_io_spec_t io = soxr_io_spec(SOXR_INT16_I, SOXR_INT16_I);
            const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_LQ, 0);
            resampler_ = soxr_create(task.microphone, 16'000, 1, nullptr, &io, &quality, nullptr);
        }
    }

    void on_open() override
    {
        wire_.send_text("{\"setup\":{\"model\":\"models/bench\",\"systemInstruction\":{\"parts\":[{\"text\":\"" + task_.say +
                        "\"}]}}}");
    }

    void on_message(std::string_view text) override
    {
        if (text.find("setupComplete") != text.npos) {
            ready = true;
            return;
        }
        const std::string_view data = data_of(text);
        if (playout_at_ + base64::max_decoded_size(data.size()) / 2 > playout_.size()) {
            playout_at_ = 0;
        }
        auto *const place = reinterpret_cast<uint8_t *>(playout_.data() + playout_at_);
        const auto size = base64::decode(data, place);
        if (!size) {
            return;
        }
        playout_at_ += *size / 2;
        ++measure_.messages;
        if (const int64_t made = plausible_time(place); made != 0 && measure_.receive_us.size() < 200'000) {
            measure_.receive_us.push_back(static_cast<float>(now_ns() - made) / 1000);
        }
    }

    bool progress() { return wire_.progress(); }

    // A block of the microphone; a packet is sent with the one that makes it whole.
    void speak(const std::vector<int16_t> &sound)
    {
        sound_.insert(sound_.end(), sound.begin(), sound.end());
        if (sound_.size() < static_cast<size_t>(task_.microphone) * packet_ms / 1000) {
            return;
        }
        const int16_t *samples = sound_.data();
        size_t count = sound_.size();
        if (resampler_) {
            size_t taken = 0;
            soxr_process(resampler_, sound_.data(), sound_.size(), &taken, resampled_, packet_samples + 64, &count);
            samples = resampled_;
        }
        text_.assign(client_head);
        base64::append_encoded({reinterpret_cast<const uint8_t *>(samples), count * 2}, text_);
        text_ += client_tail;
        wire_.send_text(text_);
        sound_.clear();
    }

    bool ready = false;

private:
    Wire wire_;
    const Task &task_;
    Measure &measure_;
    std::vector<int16_t> playout_;
    size_t playout_at_ = 0;
    soxr_t resampler_ = nullptr;
    std::vector<int16_t> sound_;
    int16_t resampled_[packet_samples + 64];
    std::string text_;
};

}  // namespace

int main(int count, char **arguments)
{
    const Task task(count, arguments);
    SSL_CTX *const context = SSL_CTX_new(TLS_client_method());
    const int poller = ::epoll_create1(EPOLL_CLOEXEC);
    Measure measure;
    measure.begin(now_ns(), 0);  // of counted messages: they come at once
    std::vector<std::unique_ptr<Conversation>> conversations;
    for (int i = 0; i < task.sessions; ++i) {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(task.port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
            std::perror("connect");
            return 1;
        }
        const int on = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
        conversations.push_back(std::make_unique<Conversation>(descriptor, SSL_new(context), task, measure));
        epoll_event event{};
        event.events = EPOLLIN | EPOLLOUT | EPOLLET;
        event.data.ptr = conversations.back().get();
        ::epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
    }
    const auto wait = [&](int timer) {
        epoll_event events[256];
        const int ready = ::epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; ++i) {
            if (auto *const conversation = static_cast<Conversation *>(events[i].data.ptr)) {
                if (!conversation->progress()) {
                    std::fprintf(stderr, "bare client: a connection ended\n");
                    std::exit(1);
                }
            } else {
                uint64_t times;
                [[maybe_unused]] const auto size = ::read(timer, &times, sizeof times);
            }
        }
    };
    for (bool all = false; !all;) {
        wait(-1);
        all = true;
        for (const auto &conversation : conversations) {
            all = all && conversation->ready;
        }
    }

    const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (task.microphone != 0 || task.messages == 0) {
        const long ns = (task.microphone != 0 ? task.block_ms : 1000) * 1'000'000L;
        const itimerspec each{{ns / 1'000'000'000, ns % 1'000'000'000}, {ns / 1'000'000'000, ns % 1'000'000'000}};
        ::timerfd_settime(timer, 0, &each, nullptr);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = nullptr;
        ::epoll_ctl(poller, EPOLL_CTL_ADD, timer, &event);
    }
    std::vector<int16_t> sound =
        microphone_noise(static_cast<size_t>(task.microphone) * static_cast<size_t>(task.block_ms) / 1000);
    if (task.messages == 0) {
        measure.begin(now_ns(), 0);
    }
    const int64_t begin = now_ns();
    const int64_t block_ns = int64_t{task.block_ms} * 1'000'000;
    int64_t next_block = begin + block_ns;
    while (task.messages != 0 ? measure.messages < static_cast<uint64_t>(task.messages)
                              : now_ns() - begin < int64_t{task.seconds} * 1'000'000'000) {
        wait(timer);
        for (; task.microphone != 0 && now_ns() >= next_block; next_block += block_ns) {
            if (task.microphone == 16'000) {
                const int64_t made = now_ns();
                std::memcpy(sound.data() + sound.size() - 4, &made, sizeof made);
            }
            for (const auto &conversation : conversations) {
                conversation->speak(sound);
            }
        }
    }
    measure.end(now_ns(), 0);
    std::_Exit(0);
}
