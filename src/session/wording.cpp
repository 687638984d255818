#include "wording.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/secrets.hpp"
#include "protocol/decoder.hpp"
#include "session/retry.hpp"

namespace gemlive::session::wording {

using delivery::Event;
using delivery::EventType;
using delivery::Json;
using delivery::Payload;
using delivery::Word;

namespace {

// ---- the words of docs/events.md ----

Word word(dialogue::Trigger trigger)
{
    switch (trigger) {
    case dialogue::Trigger::server: return "server";
    case dialogue::Trigger::request: return "request";
    case dialogue::Trigger::tool: return "tool";
    case dialogue::Trigger::user: return "user";
    }
    return "";
}

Word word(dialogue::TurnEnd reason)
{
    switch (reason) {
    case dialogue::TurnEnd::completed: return "completed";
    case dialogue::TurnEnd::interrupted: return "interrupted";
    case dialogue::TurnEnd::cancelled: return "cancelled";
    case dialogue::TurnEnd::lost: return "lost";
    case dialogue::TurnEnd::stalled: return "stalled";
    case dialogue::TurnEnd::closed: return "closed";
    }
    return "";
}

Word word(dialogue::StallPhase phase)
{
    switch (phase) {
    case dialogue::StallPhase::no_reply: return "no_reply";
    case dialogue::StallPhase::mid_turn: return "mid_turn";
    }
    return "";
}

Word word(dialogue::Origin origin)
{
    switch (origin) {
    case dialogue::Origin::server: return "server";
    case dialogue::Origin::connection: return "connection";
    case dialogue::Origin::application: return "application";
    }
    return "";
}

Word word(dialogue::SpeechSource source)
{
    switch (source) {
    case dialogue::SpeechSource::server: return "server";
    case dialogue::SpeechSource::local: return "local";
    case dialogue::SpeechSource::manual: return "manual";
    }
    return "";
}

Word word(dialogue::ReplyFailure reason)
{
    switch (reason) {
    case dialogue::ReplyFailure::superseded: return "superseded";
    case dialogue::ReplyFailure::timed_out: return "timed_out";
    case dialogue::ReplyFailure::cancelled: return "cancelled";
    case dialogue::ReplyFailure::empty: return "empty";
    case dialogue::ReplyFailure::lost: return "lost";
    case dialogue::ReplyFailure::closed: return "closed";
    }
    return "";
}

std::string sentence(const dialogue::ReplyFailed &effect)
{
    switch (effect.reason) {
    case dialogue::ReplyFailure::superseded: return "a newer request took its place";
    case dialogue::ReplyFailure::timed_out:
        return "the model did not begin to answer within " + std::to_string(effect.timeout_ms) + " ms";
    case dialogue::ReplyFailure::cancelled: return "the application interrupted before the model answered";
    case dialogue::ReplyFailure::empty: return "the model ended its turn without an answer";
    case dialogue::ReplyFailure::lost: return "the connection was lost after the request was written";
    case dialogue::ReplyFailure::closed: return "the session ended before the model answered";
    }
    return "";
}

Word word(DialCause cause)
{
    switch (cause) {
    case DialCause::first: return "first";
    case DialCause::lost: return "lost";
    case DialCause::go_away: return "go_away";
    case DialCause::updated: return "updated";
    case DialCause::network_changed: return "network_changed";
    }
    return "";
}

Word word(Restored restored)
{
    switch (restored) {
    case Restored::fresh: return "new";
    case Restored::resumed: return "resumed";
    case Restored::reseeded: return "reseeded";
    case Restored::empty: return "empty";
    }
    return "";
}

Word word(EndReason reason)
{
    switch (reason) {
    case EndReason::requested: return "requested";
    case EndReason::fatal: return "fatal";
    case EndReason::budget: return "budget";
    case EndReason::event_queue_full: return "event_queue_full";
    }
    return "";
}

// ---- making them ----

EventPtr make(EventType type, Payload payload = {})
{
    return std::make_shared<Event>(type, std::move(payload));
}

EventPtr of_turn(uint64_t turn, EventType type, Payload payload = {})
{
    EventPtr event = make(type, std::move(payload));
    event->turn = turn;
    return event;
}

EventPtr of_utterance(uint64_t utterance, EventType type, Payload payload)
{
    EventPtr event = make(type, std::move(payload));
    event->utterance = utterance;
    return event;
}

Json json(std::string_view raw)
{
    return {Secrets::remove_from(std::string(raw))};
}

EventPtr raw(uint64_t turn, EventType type, std::string_view text)
{
    return of_turn(turn, type, delivery::Raw{json(text)});
}

// One member as an object of its own.
std::string named(std::string_view name, std::string_view value)
{
    std::string text = "{";
    text += nlohmann::json(name).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    ((text += ':') += value) += '}';
    return text;
}

delivery::TokensByModality by_modality(const protocol::Reused<protocol::ModalityTokens> &entries)
{
    delivery::TokensByModality tokens;
    for (const protocol::ModalityTokens &entry : entries) {
        tokens[entry.modality] = entry.tokens;
    }
    return tokens;
}

delivery::TokenCounts counts_of(const dialogue::UsageCounts &counts)
{
    return {counts.prompt, counts.response, counts.total, counts.cached, counts.thoughts, counts.tool_use};
}

std::optional<delivery::TokenCounts> counts_of(const std::optional<dialogue::UsageCounts> &counts)
{
    return counts ? std::optional(counts_of(*counts)) : std::nullopt;
}

delivery::Usage::Totals totals_of(const dialogue::UsageTotals &usage)
{
    delivery::Usage::Totals totals;
    totals.counts = counts_of(usage);
    totals.by_modality.tokens = {{"prompt", usage.prompt_by_modality}, {"response", usage.response_by_modality}};
    return totals;
}

std::string show(std::string_view message)
{
    return Secrets::remove_from(protocol::server_json(message, true));
}

}  // namespace

std::string_view Message::to_be_copied() const
{
    return protocol::without_audio(text_, *decoded_, *without_audio_);
}

const std::shared_ptr<const delivery::ServerText> &Message::shown()
{
    if (!copy_) {
        copy_ = delivery::make_server_text(to_be_copied(), show);
    }
    return copy_;
}

delivery::AudioEvent Message::audio_event(size_t samples)
{
    delivery::AudioEvent made = copy_ ? delivery::make_audio_event(samples, copy_)
                                      : delivery::make_audio_event(samples, to_be_copied(), show);
    copy_ = made.text;
    return made;
}

EventPtr event_of(const dialogue::TurnStarted &effect)
{
    EventPtr event = of_turn(effect.turn, EventType::turn_started, delivery::TurnStarted{word(effect.trigger)});
    event->request = effect.request;
    event->utterance = effect.utterance;
    return event;
}

EventPtr event_of(const dialogue::Text &effect)
{
    return of_turn(effect.turn, EventType::text, delivery::Piece{std::string(effect.piece)});
}

EventPtr event_of(const dialogue::Thought &effect)
{
    return of_turn(effect.turn, EventType::thought, delivery::Piece{std::string(effect.piece)});
}

EventPtr event_of(const dialogue::OutputTranscript &effect)
{
    return of_turn(effect.turn, EventType::output_transcript, delivery::Piece{std::string(effect.piece)});
}

delivery::AudioEvent event_of(const dialogue::Audio &effect, size_t room, Message &message)
{
    delivery::AudioEvent made = message.audio_event(room);
    made.event->turn = effect.turn;
    auto &audio = std::get<delivery::Audio>(made.event->payload);
    audio.sample_rate = effect.sample_rate;
    audio.offset_frames = effect.offset_frames;
    return made;
}

EventPtr event_of(const dialogue::Media &effect, std::vector<uint8_t> bytes)
{
    return of_turn(effect.turn, EventType::media,
                   delivery::Media{std::string(effect.mime_type), std::move(bytes)});
}

EventPtr event_of(const dialogue::Code &effect)
{
    return raw(effect.turn, EventType::code, effect.raw);
}

EventPtr event_of(const dialogue::Grounding &effect)
{
    return raw(effect.turn, EventType::grounding, effect.raw);
}

EventPtr event_of(const dialogue::UrlContext &effect)
{
    return raw(effect.turn, EventType::url_context, effect.raw);
}

EventPtr event_of(const dialogue::InteractionStatus &effect)
{
    return of_turn(effect.turn, EventType::interaction_status, delivery::InteractionStatus{std::string(effect.value)});
}

EventPtr event_of(const dialogue::WaitingForInput &effect)
{
    return of_turn(effect.turn, EventType::waiting_for_input, delivery::WaitingForInput{effect.value});
}

EventPtr event_of(const dialogue::GenerationComplete &effect)
{
    return of_turn(effect.turn, EventType::generation_complete);
}

EventPtr event_of(const dialogue::Interrupted &effect, std::optional<int64_t> heard_ms,
                  std::optional<int64_t> flushed_ms)
{
    return of_turn(effect.turn, EventType::interrupted, delivery::Interrupted{word(effect.by), heard_ms, flushed_ms});
}

EventPtr event_of(const dialogue::TurnFinished &effect, std::optional<int64_t> heard_ms)
{
    EventPtr event = of_turn(effect.turn, EventType::turn_finished,
                             delivery::TurnFinished{word(effect.reason), std::string(effect.server_reason),
                                                    effect.generated_ms, effect.transcript, heard_ms});
    event->request = effect.request;
    return event;
}

EventPtr event_of(const dialogue::TurnMetrics &effect)
{
    EventPtr event = of_turn(effect.turn, EventType::turn_metrics,
                             delivery::TurnMetrics{effect.first_byte_ms, effect.first_audio_ms, effect.generation_ms,
                                                   effect.turn_ms, effect.interrupted, effect.tokens_per_second, counts_of(effect.tokens)});
    event->request = effect.request;
    return event;
}

EventPtr event_of(const dialogue::Stalled &effect)
{
    return of_turn(effect.turn, EventType::stalled, delivery::Stalled{word(effect.phase), effect.silent_ms});
}

EventPtr event_of(const dialogue::ReplyFailed &effect)
{
    EventPtr event = make(EventType::reply_failed, delivery::ReplyFailed{word(effect.reason), sentence(effect)});
    event->request = effect.request;
    return event;
}

EventPtr event_of(const dialogue::ToolCallOpened &effect, std::string behavior)
{
    return of_turn(effect.turn, EventType::tool_call,
                   delivery::ToolCall{effect.call, std::string(effect.name), Json{std::string(effect.arguments)},
                                      std::move(behavior)});
}

EventPtr event_of(const dialogue::ToolCallPiece &effect)
{
    const protocol::ToolCall &piece = *effect.piece;
    const nlohmann::json known = {{"id", piece.id}, {"name", piece.name}, {"willContinue", piece.will_continue}};
    std::string shown = known.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (!piece.partial_args.empty()) {
        shown.back() = ',';
        shown.append(R"("partialArgs":)").append(piece.partial_args) += '}';
    }
    return raw(effect.turn, EventType::server_message, std::move(shown));
}

EventPtr event_of(const dialogue::ToolCallsCancelled &effect)
{
    return of_turn(effect.turn, EventType::tool_calls_cancelled,
                   delivery::ToolCallsCancelled{{effect.calls}, word(effect.origin)});
}

EventPtr event_of(const dialogue::SpeechStarted &effect)
{
    return of_utterance(effect.utterance, EventType::speech_started,
                        delivery::Speech{word(effect.source), effect.offset_ms, std::nullopt});
}

EventPtr event_of(const dialogue::SpeechStopped &effect, bool user_transcription)
{
    return of_utterance(effect.utterance, EventType::speech_stopped,
                        delivery::Speech{word(effect.source), effect.offset_ms, user_transcription});
}

namespace {

Json words_of(const protocol::Transcription &heard)
{
    nlohmann::ordered_json words = nlohmann::ordered_json::array();
    for (const protocol::Word &word : heard.words) {
        words.push_back({{"word", word.word}, {"start_ms", word.start_ms}, {"end_ms", word.end_ms}});
    }
    return {words.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)};
}

}  // namespace

