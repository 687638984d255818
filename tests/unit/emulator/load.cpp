// Many spoken sessions at once, in real time, against a running gemlive-emulator; says what the emulator did with
// them. Not a test: it prints what it measured.
//
//     emulator_load PORT CA_FILE [SESSIONS] [SECONDS] [PID]

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "base/base64.hpp"
#include "hearing.hpp"
#include "microphone.hpp"
#include "voice.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
namespace emulator = gemlive::emulator;
using Clock = std::chrono::steady_clock;
using Code = boost::system::error_code;

constexpr std::chrono::milliseconds packet_time{50};
constexpr int question_every = 160;  // packets: eight seconds, of which the reply takes about five
constexpr const char *target = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
constexpr const char *setup =
    R"({"setup":{"model":"models/gemini-live-2.5-flash-preview","inputAudioTranscription":{},)"
    R"("outputAudioTranscription":{}}})";

// A question and then silence, as packets of 50 ms ready to be sent.
std::vector<std::string> make_packets()
{
    const std::vector<int16_t> voice = emulator::synthesise("Do you sell swords in this town?", "rms");
    emulator::Json blob;
    blob["mimeType"] = "audio/pcm;rate=24000";
    blob["data"] = gemlive::base64::encode({reinterpret_cast<const uint8_t *>(voice.data()), voice.size() * 2});
    emulator::Microphone microphone;
    const auto heard = microphone.hear(blob);
    std::vector<int16_t> samples(heard.begin(), heard.end());
    const size_t size = emulator::input_rate / 20;
    samples.resize(size * question_every);
    std::vector<std::string> packets;
    for (size_t i = 0; i < samples.size(); i += size) {
        const auto data =
            gemlive::base64::encode({reinterpret_cast<const uint8_t *>(samples.data() + i), size * 2});
        packets.push_back(R"({"realtimeInput":{"audio":{"data":")" + data +
                          R"(","mimeType":"audio/pcm;rate=16000"}}})");
    }
    return packets;
}

struct Totals {
    int open = 0;
    int lost = 0;
    int64_t turns = 0;
    int64_t audio_messages = 0;
    std::vector<double> late_ms;  // of chunks inside a reply
};

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(asio::io_context &loop, asio::ssl::context &tls, const std::vector<std::string> &packets,
            size_t offset, Totals &totals)
        : ws_(loop, tls), timer_(loop), packets_(packets), next_(offset % packets.size()), totals_(totals)
    {
    }

    void start(const asio::ip::tcp::endpoint &endpoint)
    {
        const auto self = shared_from_this();
        beast::get_lowest_layer(ws_).async_connect(endpoint, [self](Code error) {
            if (error)
                return self->lose();
            self->ws_.next_layer().async_handshake(asio::ssl::stream_base::client, [self](Code e) {
                if (e)
                    return self->lose();
                self->upgrade();
            });
        });
    }

    void stop() { stopping_ = true; }

