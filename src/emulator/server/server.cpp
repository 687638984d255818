#include "server.hpp"

#include <csignal>
#include <cstdio>
#include <random>
#include <stdexcept>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "conversation.hpp"
#include "replay.hpp"
#include "socket.hpp"

namespace gemlive::emulator {
namespace {

namespace asio = boost::asio;
using Code = boost::system::error_code;

constexpr uint64_t scenario_seed = 20261124;

class LoopTimeline : public Timeline {
public:
    explicit LoopTimeline(asio::io_context &loop) : loop_(loop) {}

    Duration now() const override
    {
        return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
    }

    void after(Duration delay, std::function<void()> action) override
    {
        auto timer = std::make_shared<asio::steady_timer>(loop_, delay);
        timer->async_wait([timer, action = std::move(action)](Code error) {
            if (!error)
                action();
        });
    }

private:
    asio::io_context &loop_;
};

}  // namespace

struct Server::Impl {
    Impl(const ServerOptions &options, Scenario given, Recording played)
        : scenario(std::move(given)), recording(std::move(played)), record_folder(options.record_folder),
          tls(asio::ssl::context::tls_server), loop(std::make_unique<asio::io_context>(1)), timeline(*loop),
          ids(scenario.settings.has_scenario ? scenario_seed : std::random_device{}()),
          handles(ids, std::chrono::milliseconds(scenario.settings.handle_ms)), tokens(ids),
          voice(std::make_unique<FliteVoice>(
              [this](std::function<void()> action) { asio::post(*loop, std::move(action)); })),
          services{scenario, timeline, *voice, ids, handles, tokens},
          hall{scenario.rules,
               [this](Wire &wire, const Endpoint &endpoint, int number) { return serve(wire, endpoint, number); },
               [this](std::string_view body) { return tokens.create(body, timeline.now(), wall_now()); },
               {},
               options.max_connections},
          with_tls(options.tls), acceptor(std::make_unique<asio::ip::tcp::acceptor>(*loop)),
          signals(std::make_unique<asio::signal_set>(*loop))
    {
        for (const auto &[name, token] : scenario.settings.tokens.items()) {
            if (const std::string wrong = tokens.add(name, token, timeline.now(), wall_now()); !wrong.empty())
                throw ScenarioError("$.emulator.tokens." + name + ": " + wrong);
        }
        if (!options.quiet)
            services.log = [](const std::string &text) { std::fprintf(stderr, "emulator: %s\n", text.c_str()); };
        hall.log = services.log;
        if (options.tls) {
            tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv3 |
                            asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
            tls.use_certificate_chain(asio::buffer(options.certificate_pem));
            tls.use_private_key(asio::buffer(options.key_pem), asio::ssl::context::pem);
        }
        const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
        acceptor->open(endpoint.protocol());
        acceptor->set_option(asio::socket_base::reuse_address(true));
        acceptor->bind(endpoint);
        acceptor->listen(1024);
        signals->add(SIGTERM);
        signals->add(SIGINT);
        signals->async_wait([this](Code error, int) {
            if (!error)
                loop->stop();
        });
        accept();
    }

    // What waits in the loop refers to everything else here, and the voice's thread posts into the loop.
    ~Impl()
    {
        voice.reset();
        signals.reset();
        acceptor.reset();
        loop.reset();
    }

    static Tokens::WallTime wall_now()
    {
        return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    }

    std::shared_ptr<Handler> serve(Wire &wire, const Endpoint &endpoint, int number)
    {
        std::unique_ptr<Recorder> recorder;
        if (!record_folder.empty())
            recorder = std::make_unique<Recorder>(record_folder, number);
        if (recording.empty())
            return std::make_shared<Conversation>(services, wire, endpoint, number, std::move(recorder));
        // Who comes again after the last recorded connection hears the first one again.
        const auto &messages = recording[static_cast<size_t>(number - 1) % recording.size()];
        Replay::Options how;
        how.speed = scenario.settings.speed;
        how.log = [this, number](const std::string &text) {
            services.log("connection " + std::to_string(number) + ": " + text);
        };
        return std::make_shared<Replay>(messages, timeline, wire, endpoint, std::move(recorder), std::move(how));
    }

    void accept()
    {
        acceptor->async_accept([this](Code error, asio::ip::tcp::socket socket) {
            if (error) {
                // Mostly a lack of file descriptors: wait for some connection to end.
                services.log("accept: " + error.message());
                timeline.after(std::chrono::milliseconds(100), [this] { accept(); });
                return;
            }
            Code ignored;
            socket.set_option(asio::ip::tcp::no_delay(true), ignored);
            const int number = ++hall.accepted;
            if (with_tls)
                serve_tls(std::move(socket), tls, hall, number);
            else
                serve_plain(std::move(socket), hall, number);
            accept();
        });
    }

    Scenario scenario;
    Recording recording;
    std::string record_folder;
    asio::ssl::context tls;
    std::unique_ptr<asio::io_context> loop;
    LoopTimeline timeline;
    Ids ids;
    Handles handles;
    Tokens tokens;
    std::unique_ptr<FliteVoice> voice;
    Services services;
    Hall hall;
    bool with_tls;
    std::unique_ptr<asio::ip::tcp::acceptor> acceptor;
    std::unique_ptr<asio::signal_set> signals;
};

Server::Server(const ServerOptions &options, Scenario scenario, Recording recording)
    : impl_(std::make_unique<Impl>(options, std::move(scenario), std::move(recording)))
{
}

Server::~Server() = default;

uint16_t Server::port() const
{
    return impl_->acceptor->local_endpoint().port();
}
void Server::run()
{
    impl_->loop->run();
}
void Server::stop()
{
    impl_->loop->stop();
}

}  // namespace gemlive::emulator
