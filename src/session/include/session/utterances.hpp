#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "delivery/event.hpp"

namespace gemlive::session {

struct OpenUtterance {
    uint64_t id = 0;
    std::string transcript;
    uint64_t answer = 0;  // the turn that answers it
    std::optional<int64_t> closes_at;
};

// Stretches of user speech and their transcripts (docs/events.md, "utterance").
class Utterances {
public:
    using Emit = std::function<void(std::shared_ptr<delivery::Event>)>;

    Utterances(int64_t grace_ms, Emit emit) : grace_ms_(grace_ms), emit_(std::move(emit)) {}

    void speech_started(const char *source, std::optional<int64_t> offset_ms);
    void speech_stopped(const char *source, std::optional<int64_t> offset_ms);
    // `text` is a piece to append; of an interim transcript the whole hypothesis behind what is settled.
    void transcript(const std::string &text, bool interim, bool finished, int64_t now_ms);

    void turn_started(uint64_t turn);
    void turn_interrupted(uint64_t turn);
    void turn_finished(uint64_t turn, int64_t now_ms);
    void end();

    void on_time(int64_t now_ms);
    std::optional<int64_t> next_deadline() const { return open_ ? open_->closes_at : std::nullopt; }

private:
    void open();
    void close(const std::string &last_piece);
    void emit_transcript(const std::string &piece, const std::string &whole, bool final, bool interim);

    const int64_t grace_ms_;
    const Emit emit_;
    std::optional<OpenUtterance> open_;
    uint64_t last_id_ = 0;
    uint64_t unheard_turn_ = 0;  // the newest turn, while no utterance belongs to it
    std::optional<int64_t> unheard_turn_finished_ms_;
};

}  // namespace gemlive::session
