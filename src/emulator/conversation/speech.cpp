// The speaking part of a turn: sentences become samples, samples become chunks, words go along with them.

#include <algorithm>
#include <cctype>
#include <cstring>
#include <utility>

#include "base/base64.hpp"
#include "turn.hpp"

namespace gemlive::emulator {
namespace {

constexpr size_t sample_bytes = 2;

std::vector<std::string> sentences_of(const std::string &text)
{
    std::vector<std::string> sentences;
    std::string current;
    for (size_t i = 0; i < text.size(); ++i) {
        current += text[i];
        const bool ends = (text[i] == '.' || text[i] == '!' || text[i] == '?') && i + 1 < text.size() &&
                          std::isspace(static_cast<unsigned char>(text[i + 1]));
        if (ends) {
            sentences.push_back(std::move(current));
            current.clear();
            while (i + 1 < text.size() && std::isspace(static_cast<unsigned char>(text[i + 1])))
                ++i;
        }
    }
    if (current.find_first_not_of(" \t\r\n") != std::string::npos)
        sentences.push_back(std::move(current));
    return sentences;
}

std::vector<std::string> words_of(const std::string &text)
{
    std::vector<std::string> words;
    std::string current;
    for (const char c : text) {
        if (!std::isspace(static_cast<unsigned char>(c))) {
            current += c;
        } else if (!current.empty()) {
            words.push_back(std::move(current));
            current.clear();
        }
    }
    if (!current.empty())
        words.push_back(std::move(current));
    return words;
}

}  // namespace

struct Turn::Speech {
    std::deque<std::string> sentences;  // still to be synthesised
    std::string transcript;             // when it differs from what is said
    bool transcript_told = false;       // the whole of it goes with the first sentence
    std::string voice;
    size_t chunk_bytes = 0;
    double pace = 1;
    std::vector<uint8_t> audio;
    size_t cut = 0;  // bytes that were sent
    std::deque<Piece> pieces;
    std::vector<std::string> ahead;
    bool synthesised = false;
    bool timer_armed = false;
    Done done;
};

std::vector<std::string> Turn::pieces_of(const std::string &sentence)
{
    // Two or one words at a time, as the service does; where the space stands is the family's habit.
    static constexpr size_t sizes[] = {2, 1, 2};
    const bool trailing = stage_.setup.profile->transcript == TranscriptStyle::trailing_space;
    const std::vector<std::string> words = words_of(sentence);
    std::vector<std::string> pieces;
    size_t next = 0;
    for (size_t n = 0; next < words.size(); ++n) {
        std::string piece;
        const bool first = n == 0 && !has_transcript_;
        if ((n == 0 || !trailing) && !first)
            piece = " ";
        for (size_t i = 0; i < sizes[n % std::size(sizes)] && next < words.size(); ++i, ++next)
            piece.append(i == 0 ? "" : " ").append(words[next]);
        if (trailing && next < words.size())
            piece += " ";
        pieces.push_back(std::move(piece));
    }
    has_transcript_ = has_transcript_ || !pieces.empty();
    return pieces;
}

void Turn::say(const Utterance &utterance, Done done)
{
    open();
    auto speech = std::make_shared<Speech>();
    for (std::string &sentence : sentences_of(utterance.text))
        speech->sentences.push_back(std::move(sentence));
    speech->transcript = utterance.transcript;
    speech->voice = utterance.voice.empty() ? stage_.setup.voice : utterance.voice;
    speech->chunk_bytes = utterance.chunk_bytes;
    speech->pace = utterance.pace > 0 ? utterance.pace : stage_.settings.audio_pace;
    speech->done = std::move(done);
    stage_.memory.remember("model: " + utterance.text);
    if (stage_.setup.text_answers) {
        speak_text(speech);
        return;
    }
    if (stage_.setup.transcribe_output && stage_.setup.profile->transcript == TranscriptStyle::all_ahead) {
        const std::string &text = utterance.transcript.empty() ? utterance.text : utterance.transcript;
        speech->ahead = pieces_of(text);
    }
    synthesise_next(speech);
}

void Turn::silence(int64_t ms, Done done)
{
    open();
    auto speech = std::make_shared<Speech>();
    speech->pace = stage_.settings.audio_pace;
    speech->done = std::move(done);
    speech->audio.resize(static_cast<size_t>(ms * output_rate / 1000) * sample_bytes);
    speech->synthesised = true;
    pump(speech);
}

void Turn::speak_text(const std::shared_ptr<Speech> &speech)
{
    stage_.timeline.after(std::max(Duration(0), next_chunk_ - stage_.timeline.now()),
                          [this, alive = std::weak_ptr<bool>(alive_), speech] {
                              if (alive.expired())
                                  return;
                              while (!speech->sentences.empty()) {
                                  for (const std::string &piece : pieces_of(speech->sentences.front()))
                                      text(piece);
                                  speech->sentences.pop_front();
                              }
                              speech->done();
                          });
}

void Turn::synthesise_next(const std::shared_ptr<Speech> &speech)
{
    if (speech->sentences.empty()) {
        speech->synthesised = true;
        pump(speech);
        return;
    }
    const std::string sentence = speech->sentences.front();
    speech->sentences.pop_front();
    stage_.voice.speak(sentence, speech->voice,
                       [this, alive = std::weak_ptr<bool>(alive_), speech, sentence](const Samples &samples) {
                           if (alive.expired())
                               return;
                           add_sentence(*speech, sentence, *samples);
                           synthesise_next(speech);
                           pump(speech);
                       });
}

void Turn::add_sentence(Speech &speech, const std::string &sentence, const std::vector<int16_t> &samples)
{
    const size_t begin = speech.audio.size();
    const size_t bytes = samples.size() * sample_bytes;
    speech.audio.resize(begin + bytes);
    if (bytes > 0)
        std::memcpy(speech.audio.data() + begin, samples.data(), bytes);
    if (!stage_.setup.transcribe_output || stage_.setup.profile->transcript == TranscriptStyle::all_ahead)
        return;
    const bool other = !speech.transcript.empty();
    if (other && speech.transcript_told)
        return;
    speech.transcript_told = other;
    const std::vector<std::string> pieces = pieces_of(other ? speech.transcript : sentence);
    size_t letters = 0;
    for (const std::string &piece : pieces)
        letters += piece.size();
    size_t before = 0;
    for (const std::string &piece : pieces) {
        speech.pieces.push_back({begin + bytes * before / std::max<size_t>(letters, 1), piece});
        before += piece.size();
    }
}

void Turn::pump(const std::shared_ptr<Speech> &speech)
{
    if (speech->timer_armed || !speech->done)
        return;
    const auto &sizes = stage_.setup.profile->chunk_bytes;
    const size_t usual = sizes[std::min(chunk_index_, sizes.size() - 1)];
    const size_t wanted = speech->chunk_bytes != 0 ? speech->chunk_bytes : usual;
    const size_t waiting = speech->audio.size() - speech->cut;
    if (waiting < wanted && !speech->synthesised)
        return;  // the next sentence brings us back
    if (waiting == 0) {
        for (const Piece &piece : speech->pieces)
            output_transcript({piece.text, false, stage_.setup.output_language});
        const Done done = std::exchange(speech->done, nullptr);
        done();
        return;
    }
    speech->timer_armed = true;
    const Duration wait = std::max(Duration(0), next_chunk_ - stage_.timeline.now());
    stage_.timeline.after(wait, [this, alive = std::weak_ptr<bool>(alive_), speech, wanted] {
        if (alive.expired())
            return;
        speech->timer_armed = false;
        const std::weak_ptr<bool> still(alive_);
        send_chunk(*speech, std::min(wanted, speech->audio.size() - speech->cut));
        if (!still.expired())  // a rule may have interrupted at this very chunk
            pump(speech);
    });
}

void Turn::send_transcript_ahead(Speech &speech)
{
    if (speech.ahead.empty())
        return;
    stage_.send(Messages::output_transcript({}));
    for (const std::string &piece : speech.ahead)
        stage_.send(Messages::output_transcript({piece, false, ""}));
    stage_.send(Messages::output_transcript({"", true, ""}));
    speech.ahead.clear();
}

void Turn::send_chunk(Speech &speech, size_t bytes)
{
    const Profile &profile = *stage_.setup.profile;
    const bool beside = profile.transcript != TranscriptStyle::own_messages;
    send_transcript_ahead(speech);

    std::string transcript;
    const size_t reach =
        speech.cut + bytes + (beside ? 0 : bytes);  // messages of their own run ahead of the sound
    while (!speech.pieces.empty() && speech.pieces.front().at < reach) {
        if (beside)
            transcript += speech.pieces.front().text;
        else
            stage_.send(
                Messages::output_transcript({speech.pieces.front().text, false, stage_.setup.output_language}));
        speech.pieces.pop_front();
    }
    if (first_chunk_ && profile.one_sample_first) {
        static constexpr uint8_t one_sample[sample_bytes] = {0, 0};
        if (profile.empty_before_audio)
            stage_.send(Json::object());
        stage_.send(stage_.messages().audio(base64::encode(one_sample), transcript));
        stage_.memory.usage.speak_audio(1);
        ++sent_samples_;
        transcript.clear();
    }
    first_chunk_ = false;
    if (profile.empty_before_audio)
        stage_.send(Json::object());
    const std::span<const uint8_t> chunk(speech.audio.data() + speech.cut, bytes);
    stage_.send(stage_.messages().audio(base64::encode(chunk), transcript));

    speech.cut += bytes;
    ++chunk_index_;
    const auto samples = static_cast<int64_t>(bytes / sample_bytes);
    stage_.memory.usage.speak_audio(samples);
    const double ms = static_cast<double>(samples) * 1000 / output_rate;
    const Duration now = stage_.timeline.now();
    next_chunk_ = std::max(now, next_chunk_) + stage_.scaled(ms / speech.pace);
    playback_end_ = std::max(now, playback_end_) + stage_.scaled(ms);
    sent_samples_ += samples;
    stage_.happened("sent_audio_ms", sent_audio_ms());
}

}  // namespace gemlive::emulator
