#include "controller.hpp"

#include <utility>

#include "base/assert.hpp"

namespace gemlive::session {

using settings::Settings;
using std::chrono::milliseconds;

dialogue::TurnRules Controller::turn_rules(const Settings &settings)
{
    dialogue::TurnRules rules;
    // A transcription model has nothing to say.
    rules.model_replies = settings.service.capabilities.supports("audio_output");
    rules.server_tells_speech = settings.setup.asks_for_signals || settings.service.capabilities.speech_signals ==
                                                                       protocol::SpeechSignals::unasked;
    rules.transcript_grace_ms = settings.transcript_grace_ms;
    rules.interrupt_grace_ms = settings.interrupt_grace_ms;
    rules.reply_timeout_ms = settings.reply_timeout_ms;
    rules.stall_timeout_ms = settings.stall_timeout_ms;
    return rules;
}

RetryLimits Controller::retry_limits(const Settings &settings)
{
    RetryLimits limits;
    limits.max_retries = settings.max_retries;
    limits.longest_delay_ms = settings.retry_interval_ms;
    limits.outage_budget_ms = settings.outage_budget_ms;
    return limits;
}

Journal::Limits Controller::journal_limits(const Settings &settings)
{
    Journal::Limits limits;
    limits.waiting_samples = media::wire_samples(settings.journal_ms);
    limits.replay_window = milliseconds(settings.replay_ms);
    return limits;
}

Liveness::Limits Controller::liveness_limits(const Settings &settings)
{
    return {milliseconds(settings.liveness_timeout_ms), milliseconds(settings.pong_timeout_ms),
            milliseconds(settings.ping_interval_ms), milliseconds(settings.stall_timeout_ms)};
}

Budget::Limits Controller::budget_limits(const Settings &settings)
{
    return {settings.budget_tokens, settings.budget_ms, settings.budget_warning_percent};
}

void Controller::put_in_force(std::shared_ptr<const Settings> settings)
{
    const bool was_manual = std::exchange(settings_, std::move(settings))->setup.manual_activity;
    shared_->replace_settings(settings_);
    if (settings_->setup.manual_activity != was_manual) {
        change_who_finds_speech();
    }
    turns_.set_rules(turn_rules(*settings_));
    retry_.set_limits(retry_limits(*settings_));
    budget_.set_limits(budget_limits(*settings_));
    journal_.set_limits(journal_limits(*settings_));
    if (hand_over_) {
        hand_over_->set_least(milliseconds(settings_->handover_min_ms));
    }
    packetizer_.set_partial_after(milliseconds(settings_->partial_packet_ms));
    shared_->input.detect_voice(settings_->voice_detection);
    take_samples({}, Clock::now());  // who spoke has stopped, if nobody listens any more
    if (is_live()) {
        connection_->set_liveness_limits(liveness_limits(*settings_));
    }
}

// A7: a loss of the connection can bring such a change in the middle of an activity. A server that finds speech itself closes
// on the application's marks, and the other one takes no end of the stream.
void Controller::change_who_finds_speech()
{
    journal_.withdraw_marks();
    {
        const std::lock_guard lock(shared_->activity_mutex);
        shared_->activity = 0;
    }
    activity_by_voice_ = 0;
    if (std::exchange(activity_is_given_, false)) {
        turns_.end_activity(dialogue::SpeechSource::manual, std::nullopt, now_ms());
        act_on_effects();
    }
}

// What waits for the next connection has its time now.
void Controller::take_settings_of_next_dial()
{
    if (for_next_dial_) {
        const bool was_accepted = !former_ && (cause_ != wording::DialCause::first || is_live());
        if (was_accepted && settings_->setup.difference(for_next_dial_->settings->setup).any()) {
            former_ = in_force_;
        }
        in_force_ = std::move(*for_next_dial_);
        for_next_dial_.reset();
        update_waits_since_.reset();
        put_in_force(in_force_.settings);
        tell_what_is_left_out();
    }
}

// They came with the connection that has taken over. What was changed since it was prepared waits on.
void Controller::take_prepared_settings(const Configuration &prepared)
{
    if (for_next_dial_ && for_next_dial_->settings == prepared.settings) {
        for_next_dial_.reset();
        update_waits_since_.reset();
    }
    const std::shared_ptr<const Settings> newest = settings_;  // of what takes effect in place
    in_force_ = prepared;
    put_in_force(in_force_.settings->with_in_place_of(*newest));
    in_force_.settings = settings_;
    tell_what_is_left_out();
}

// Models are switched off at short notice: who named none gets another one, and is told.
bool Controller::take_next_default_model(Failure &failure)
{
    const settings::Endpoint &endpoint = settings_->endpoint;
    if (!failure.verdict.no_such_model || !endpoint.version_warning.empty()) {
        return false;
    }
    const std::lock_guard lock(shared_->configuration_mutex);
    Configuration next;
    if (shared_->configuration.with_next_default_model(next)) {
        return false;
    }
    failure.error.message += " No model was named: " + next.settings->service.model + " is tried next.";
    shared_->configuration = next;
    for_next_dial_ = std::move(next);
    return true;
}

// What changed while this connection was made, unless its setup belongs to another URL.
void Controller::take_newer_setup()
{
    if (for_next_dial_ && for_next_dial_->settings->endpoint.url == settings_->endpoint.url) {
        take_settings_of_next_dial();
    }
}

}  // namespace gemlive::session
