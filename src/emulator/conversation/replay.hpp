#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "endpoint.hpp"
#include "handler.hpp"
#include "recorder.hpp"
#include "recording.hpp"
#include "timeline.hpp"
#include "wire.hpp"

namespace gemlive::emulator {

// Plays the server's side of a recorded connection. Where the recorded client said something, it waits until this
// client has said as much of that kind; what else the client says does not matter.
class Replay : public Handler, public std::enable_shared_from_this<Replay> {
public:
    struct Options {
        double speed = 1;
        std::function<void(const std::string &)> log = [](const std::string &) {};
    };

    Replay(const std::vector<RecordedMessage> &messages, Timeline &timeline, Wire &wire, const Endpoint &endpoint,
           std::unique_ptr<Recorder> recorder, Options options);

    void start() override;
    void receive(std::string_view text, bool binary) override;
    void lost() override;

private:
    using Amounts = std::map<std::string, int64_t>;

    void go_on();
    void pause(const RecordedMessage &before, const RecordedMessage &next);
    bool is_satisfied(size_t index) const;
    bool has_all(const RecordedMessage &message, const Amounts &needed) const;
    void end_of_speech();
    void wait_for(const std::string &what);
    void refuse(const Refusal &refusal);

    const std::vector<RecordedMessage> &messages_;
    Timeline &timeline_;
    Wire &wire_;
    Endpoint endpoint_;
    std::unique_ptr<Recorder> recorder_;
    Options options_;
    std::vector<Amounts> needed_;  // of each kind in all, to go past the message with this index
    Amounts got_;
    size_t next_ = 0;
    uint64_t wait_ = 0;  // number of the current wait, so that an old deadline is known as such
    bool waiting_ = false;
    bool paused_ = false;  // as long as the recording says
    bool ended_ = false;
    bool have_setup_ = false;
};

}  // namespace gemlive::emulator
