// What is heard in the microphone: it tells the rules who speaks, and where nobody else marks activities it does.
#include "controller.hpp"

namespace gemlive::session {

using dialogue::SpeechSource;

namespace {

int64_t offset_ms_of(uint64_t sample)
{
    return static_cast<int64_t>(sample) * 1000 / media::wire_sample_rate;
}

}  // namespace

// Nothing comes any more: who spoke has stopped.
void Controller::end_voice(Clock::time_point now)
{
    shared_->input.interrupt_voice();
    take_samples({}, now);
}

// Everything up to where it was known is taken.
void Controller::on_voice(const media::VoiceDetector::Change &change, Clock::time_point now)
{
    if (phase_ >= SessionPhase::finishing) {
        return;  // the last events are a closed list
    }
    if (settings_->setup.manual_activity) {
        change.started ? begin_activity_by_voice(change.sample, now) : end_activity_by_voice(change.sample, now);
        return;
    }
    const int64_t offset_ms = offset_ms_of(change.sample);
    change.started ? turns_.voice_started(offset_ms, now_ms()) : turns_.voice_stopped(offset_ms, now_ms());
    act_on_effects();
}

// A8
void Controller::begin_activity_by_voice(uint64_t sample, Clock::time_point now)
{
    if (!settings_->automatic_activity) {
        return;
    }
    {
        const std::lock_guard lock(shared_->activity_mutex);
        if (shared_->activity != 0) {
            return;  // by the application, also if its command is still on its way
        }
        shared_->activity = activity_by_voice_ = ++shared_->last_activity;
    }
    packetizer_.cut();
    take_packets(now);
    pre_roll_.keep_newest(static_cast<size_t>(taken_ - sample) + media::wire_samples(settings_->preroll_ms));
    start_activity(activity_entry(ActivityMark::start), SpeechSource::local, offset_ms_of(sample), now);
    wake_link();
}

void Controller::end_activity_by_voice(uint64_t sample, Clock::time_point now)
{
    const uint64_t number = std::exchange(activity_by_voice_, 0);
    if (number == 0) {
        return;
    }
    {
        const std::lock_guard lock(shared_->activity_mutex);
        if (shared_->activity != number) {
            return;  // the application has ended it; its mark is on its way
        }
        shared_->activity = 0;
    }
    packetizer_.cut();
    take_packets(now);
    activity_is_given_ = false;
    turns_.end_activity(SpeechSource::local, offset_ms_of(sample), now_ms());
    act_on_effects();
    JournalEntry mark = activity_entry(ActivityMark::end);
    mark.first_sample = mark.end_sample = taken_;
    journal_.add(std::move(mark));
    wake_link();
}

}  // namespace gemlive::session
