#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/status.hpp"
#include "delivery/event.hpp"
#include "dialogue/effects.hpp"

namespace gemlive::session {
struct Failure;
}

// The one place where the application's events are made: of the effects of the rules, and of what the session itself
// has to say. Nothing is decided here. Sentences for people are here, and secrets are taken out of them.
namespace gemlive::session::wording {

using EventPtr = std::shared_ptr<delivery::Event>;

// The server's message that is being handled. Its buffer is used again, so the text is copied, with its first event;
// without its audio, which is not shown.
class Message {
public:
    // `decoded` is what `text` says; `without_audio` is memory to be used.
    Message(std::string_view text, const protocol::ServerMessage &decoded, std::string &without_audio)
        : text_(text), decoded_(&decoded), without_audio_(&without_audio)
    {
    }

    const std::shared_ptr<const delivery::ServerText> &shown();
    // With room for the samples, to be filled.
    delivery::AudioEvent audio_event(size_t samples);

private:
    std::string_view to_be_copied() const;

    std::string_view text_;
    const protocol::ServerMessage *decoded_;
    std::string *without_audio_;
    std::shared_ptr<const delivery::ServerText> copy_;
};

// ---- what the rules found ----
EventPtr event_of(const dialogue::TurnStarted &effect);
EventPtr event_of(const dialogue::Text &effect);
EventPtr event_of(const dialogue::Thought &effect);
EventPtr event_of(const dialogue::OutputTranscript &effect);
// With room for the samples, to be filled.
delivery::AudioEvent event_of(const dialogue::Audio &effect, size_t room, Message &message);
EventPtr event_of(const dialogue::Media &effect, std::vector<uint8_t> bytes);
EventPtr event_of(const dialogue::Code &effect);
EventPtr event_of(const dialogue::Grounding &effect);
EventPtr event_of(const dialogue::UrlContext &effect);
EventPtr event_of(const dialogue::InteractionStatus &effect);
EventPtr event_of(const dialogue::WaitingForInput &effect);
EventPtr event_of(const dialogue::GenerationComplete &effect);
// heard_ms, flushed_ms: nothing when playout is off.
EventPtr event_of(const dialogue::Interrupted &effect, std::optional<int64_t> heard_ms,
                  std::optional<int64_t> flushed_ms);
EventPtr event_of(const dialogue::TurnFinished &effect, std::optional<int64_t> heard_ms);
EventPtr event_of(const dialogue::TurnMetrics &effect);
EventPtr event_of(const dialogue::Stalled &effect);
EventPtr event_of(const dialogue::ReplyFailed &effect);
EventPtr event_of(const dialogue::ToolCallOpened &effect, std::string behavior);
EventPtr event_of(const dialogue::ToolCallPiece &effect);
EventPtr event_of(const dialogue::ToolCallsCancelled &effect);
EventPtr event_of(const dialogue::SpeechStarted &effect);
EventPtr event_of(const dialogue::SpeechStopped &effect, bool user_transcription);
EventPtr event_of(const dialogue::InputTranscript &effect);
EventPtr event_of(const dialogue::ResumptionUpdated &effect);
EventPtr event_of(const dialogue::UsageCounted &effect);
EventPtr event_of(const dialogue::UnknownPart &effect);
EventPtr event_of(const dialogue::UnknownMember &effect);
EventPtr event_of(const dialogue::Dropped &effect);

// ---- the session's own ----
enum class DialCause : uint8_t { first, lost, go_away, updated, network_changed };
enum class Restored : uint8_t { fresh, resumed, reseeded, empty };
enum class EndReason : uint8_t { requested, fatal, budget, event_queue_full };

struct ConnectedFacts {
    DialCause cause = DialCause::first;
    Restored restored = Restored::fresh;
    delivery::Resent resent;
    std::optional<int64_t> outage_ms;
    std::string session_id;
    delivery::StepTimes steps;
};

struct Totals {
    const dialogue::UsageTotals &usage;
    int64_t turns = 0;
    int64_t connections = 0;
};

EventPtr connecting(int attempt, DialCause cause);
EventPtr connected(ConnectedFacts facts);
EventPtr disconnected(const Failure &failure, DialCause cause, bool will_retry, int64_t retry_in_ms);
EventPtr go_away(int64_t time_left_ms, bool at_once);
EventPtr no_traffic(int64_t silent_ms);
EventPtr playout_finished(uint64_t turn, int64_t heard_ms);
EventPtr dropped(delivery::Word what, int64_t amount, delivery::Word unit);
EventPtr not_applied(delivery::Word what, std::string why);
// What failed a connection or an attempt at one.
EventPtr error(const Failure &failure, bool fatal);
// What the session lives on after.
EventPtr error(const Error &error, bool retryable);
EventPtr error_of_call(uint64_t turn, const std::string &call, const Error &error);
EventPtr closed(EndReason reason, Status code, std::string message, const Totals &totals);

}  // namespace gemlive::session::wording