EventPtr event_of(const dialogue::InputTranscript &effect)
{
    delivery::InputTranscript told;
    told.text = effect.piece;
    told.transcript = effect.transcript;
    told.final = effect.final;
    told.interim = effect.interim;
    told.correction = effect.correction;
    if (effect.heard) {
        if (!effect.heard->words.empty()) {
            told.words = words_of(*effect.heard);
        }
        told.language = effect.heard->language_code;
        told.speaker = effect.heard->speaker_label;
    }
    return of_utterance(effect.utterance, EventType::input_transcript, std::move(told));
}

EventPtr event_of(const dialogue::ResumptionUpdated &effect)
{
    return make(EventType::resumption_updated,
                delivery::ResumptionUpdated{std::string(effect.handle), effect.resumable, effect.age_ms});
}

EventPtr event_of(const dialogue::UsageCounted &effect)
{
    const protocol::Usage &counted = *effect.usage;
    delivery::Usage usage;
    usage.counts = {counted.prompt, counted.response, counted.total,
                    counted.cached, counted.thoughts, counted.tool_use_prompt};
    const auto add = [&](const char *direction, const protocol::Reused<protocol::ModalityTokens> &entries) {
        if (!entries.empty()) {
            usage.by_modality.tokens[direction] = by_modality(entries);
        }
    };
    add("prompt", counted.prompt_by_modality);
    add("response", counted.response_by_modality);
    add("cached", counted.cached_by_modality);
    add("tool_use", counted.tool_use_prompt_by_modality);
    usage.session_totals = totals_of(*effect.totals);
    return of_turn(effect.turn, EventType::usage, std::move(usage));
}