private:
    void upgrade()
    {
        ws_.set_option(websocket::stream_base::decorator(
            [](websocket::request_type &request) { request.set("x-goog-api-key", "key"); }));
        ws_.read_message_max(1u << 20);
        ws_.async_handshake("localhost", target, [self = shared_from_this()](Code error) {
            if (error)
                return self->lose();
            ++self->totals_.open;
            self->read();
            self->ws_.async_write(asio::buffer(std::string_view(setup)), [self](Code e, size_t) {
                if (e)
                    return self->lose();
                self->due_ = Clock::now();
                self->tick();
            });
        });
    }

    void tick()
    {
        if (stopping_) {
            ws_.async_close(websocket::close_code::normal, [self = shared_from_this()](Code) {});
            return;
        }
        due_ += packet_time;
        timer_.expires_at(due_);
        timer_.async_wait([self = shared_from_this()](Code) {
            const std::string &packet = self->packets_[self->next_];
            self->next_ = (self->next_ + 1) % self->packets_.size();
            self->ws_.async_write(asio::buffer(packet), [self](Code error, size_t) {
                if (error)
                    return self->lose();
                self->tick();
            });
        });
    }

    void read()
    {
        ws_.async_read(buffer_, [self = shared_from_this()](Code error, size_t) {
            if (error) {
                if (!self->stopping_)
                    self->lose();
                return;
            }
            const std::string_view text(static_cast<const char *>(self->buffer_.cdata().data()),
                                        self->buffer_.size());
            self->count(text);
            self->buffer_.clear();
            self->read();
        });
    }

    // The pace of the chunks shows whether the emulator keeps up: they are due four times faster than they play.
    void count(std::string_view text)
    {
        if (text.find("\"turnComplete\"") != text.npos)
            ++totals_.turns;
        if (text.find("\"inlineData\"") == text.npos) {
            chunk_ = -1;
            return;
        }
        ++totals_.audio_messages;
        const auto now = Clock::now();
        ++chunk_;
        if (chunk_ > 1)
            totals_.late_ms.push_back(std::chrono::duration<double, std::milli>(now - last_chunk_).count() - 60);
        last_chunk_ = now;
    }

    void lose()
    {
        ++totals_.lost;
        stopping_ = true;
    }

    websocket::stream<beast::ssl_stream<beast::tcp_stream>> ws_;
    asio::steady_timer timer_;
    beast::flat_buffer buffer_;
    const std::vector<std::string> &packets_;
    size_t next_;
    Totals &totals_;
    Clock::time_point due_;
    Clock::time_point last_chunk_;
    int chunk_ = -1;
    bool stopping_ = false;
};

// Of the whole process, so far; 0 if there is none.
double cpu_seconds(const char *pid)
{
    std::ifstream file(std::string("/proc/") + pid + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (text.empty())
        return 0;
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string field;
    double ticks = 0;
    for (int i = 0; i < 13 && fields >> field; ++i) {
        if (i >= 11)
            ticks += std::stod(field);
    }
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double percentile(std::vector<double> &values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace

int main(int count, char **arguments)
{
    if (count < 3) {
        std::fprintf(stderr, "usage: emulator_load PORT CA_FILE [SESSIONS] [SECONDS] [PID]\n");
        return 2;
    }
    const int sessions = count > 3 ? std::atoi(arguments[3]) : 100;
    const int seconds = count > 4 ? std::atoi(arguments[4]) : 30;
    const char *pid = count > 5 ? arguments[5] : "0";
    asio::io_context loop(1);
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_verify_mode(asio::ssl::verify_peer);
    tls.load_verify_file(arguments[2]);
    const std::vector<std::string> packets = make_packets();
    const asio::ip::tcp::endpoint endpoint(asio::ip::address_v4::loopback(),
                                           static_cast<uint16_t>(std::atoi(arguments[1])));
    Totals totals;
    std::vector<std::shared_ptr<Session>> all;
    for (int i = 0; i < sessions; ++i) {
        all.push_back(std::make_shared<Session>(loop, tls, packets, static_cast<size_t>(i) * 7, totals));
        all.back()->start(endpoint);
    }
    loop.run_for(std::chrono::seconds(3));  // all are connected; the measured time is that of talk
    const double before = cpu_seconds(pid);
    const int64_t turns = totals.turns;
    totals.late_ms.clear();
    loop.restart();
    loop.run_for(std::chrono::seconds(seconds));
    const double used = cpu_seconds(pid) - before;
    std::printf("%d sessions of %d open, %d lost, %lld turns and %lld audio messages in %d s\n", totals.open,
                sessions, totals.lost, static_cast<long long>(totals.turns - turns),
                static_cast<long long>(totals.audio_messages), seconds);
    std::printf("chunk later than due: p50 %.1f ms, p99 %.1f ms, worst %.1f ms\n", percentile(totals.late_ms, 0.5),
                percentile(totals.late_ms, 0.99), percentile(totals.late_ms, 1));
    if (used > 0)
        std::printf("emulator: %.1f CPU seconds, %.0f %% of one core\n", used, used / seconds * 100);
    for (const auto &session : all)
        session->stop();
    loop.restart();
    loop.run_for(std::chrono::seconds(2));
    return totals.lost == 0 && totals.open == sessions ? 0 : 1;
}
