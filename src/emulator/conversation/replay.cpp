#include "replay.hpp"

#include <algorithm>
#include <utility>

#include "reader.hpp"

namespace gemlive::emulator {
namespace {

// As long as the service lets a connection live.
constexpr std::chrono::minutes wait_limit{10};
constexpr const char *audio_kind = "realtimeInput.audio";

}  // namespace

Replay::Replay(const std::vector<RecordedMessage> &messages, Timeline &timeline, Wire &wire,
               const Endpoint &endpoint, std::unique_ptr<Recorder> recorder, Options options)
    : messages_(messages), timeline_(timeline), wire_(wire), endpoint_(endpoint), recorder_(std::move(recorder)),
      options_(std::move(options))
{
    Amounts amounts;
    for (const RecordedMessage &message : messages_) {
        for (const Sent &sent : message.sent)
            amounts[sent.kind] += sent.amount;
        needed_.push_back(amounts);
    }
}

void Replay::start()
{
    go_on();
}

void Replay::lost()
{
    ended_ = true;
}

void Replay::refuse(const Refusal &refusal)
{
    ended_ = true;
    options_.log("closes with " + std::to_string(refusal.code) + " " + refusal.reason);
    wire_.close(refusal.code, refusal.reason);
}

void Replay::receive(std::string_view text, bool binary)
{
    if (ended_)
        return;
    if (recorder_) {
        if (!have_setup_)
            recorder_->zero(timeline_.now());
        recorder_->message(true, binary, text, timeline_.now());
    }
    if (endpoint_.bad_credential) {
        refuse(endpoint_.bad_credential);
        return;
    }
    Json message;
    if (const Refusal refusal = read_client_message(text, endpoint_.flavour, message)) {
        refuse(refusal);
        return;
    }
    if (message.contains("setup") == have_setup_) {
        refuse(invalid("setup must be the first message and only the first."));
        return;
    }
    have_setup_ = true;
    for (const Sent &sent : kinds_of(message)) {
        got_[sent.kind] += sent.amount;
        if (sent.kind == "realtimeInput.audioStreamEnd" || sent.kind == "realtimeInput.activityEnd")
            end_of_speech();
    }
    go_on();
}

// Who says that the speech is over has said all of it, however short it was.
void Replay::end_of_speech()
{
    size_t last = next_;
    while (last < messages_.size() && messages_[last].from_client)
        ++last;
    if (last > next_) {
        const auto needed = needed_[last - 1].find(audio_kind);
        if (needed != needed_[last - 1].end())
            got_[audio_kind] = std::max(got_[audio_kind], needed->second);
    }
}

bool Replay::has_all(const RecordedMessage &message, const Amounts &needed) const
{
    return std::all_of(message.sent.begin(), message.sent.end(), [&](const Sent &sent) {
        const auto got = got_.find(sent.kind);
        return sent.amount == 0 || (got != got_.end() && got->second >= needed.at(sent.kind));
    });
}

bool Replay::is_satisfied(size_t index) const
{
    if (has_all(messages_[index], needed_[index]))
        return true;
    const auto streams = [](const RecordedMessage &m) {
        return std::all_of(m.sent.begin(), m.sent.end(), [](const Sent &s) { return is_stream(s.kind); });
    };
    if (!streams(messages_[index]))
        return false;
    // A client that is past the stream, at the next thing that the recorded one said, has sent enough of it.
    for (size_t later = index + 1; later < messages_.size() && messages_[later].from_client; ++later) {
        if (!streams(messages_[later]))
            return has_all(messages_[later], needed_[later]);
    }
    return false;
}

void Replay::wait_for(const std::string &what)
{
    if (waiting_)
        return;
    waiting_ = true;
    const uint64_t wait = ++wait_;
    timeline_.after(wait_limit, [weak = weak_from_this(), wait, what] {
        const std::shared_ptr<Replay> self = weak.lock();
        if (!self || self->ended_ || !self->waiting_ || self->wait_ != wait)
            return;
        self->options_.log("has waited in vain for " + what);
        self->refuse({1011, "Deadline expired before operation could complete."});
    });
}

void Replay::go_on()
{
    while (!ended_ && !paused_ && next_ < messages_.size()) {
        const RecordedMessage &message = messages_[next_];
        if (message.from_client) {
            if (!is_satisfied(next_)) {
                wait_for(message.sent.empty() ? "the client" : message.sent[0].kind);
                return;
            }
            waiting_ = false;
        } else {
            if (recorder_)
                recorder_->message(false, message.binary, message.text, timeline_.now());
            wire_.send(message.text, message.binary);
        }
        ++next_;
        if (next_ == messages_.size())
            options_.log("the recording is over");
        else
            pause(message, messages_[next_]);
    }
}

// The service took its time, where the recording knows it; the client takes its own.
void Replay::pause(const RecordedMessage &before, const RecordedMessage &next)
{
    if (next.from_client || !before.at || !next.at || *next.at <= *before.at)
        return;
    paused_ = true;
    const double seconds = (*next.at - *before.at) / options_.speed;
    timeline_.after(Duration(static_cast<int64_t>(seconds * 1e6)), [weak = weak_from_this()] {
        if (const std::shared_ptr<Replay> self = weak.lock()) {
            self->paused_ = false;
            self->go_on();
        }
    });
}

}  // namespace gemlive::emulator