EventPtr event_of(const dialogue::UnknownPart &effect)
{
    return raw(effect.turn, EventType::server_message, named(effect.name, effect.raw));
}

EventPtr event_of(const dialogue::UnknownMember &effect)
{
    return raw(0, EventType::server_message, named(effect.name, effect.raw));
}

EventPtr event_of(const dialogue::Dropped &effect)
{
    EventPtr event;
    switch (effect.what) {
    case dialogue::Loss::late_output: event = dropped("late_output", effect.amount, "messages"); break;
    case dialogue::Loss::transcript: event = dropped("transcript", effect.amount, "bytes"); break;
    case dialogue::Loss::tool_calls: event = dropped("tool_calls", effect.amount, "calls"); break;
    }
    event->turn = effect.turn;
    return event;
}

EventPtr connecting(int attempt, DialCause cause)
{
    return make(EventType::connecting, delivery::Connecting{attempt, word(cause)});
}

EventPtr connected(ConnectedFacts facts)
{
    return make(EventType::connected,
                delivery::Connected{word(facts.cause), word(facts.restored), std::move(facts.resent), facts.outage_ms,
                                    std::move(facts.session_id), std::move(facts.steps)});
}

EventPtr disconnected(const Failure &failure, DialCause cause, bool will_retry, int64_t retry_in_ms)
{
    return make(EventType::disconnected,
                delivery::Disconnected{failure.close_code, Secrets::remove_from(failure.close_reason), word(cause),
                                       failure.error.status, Secrets::remove_from(failure.error.message), will_retry,
                                       retry_in_ms, 1});
}

