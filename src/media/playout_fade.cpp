#include "playout_fade.hpp"

#include "media/audio_format.hpp"

namespace gemlive::media {

void SampleHistory::remember(std::span<const float> samples) noexcept
{
    const size_t skipped = samples.size() - std::min(samples.size(), max_frames);
    end_ += skipped;
    samples = samples.subspan(skipped);
    const size_t at = static_cast<size_t>(end_ % max_frames);
    const size_t before_wrap = std::min(samples.size(), max_frames - at);
    std::copy_n(samples.begin(), before_wrap, samples_.begin() + at);
    std::copy(samples.begin() + before_wrap, samples.end(), samples_.begin());
    end_ += samples.size();
}

void PlayoutFade::begin_out(size_t frames, const PlayoutChunk *chunk, size_t offset) noexcept
{
    out_left_ = out_frames_ = frames;
    chunk_ = chunk;
    offset_ = offset;
    mirrored_ = 0;
}

void PlayoutFade::stop() noexcept
{
    in_left_ = 0;
    out_left_ = 0;
    chunk_ = nullptr;
}

void PlayoutFade::fade_in(std::span<float> out) noexcept
{
    for (float &sample : out.first(std::min(out.size(), in_left_))) {
        sample *= 1.0F - static_cast<float>(in_left_) / static_cast<float>(in_frames_);
        --in_left_;
    }
}

void PlayoutFade::fade_out(std::span<float> out) noexcept
{
    for (float &sample : out) {
        sample *= static_cast<float>(out_left_) / static_cast<float>(out_frames_ + 1);
        --out_left_;
    }
}

void PlayoutFade::take(std::span<float> input, SampleHistory &history) noexcept
{
    size_t made = 0;
    if (chunk_) {
        made = std::min(input.size(), chunk_->size - offset_);
        to_float(std::span(chunk_->samples).subspan(offset_, made), input.first(made));
        history.remember(input.first(made));
        offset_ += made;
    }
    for (; made < input.size(); ++made) {
        input[made] = history.before(++mirrored_);
    }
}

}  // namespace gemlive::media
