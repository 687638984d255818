// What some models say while they listen: hypotheses of a transcript, tokens by the second.

#include <algorithm>
#include <limits>

#include "conversation.hpp"

namespace gemlive::emulator {
namespace {

constexpr int64_t interim_step = input_rate / 2;
constexpr int64_t search_step = input_rate / 10;  // so that a long message does not hide where speech began
constexpr double final_after_ms = 400;            // the end of speech; 350 to 560 ms were seen

int64_t to_ms(int64_t samples)
{
    return samples * 1000 / input_rate;
}

// As many words as fit the time, so that a hypothesis grows like one.
std::string words_until(const std::string &text, int64_t samples)
{
    size_t end = 0;
    for (int64_t n = samples / interim_step; n >= 0 && end != std::string::npos; --n)
        end = text.find(' ', end + 1);
    return text.substr(0, end);
}

}  // namespace

// The next sample at which something is to be said.
int64_t Conversation::next_report(int64_t after) const
{
    int64_t next = std::numeric_limits<int64_t>::max();
    if (stage_.setup.profile->usage_each_second)
        next = (after / input_rate + 1) * input_rate;
    if (stage_.setup.profile->only_transcribes) {
        const int64_t step = speaking_ ? interim_step - (after - speaking_from_) % interim_step : search_step;
        next = std::min(next, after + step);
    }
    return next;
}

void Conversation::report_while_hearing()
{
    if (ended_)
        return;
    const Profile &profile = *stage_.setup.profile;
    if (profile.usage_each_second && heard_ % input_rate == 0) {
        Json message;
        message["serverContent"] = Json::object();
        message["usageMetadata"] = stage_.memory.usage.interim(profile);
        send(message);
    }
    if (profile.only_transcribes && speaking_ && heard_ > speaking_from_ &&
        (heard_ - speaking_from_) % interim_step == 0)
        tell_interim();
}

void Conversation::tell_interim()
{
    const auto &transcripts = stage_.settings.transcripts;
    const int64_t samples = std::max<int64_t>(heard_ - speaking_from_, 0);
    Transcript transcript;
    transcript.text = utterances_ < transcripts.size() ? words_until(transcripts[utterances_], samples)
                                                       : measured_speech(samples);
    if (stage_.setup.interim_times) {
        transcript.from_ms = to_ms(speaking_from_);
        transcript.to_ms = to_ms(speaking_from_ + samples);
    }
    send(Messages::interim_transcript(transcript));
}

// `text` is empty where a rule tells the transcript.
void Conversation::finish_transcript(const std::string &text, int64_t from, int64_t to)
{
    after(stage_.scaled(final_after_ms), [this, text, from, to] {
        if (!text.empty()) {
            Transcript transcript;
            transcript.text = text;
            if (stage_.setup.interim_times) {
                transcript.from_ms = to_ms(from);
                transcript.to_ms = to_ms(to);
            }
            send(Messages::input_transcript(transcript));
        }
        send(stage_.messages().content_flag("generationComplete"));
        if (stage_.setup.automatic)
            send(Messages::voice_activity(false, to_ms(to), true));
    });
}

}  // namespace gemlive::emulator
