#include "usage.hpp"

#include <utility>

#include "hearing.hpp"
#include "voice.hpp"

namespace gemlive::emulator {
namespace {

constexpr int64_t audio_tokens_per_second = 25;
constexpr int64_t tokens_per_image = 258;
constexpr size_t bytes_per_token = 4;

int64_t text_tokens(std::string_view text)
{
    return static_cast<int64_t>((text.size() + bytes_per_token - 1) / bytes_per_token);
}

int64_t audio_tokens(int64_t samples, int rate)
{
    return (samples * audio_tokens_per_second + rate / 2) / rate;
}

void add_detail(Json &details, const char *modality, int64_t tokens)
{
    if (tokens == 0)
        return;
    Json detail;
    detail["modality"] = modality;
    detail["tokenCount"] = tokens;
    details.push_back(std::move(detail));
}

}  // namespace

void Usage::read_text(std::string_view text)
{
    context_text_ += text_tokens(text);
}
void Usage::read_instructions(std::string_view text)
{
    instructions_ = text_tokens(text);
}
void Usage::write_text(std::string_view text)
{
    written_text_ += text_tokens(text);
}
void Usage::think(std::string_view text)
{
    thoughts_ += text_tokens(text);
}

Json Usage::end_turn(const Profile &profile, Flavour flavour)
{
    const int64_t shown_hidden = profile.hidden_in_details ? profile.hidden_prompt_tokens : 0;
    const int64_t prompt_audio = audio_tokens(heard_samples_, input_rate) + context_audio_;
    const int64_t prompt_images = images_ * tokens_per_image;
    const int64_t prompt_text = context_text_ + instructions_;
    const int64_t prompt = prompt_text + prompt_audio + prompt_images + profile.hidden_prompt_tokens;
    const int64_t answer_audio = audio_tokens(spoken_samples_, output_rate);
    const int64_t answer = answer_audio + written_text_;
    const bool vertex = flavour == Flavour::vertex;

    Json usage;
    usage["promptTokenCount"] = prompt;
    usage[vertex ? "candidatesTokenCount" : "responseTokenCount"] = answer;
    usage["totalTokenCount"] = prompt + answer;
    Json details = Json::array();
    add_detail(details, "TEXT", prompt_text + shown_hidden);
    add_detail(details, "AUDIO", prompt_audio);
    add_detail(details, "IMAGE", prompt_images);
    if (!details.empty())
        usage["promptTokensDetails"] = std::move(details);
    details = Json::array();
    add_detail(details, "TEXT", written_text_);
    add_detail(details, "AUDIO", answer_audio);
    if (!details.empty())
        usage[vertex ? "candidatesTokensDetails" : "responseTokensDetails"] = std::move(details);
    if (thoughts_ > 0)
        usage["thoughtsTokenCount"] = thoughts_;

    context_text_ += written_text_;
    context_audio_ += answer_audio;
    spoken_before_ += spoken_samples_;
    spoken_samples_ = 0;
    written_text_ = 0;
    thoughts_ = 0;
    return usage;
}

Json Usage::interim(const Profile &profile)
{
    const int64_t heard = audio_tokens(heard_samples_, input_rate) - reported_heard_;
    const int64_t spoken = audio_tokens(spoken_before_ + spoken_samples_, output_rate) - reported_spoken_;
    reported_heard_ += heard;
    reported_spoken_ += spoken;

    Json usage;
    usage["promptTokenCount"] = heard;
    if (spoken > 0)
        usage["responseTokenCount"] = spoken;
    usage["totalTokenCount"] = heard + spoken;
    Json details = Json::array();
    add_detail(details, "TEXT", context_text_ + instructions_ + profile.hidden_prompt_tokens);
    add_detail(details, "AUDIO", heard);
    usage["promptTokensDetails"] = std::move(details);
    details = Json::array();
    add_detail(details, "AUDIO", spoken);
    if (!details.empty())
        usage["responseTokensDetails"] = std::move(details);
    return usage;
}

}  // namespace gemlive::emulator
