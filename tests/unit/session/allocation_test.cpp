// In steady state a message of the model's sound costs no allocation on the I/O thread, played or told as an event. What
// the link and the way out need is counted in net's and protocol's tests.
#include <future>

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include "base/base64.hpp"
#include "net/link.hpp"
#include "session/session.hpp"
#include "session/surroundings.hpp"
#include "support/counted_allocations.hpp"

#ifndef GEMLIVE_SANITIZED
namespace gemlive::session {
namespace {

constexpr auto patience = std::chrono::seconds(20);

// Is connected at once, and gives what the test hands it.
class SteadyLink final : public net::Link {
public:
    explicit SteadyLink(net::asio::io_context &io) : io_(io) {}

    net::asio::awaitable<net::DialResult> dial(const net::DialOptions &) override { co_return net::DialResult(); }
    void start(net::LinkHandler &handler) override
    {
        handler_ = &handler;
        net::asio::post(io_, [this, self = shared_from_this()] {
            std::string text = R"({"setupComplete":{}})" + std::string(64, ' ');
            give(text);
        });
    }
    void wake() override {}
    void ping() override {}
    void close(uint16_t, std::string, Clock::time_point) override {}
    void fail(net::EndCause, Error) override {}
    void abort() override { handler_ = nullptr; }
    net::Traffic traffic() const override { return {}; }
    std::optional<uint64_t> bytes_acknowledged() const override { return 0; }

    // With its 64 bytes of padding.
    void give(std::string &padded)
    {
        if (handler_) {
            handler_->on_message(padded.data(), padded.size() - 64, padded.size(), false);
            handler_->on_batch_end();
        }
    }

private:
    net::asio::io_context &io_;
    net::LinkHandler *handler_ = nullptr;
};

std::string sound_message()
{
    const std::string sound = base64::encode(std::vector<uint8_t>(9600, 1));
    return R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":")" + sound +
           R"("}}]}}})" + std::string(64, ' ');
}

// The allocations of 100 messages of 200 ms, after 100 others.
size_t allocations(const char *audio_events, bool plays)
{
    std::shared_ptr<SteadyLink> link;
    settings::Options options;
    EXPECT_FALSE(options.set_all(std::string(R"({"api_key":"k","audio_events":")") + audio_events + "\"}"));
    std::shared_ptr<Model> model;
    EXPECT_FALSE(Model::create(options, model));
    Surroundings surroundings;
    surroundings.make_link = [&](net::asio::io_context &io) { return link = std::make_shared<SteadyLink>(io); };
    std::shared_ptr<Session> session;
    EXPECT_FALSE(Session::create(model, nullptr, nullptr, session, surroundings));
    EXPECT_FALSE(session->start(1));
    if (plays) {
        EXPECT_FALSE(session->set_output_format({24000, 1}));
    }
    const auto on_io_thread = [&](auto work) {
        std::promise<void> done;
        session->thread()->post([&] {
            work();
            done.set_value();
        });
        EXPECT_EQ(done.get_future().wait_for(patience), std::future_status::ready);
    };
    delivery::EventPtr event;
    do {
        EXPECT_EQ(session->own_queue()->take(20'000, event), Status::ok);
    } while (event && event->type != delivery::EventType::connected);
    event.reset();
    std::string message = sound_message();
    std::vector<int16_t> heard(4800);
    size_t found = 0;
    size_t told = 0;
    for (int i = 0; i < 200; ++i) {
        on_io_thread([&] {
            test::count_allocations(i >= 100);
            link->give(message);
            test::count_allocations(false);
            found += test::take_counted_allocations();
        });
        if (plays) {
            size_t frames = 0;
            session->read_audio({heard.data(), heard.size()}, frames);
        }
        while (session->own_queue()->take(0, event) == Status::ok) {
            told += event->type == delivery::EventType::audio;
        }
        event.reset();
    }
    EXPECT_EQ(told, std::string_view(audio_events) == "on" ? 200u : 0u);
    session->destroy();
    on_io_thread([] {});
    on_io_thread([] {});
    return found;
}

TEST(SessionAllocation, SoundThatIsPlayedNeedsNone)
{
    EXPECT_EQ(allocations("off", true), 0u);
}

TEST(SessionAllocation, SoundThatIsToldNeedsNoneWhenEventsAreTaken)
{
    EXPECT_EQ(allocations("on", false), 0u);
}

TEST(SessionAllocation, SoundThatIsPlayedAndToldNeedsNone)
{
    EXPECT_EQ(allocations("on", true), 0u);
}

}  // namespace
}  // namespace gemlive::session
#endif
