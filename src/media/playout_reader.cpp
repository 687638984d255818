#include "playout_reader.hpp"

#include <algorithm>
#include <cmath>

namespace gemlive::media {

size_t PlayoutReader::render(std::span<float> out) noexcept
{
    size_t heard = 0;
    while (!out.empty()) {
        size_t made = 0;
        switch (state_) {
        case State::silent:
            if (!start()) {
                std::fill(out.begin(), out.end(), 0.0F);
                return heard;
            }
            break;
        case State::playing:
            made = resampler_->pull(out, [this](std::span<float> block) noexcept { return take_queued(block); });
            fade_in(out.first(made));
            heard += made;
            if (made < out.size()) {
                stop();
            }
            break;
        case State::tail:
            made = resampler_->pull_rest(out);
            heard += made;
            if (made < out.size()) {
                resampler_->reset();
                state_ = State::silent;
            }
            break;
        case State::fading:
            made = resampler_->pull(out.first(std::min(out.size(), fade_out_left_)),
                                    [this](std::span<float> block) noexcept { return take_fading(block); });
            fade_out(out.first(made));
            if (fade_out_left_ == 0) {
                end_fade();
            }
            break;
        }
        out = out.subspan(made);
    }
    return heard;
}

// A new output format: what the old filter had taken and not given out, and the sound just before it, go into the
// new one, so that the change costs no sample.
void PlayoutReader::adopt(PlayoutOutput &output) noexcept
{
    if (serial_ == output.serial) {
        return;
    }
    serial_ = output.serial;
    const bool sounding = state_ == State::playing || state_ == State::tail;
    output_ = &output;
    resampler_ = model_rate_ != 0 ? output.find(model_rate_) : nullptr;
    fade_in_left_ = 0;
    if (!sounding || !resampler_) {
        end_fade();
        return;
    }
    resampler_->reset();
    const size_t remembered = static_cast<size_t>(std::min<uint64_t>(history_end_, history_frames));
    replay_ = std::min(remembered, static_cast<size_t>(waiting_input_) + filter_context);
    state_ = State::playing;
    const double known_input = std::max(static_cast<double>(replay_) - waiting_input_, 0.0);
    auto unwanted = static_cast<size_t>(std::lround(known_input * output.format.sample_rate / model_rate_));
    while (unwanted > 0) {
        const std::span<float> block = std::span(mono_).first(std::min(unwanted, mono_.size()));
        size_t made = resampler_->pull(block, [this](std::span<float> in) noexcept { return take_queued(in); });
        if (made < block.size()) {
            resampler_->pull_rest(block.subspan(made));
            stop();
            return;
        }
        unwanted -= made;
    }
}

bool PlayoutReader::start() noexcept
{
    position_ = queue_.cursor();
    const auto front = queue_.front(position_);
    if (!front.chunk) {
        skip_prebuffer_ = false;
        return false;
    }
    const PlayoutChunk &chunk = *front.chunk;
    next_frame_ = chunk.first_frame + front.offset;
    const uint64_t queued = queue_.appended_frames() - next_frame_;
    const uint64_t enough = static_cast<uint64_t>(prebuffer_ms_) * static_cast<uint64_t>(chunk.sample_rate) / 1000;
    const bool complete = ended_at_.load(std::memory_order_acquire) > next_frame_;
    if (queued < enough && !complete && !skip_prebuffer_) {
        return false;
    }
    Resampler *const resampler = output_->find(chunk.sample_rate);
    if (!resampler) {
        return false;
    }
    resampler_ = resampler;
    resampler_->reset();
    model_rate_ = chunk.sample_rate;
    // The first sample of a turn begins by itself; in the middle of one it would be a step.
    fade_in_left_ = broken_off_ && chunk.turn_offset + front.offset > 0 ? fade_frames() : 0;
    broken_off_ = false;
    skip_prebuffer_ = false;
    history_end_ = 0;
    replay_ = 0;
    stop_ = Stop::none;
    state_ = State::playing;
    return true;
}

void PlayoutReader::stop() noexcept
{
    if (stop_ == Stop::other_rate) {
        skip_prebuffer_ = true;
        state_ = State::tail;
        return;
    }
    if (stop_ == Stop::dry && ended_at_.load(std::memory_order_acquire) >= next_frame_) {
        state_ = State::tail;
        return;
    }
    fade_chunk_ = nullptr;
    if (stop_ == Stop::jumped) {
        const PlayoutChunk *const chunk = queue_.jumped_from(position_);
        if (chunk && chunk->sample_rate == model_rate_) {
            fade_chunk_ = chunk;
            fade_offset_ = chunk->seq == position_.seq() ? position_.offset() : 0;
        }
    }
    mirrored_ = 0;
    fade_out_left_ = fade_frames();
    state_ = State::fading;
    if (fade_out_left_ == 0) {
        end_fade();
    }
}

void PlayoutReader::end_fade() noexcept
{
    if (resampler_) {
        resampler_->reset();
    }
    fade_chunk_ = nullptr;
    broken_off_ = true;
    skip_prebuffer_ = false;
    position_ = queue_.cursor();
    state_ = State::silent;
}

void PlayoutReader::fade_in(std::span<float> out) noexcept
{
    if (fade_in_left_ == 0) {
        return;
    }
    const float all = static_cast<float>(fade_frames());
    for (float &sample : out.first(std::min(out.size(), fade_in_left_))) {
        sample *= 1.0F - static_cast<float>(fade_in_left_) / all;
        --fade_in_left_;
    }
}

void PlayoutReader::fade_out(std::span<float> out) noexcept
{
    const float all = static_cast<float>(fade_frames() + 1);
    for (float &sample : out) {
        sample *= static_cast<float>(fade_out_left_) / all;
        --fade_out_left_;
    }
}

size_t PlayoutReader::take_queued(std::span<float> out) noexcept
{
    size_t made = 0;
    for (; replay_ > 0 && made < out.size(); --replay_) {
        out[made++] = heard_before(replay_);
    }
    while (made < out.size()) {
        if (queue_.cursor() != position_) {
            stop_ = Stop::jumped;
            return made;
        }
        auto position = position_;
        const auto front = queue_.front(position);
        position_ = position;
        if (!front.chunk) {
            stop_ = queue_.cursor() == position_ ? Stop::dry : Stop::jumped;
            return made;
        }
        if (front.chunk->sample_rate != model_rate_) {
            stop_ = Stop::other_rate;
            return made;
        }
        const size_t frames = std::min(out.size() - made, front.frames);
        if (!queue_.claim(position_, position_.after(frames))) {
            continue;
        }
        const std::span<float> taken = out.subspan(made, frames);
        to_float(std::span(front.chunk->samples).subspan(front.offset, frames), taken);
        remember(taken);
        next_frame_ = front.chunk->first_frame + front.offset + frames;
        made += frames;
    }
    return made;
}

// What was flushed and would have come now; without it, the sound played backwards, which goes on without a step.
size_t PlayoutReader::take_fading(std::span<float> out) noexcept
{
    size_t made = 0;
    if (fade_chunk_) {
        made = std::min(out.size(), fade_chunk_->size - fade_offset_);
        to_float(std::span(fade_chunk_->samples).subspan(fade_offset_, made), out.first(made));
        remember(out.first(made));
        fade_offset_ += made;
    }
    for (; made < out.size(); ++made) {
        out[made] = heard_before(++mirrored_);
    }
    return made;
}

void PlayoutReader::remember(std::span<const float> samples) noexcept
{
    for (const float sample : samples) {
        history_[history_end_++ % history_frames] = sample;
    }
}

float PlayoutReader::heard_before(size_t frames_ago) const noexcept
{
    if (frames_ago > history_frames || frames_ago > history_end_) {
        return 0.0F;
    }
    return history_[(history_end_ - frames_ago) % history_frames];
}

}  // namespace gemlive::media
