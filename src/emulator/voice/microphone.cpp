#include "microphone.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <stdexcept>

#include <samplerate.h>

#include "base/base64.hpp"
#include "hearing.hpp"

namespace gemlive::emulator {

struct Microphone::Resampler {
    explicit Resampler(int rate) : rate(rate)
    {
        int error = 0;
        state = src_new(SRC_SINC_FASTEST, 1, &error);
        if (state == nullptr)
            throw std::runtime_error(src_strerror(error));
    }
    ~Resampler() { src_delete(state); }
    Resampler(const Resampler &) = delete;
    Resampler &operator=(const Resampler &) = delete;

    int rate;
    SRC_STATE *state;
    std::vector<float> in;
    std::vector<float> out;
};

Microphone::Microphone() = default;
Microphone::~Microphone() = default;

int pcm_rate(const std::string &mime_type)
{
    std::string type;
    for (const char c : mime_type) {
        if (!std::isspace(static_cast<unsigned char>(c)))
            type += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    if (!type.starts_with("audio/pcm") && !type.starts_with("audio/l16"))
        return 0;
    const size_t at = type.find(";rate=");
    const int rate = at == std::string::npos ? input_rate : std::atoi(type.c_str() + at + 6);
    return rate >= 4000 && rate <= 192000 ? rate : 0;
}

std::span<const int16_t> Microphone::hear(const Json &blob)
{
    const int rate = pcm_rate(blob.value("mimeType", "audio/pcm"));
    const auto data = blob.find("data");
    if (rate == 0 || data == blob.end())
        return {};
    const auto &text = data->get_ref<const std::string &>();
    bytes_.resize(kept_ + base64::max_decoded_size(text.size()));
    const std::optional<size_t> decoded = base64::decode(text, bytes_.data() + kept_);
    const size_t size = kept_ + decoded.value_or(0);
    samples_.resize(size / 2);
    if (size >= 2)
        std::memcpy(samples_.data(), bytes_.data(), samples_.size() * 2);
    kept_ = size % 2;
    if (kept_ != 0)
        bytes_[0] = bytes_[size - 1];
    if (rate != input_rate)
        resample(rate);
    return samples_;
}

void Microphone::resample(int rate)
{
    if (!resampler_ || resampler_->rate != rate)
        resampler_ = std::make_unique<Resampler>(rate);
    Resampler &r = *resampler_;
    const double ratio = static_cast<double>(input_rate) / rate;
    r.in.resize(samples_.size());
    src_short_to_float_array(samples_.data(), r.in.data(), static_cast<int>(samples_.size()));
    r.out.resize(static_cast<size_t>(static_cast<double>(r.in.size()) * ratio) + 256);
    SRC_DATA data = {};
    data.data_in = r.in.data();
    data.data_out = r.out.data();
    data.input_frames = static_cast<long>(r.in.size());
    data.output_frames = static_cast<long>(r.out.size());
    data.src_ratio = ratio;
    src_process(r.state, &data);
    samples_.resize(static_cast<size_t>(data.output_frames_gen));
    src_float_to_short_array(r.out.data(), samples_.data(), static_cast<int>(samples_.size()));
}

}  // namespace gemlive::emulator
