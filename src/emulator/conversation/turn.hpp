#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "memory.hpp"
#include "messages.hpp"
#include "scenario.hpp"
#include "setup.hpp"
#include "timeline.hpp"
#include "voice.hpp"

namespace gemlive::emulator {

// What a turn needs from its conversation.
struct Stage {
    const Settings &settings;
    Timeline &timeline;
    Voice &voice;
    Ids &ids;
    Flavour flavour;
    Setup setup;
    Memory memory;
    std::function<void(const Json &)> send;
    std::function<void(const std::string &kind, int64_t number)> happened;

    Duration scaled(double ms) const { return Duration(static_cast<int64_t>(ms * 1000 / settings.speed)); }
    Messages messages() const { return {*setup.profile, flavour}; }
};

struct Utterance {
    std::string text;
    std::string transcript;
    std::string voice;
    size_t chunk_bytes = 0;  // 0 = as the model's family
    double pace = 0;         // 0 = as the settings say
};

// A reply of the model as it goes over the wire: paced audio, transcript beside it, calls, flags, usage. At most
// one is running; it opens with its first output and ends with turnComplete.
class Turn {
public:
    using Done = std::function<void()>;

    explicit Turn(Stage &stage);
    ~Turn();

    bool running() const noexcept { return running_; }
    bool ending() const noexcept { return ending_.has_value(); }  // all is said, but playback is not over
    int64_t sent_audio_ms() const noexcept { return sent_samples_ * 1000 / output_rate; }  // of the connection

    // `done` comes when the last chunk was sent, unless the turn is interrupted before.
    void say(const Utterance &utterance, Done done);
    void silence(int64_t ms, Done done);
    void text(const std::string &text);
    void thought(const std::string &text);
    void output_transcript(const Transcript &transcript);
    void call(const Json &calls);

    void generation_complete();
    // Sends turnComplete when playback would end, and before any output that comes sooner; does nothing if no turn runs.
    void complete(const std::string &reason, const std::string &interaction, Done done);
    void interrupt(bool cancel_calls);

    // Calls that wait for their answer. The answer's `id` may be absent; then the name decides.
    struct Open {
        std::string id;
        std::string name;
        bool non_blocking;
    };
    const std::deque<Open> &open_calls() const noexcept { return open_; }
    bool take_answer(const std::string &id, const std::string &name);
    bool was_cancelled(const std::string &id) const;
    void cancel_calls(const std::vector<std::string> &ids);
    bool is_blocked() const;

private:
    struct Speech;
    struct Ending {
        std::string reason;
        std::string interaction;
    };
    struct Piece {
        size_t at;  // byte of the audio that it belongs to
        std::string text;
    };

    void open();
    void end(Ending ending);
    void synthesise_next(const std::shared_ptr<Speech> &speech);
    void add_sentence(Speech &speech, const std::string &sentence, const std::vector<int16_t> &samples);
    void pump(const std::shared_ptr<Speech> &speech);
    void send_chunk(Speech &speech, size_t bytes);
    void send_transcript_ahead(Speech &speech);
    void speak_text(const std::shared_ptr<Speech> &speech);
    std::vector<std::string> pieces_of(const std::string &sentence);

    Stage &stage_;
    bool running_ = false;
    std::optional<Ending> ending_;
    uint64_t number_ = 0;  // of turns
    bool generated_ = false;
    bool has_transcript_ = false;  // so that the next piece needs a space
    bool first_chunk_ = true;
    size_t chunk_index_ = 0;
    Duration next_chunk_{0};
    Duration playback_end_{0};
    int64_t sent_samples_ = 0;
    std::deque<Open> open_;
    std::deque<std::string> cancelled_;
    std::shared_ptr<bool> alive_;  // renewed by each interruption, so that late callbacks find nothing
};

}  // namespace gemlive::emulator
