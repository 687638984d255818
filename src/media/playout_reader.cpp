#include "playout_reader.hpp"

#include <algorithm>
#include <cmath>

namespace gemlive::media {

size_t PlayoutReader::read(PlayoutOutput &output, const SampleBuffer &out) noexcept
{
    adopt(output);
    size_t heard = 0;
    for (size_t made = 0; made < out.frames();) {
        const std::span<float> mono = std::span(mono_).first(std::min(mono_.size(), out.frames() - made));
        heard += render(mono);
        upmix(mono, output.format.channels, out.part(made, mono.size(), output.format.channels));
        made += mono.size();
    }
    waiting_input_ = resampler_ ? resampler_->pending_input() : 0.0;
    return heard;
}

// Gives `out` its sound or its silence; says how much of it is sound of the model.
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
            made = render_playing(out);
            heard += made;
            break;
        case State::tail:
            made = render_tail(out);
            heard += made;
            break;
        case State::fading:
            made = render_fading(out);
            break;
        }
        out = out.subspan(made);
    }
    return heard;
}

size_t PlayoutReader::render_playing(std::span<float> out) noexcept
{
    const size_t made =
        resampler_->pull(out, [this](std::span<float> room) noexcept { return take_queued(room); });
    fade_.fade_in(out.first(made));
    if (made < out.size()) {
        stop();
    }
    return made;
}

size_t PlayoutReader::render_tail(std::span<float> out) noexcept
{
    const size_t made = resampler_->pull_rest(out);
    if (made < out.size()) {
        resampler_->reset();
        state_ = State::silent;
    }
    return made;
}

size_t PlayoutReader::render_fading(std::span<float> out) noexcept
{
    const size_t made = resampler_->pull(out.first(std::min(out.size(), fade_.out_left())),
                                         [this](std::span<float> room) noexcept {
                                             fade_.take(room, history_);
                                             return room.size();
                                         });
    fade_.fade_out(out.first(made));
    if (fade_.out_left() == 0) {
        fall_silent();
    }
    return made;
}

void PlayoutReader::adopt(PlayoutOutput &output) noexcept
{
    if (serial_ == output.serial) {
        return;
    }
    serial_ = output.serial;
    const bool sounding = state_ == State::playing || state_ == State::tail;
    output_ = &output;
    resampler_ = model_rate_ != 0 ? output.find(model_rate_) : nullptr;
    fade_.stop();
    if (sounding && resampler_) {
        continue_sound();
    } else {
        fall_silent();
    }
}

// A new output format: what the old filter had taken and not given out, and the sound just before it, go into the
// new one, so that the change costs no sample.
void PlayoutReader::continue_sound() noexcept
{
    resampler_->reset();
    replay_ = std::min(history_.frames(), static_cast<size_t>(waiting_input_) + filter_context);
    state_ = State::playing;
    const double known_input = std::max(static_cast<double>(replay_) - waiting_input_, 0.0);
    auto unwanted =
        static_cast<size_t>(std::lround(known_input * output_->format.sample_rate / model_rate_));
    while (unwanted > 0) {
        const std::span<float> block = std::span(mono_).first(std::min(unwanted, mono_.size()));
        const size_t made =
            resampler_->pull(block, [this](std::span<float> room) noexcept { return take_queued(room); });
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
    fade_.begin_in(broken_off_ && chunk.turn_offset + front.offset > 0 ? fade_frames() : 0);
    broken_off_ = false;
    skip_prebuffer_ = false;
    history_.clear();
    replay_ = 0;
    stop_ = Stop::none;
    state_ = State::playing;
    return true;
}

void PlayoutReader::stop() noexcept
{
    const bool complete = stop_ == Stop::dry && ended_at_.load(std::memory_order_acquire) >= next_frame_;
    if (stop_ == Stop::other_rate || complete) {
        skip_prebuffer_ = stop_ == Stop::other_rate;
        state_ = State::tail;
        return;
    }
    fade_out();
}

void PlayoutReader::fade_out() noexcept
{
    const PlayoutChunk *chunk = stop_ == Stop::jumped ? queue_.jumped_from(position_) : nullptr;
    if (chunk && chunk->sample_rate != model_rate_) {
        chunk = nullptr;
    }
    fade_.begin_out(fade_frames(), chunk, chunk && chunk->seq == position_.seq() ? position_.offset() : 0);
    state_ = State::fading;
    if (fade_.out_left() == 0) {
        fall_silent();
    }
}

void PlayoutReader::fall_silent() noexcept
{
    if (resampler_) {
        resampler_->reset();
    }
    fade_.stop();
    broken_off_ = true;
    skip_prebuffer_ = false;
    position_ = queue_.cursor();
    state_ = State::silent;
}

size_t PlayoutReader::take_queued(std::span<float> out) noexcept
{
    size_t made = 0;
    for (; replay_ > 0 && made < out.size(); --replay_) {
        out[made++] = history_.before(replay_);
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
        history_.remember(taken);
        next_frame_ = front.chunk->first_frame + front.offset + frames;
        made += frames;
    }
    return made;
}

}  // namespace gemlive::media