EventPtr go_away(int64_t time_left_ms, bool at_once)
{
    return make(EventType::go_away, delivery::GoAway{time_left_ms, at_once ? "now" : "at_turn_end"});
}

EventPtr no_traffic(int64_t silent_ms)
{
    return make(EventType::stalled, delivery::Stalled{"no_traffic", silent_ms});
}

EventPtr playout_finished(uint64_t turn, int64_t heard_ms)
{
    return of_turn(turn, EventType::playout_finished, delivery::PlayoutFinished{heard_ms});
}

EventPtr not_applied(Word what, std::string why)
{
    return make(EventType::not_applied, delivery::NotApplied{what, std::move(why)});
}

EventPtr dropped(Word what, int64_t amount, Word unit)
{
    return make(EventType::dropped, delivery::Dropped{what, amount, unit});
}

EventPtr error(const Failure &failure, bool fatal)
{
    delivery::Failed failed;
    failed.code = failure.error.status;
    failed.message = Secrets::remove_from(failure.error.message);
    failed.step = failure.step;
    failed.fatal = fatal;
    failed.retryable = !fatal;
    if (failure.http_status != 0) {
        failed.http_status = failure.http_status;
    }
    if (failure.close_code != 0) {
        failed.close_code = failure.close_code;
        failed.close_reason = Secrets::remove_from(failure.close_reason);
    }
    return make(EventType::error, std::move(failed));
}

EventPtr error(const Error &error, bool retryable)
{
    delivery::Failed failed;
    failed.code = error.status;
    failed.message = Secrets::remove_from(error.message);
    failed.retryable = retryable;
    return make(EventType::error, std::move(failed));
}

EventPtr error_of_call(uint64_t turn, const std::string &call, const Error &error)
{
    delivery::Failed failed;
    failed.code = error.status;
    failed.message = Secrets::remove_from(error.message);
    failed.call = call;
    return of_turn(turn, EventType::error, std::move(failed));
}

EventPtr closed(EndReason reason, Status code, std::string message, const Totals &totals)
{
    delivery::Closed payload{word(reason), code, Secrets::remove_from(std::move(message)), totals_of(totals.usage)};
    payload.totals.turns = totals.turns;
    payload.totals.connections = totals.connections;
    return make(EventType::closed, std::move(payload));
}

}  // namespace gemlive::session::wording
