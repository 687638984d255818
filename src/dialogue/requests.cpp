#include "dialogue/requests.hpp"

#include <algorithm>

#include "base/clock.hpp"

namespace gemlive::dialogue {

void Requests::open(uint64_t request, int64_t timeout_ms, int64_t now_ms, bool without_tools)
{
    if (open_) {
        abandon(ReplyFailure::superseded, now_ms);  // R1
    }
    const int64_t patience_ms = bounded_ms(timeout_ms > 0 ? timeout_ms : reply_timeout_ms_).count();
    open_ = Request{request, patience_ms, without_tools, std::nullopt};
}

void Requests::written(uint64_t request, int64_t now_ms)
{
    if (open_ && open_->id == request) {
        open_->written_ms = now_ms;
        forget_withdrawn();
        return;
    }
    for (Abandoned &entry : abandoned_) {  // it was being written when it was abandoned
        if (entry.asked.request == request) {
            entry.written = true;
            entry.asked.written_ms = now_ms;
        }
    }
}

void Requests::fail(ReplyFailure reason)
{
    effects_.push_back(ReplyFailed{open_->id, reason, open_->timeout_ms});
    open_.reset();
}

// R6: the server does not know that nobody waits any more.
void Requests::abandon(ReplyFailure reason, int64_t now_ms)
{
    if (abandoned_.size() >= max_abandoned) {
        abandoned_.erase(abandoned_.begin());
    }
    const bool withdrawn = reason == ReplyFailure::cancelled;
    abandoned_.push_back({{open_->id, open_->written_ms.value_or(now_ms), withdrawn, open_->without_tools},
                          open_->written_ms.has_value(),
                          now_ms + open_->timeout_ms});
    fail(reason);
}

bool Requests::cancel(int64_t now_ms)
{
    const bool told = is_written();
    if (open_) {
        abandon(ReplyFailure::cancelled, now_ms);  // R5
    }
    return told;
}

void Requests::user_spoke()
{
    forget_withdrawn();
}

void Requests::forget_withdrawn()
{
    std::erase_if(abandoned_, [](const Abandoned &entry) { return entry.asked.withdrawn && entry.written; });
}

const Requests::Abandoned *Requests::oldest_written() const noexcept
{
    const auto found = std::find_if(abandoned_.begin(), abandoned_.end(), [](const Abandoned &a) { return a.written; });
    return found == abandoned_.end() ? nullptr : &*found;
}

bool Requests::answer_is_unwanted() const noexcept
{
    const Abandoned *const oldest = oldest_written();
    return oldest && oldest->asked.withdrawn;
}

bool Requests::drop_abandoned()
{
    const Abandoned *const oldest = oldest_written();
    if (!oldest) {
        return false;
    }
    abandoned_.erase(abandoned_.begin() + (oldest - abandoned_.data()));
    return true;
}

void Requests::drop_unwanted()
{
    if (answer_is_unwanted()) {
        drop_abandoned();
    }
}

std::optional<Requests::Asked> Requests::take()
{
    if (const Abandoned *const oldest = oldest_written()) {  // R6
        const Asked asked = oldest->asked;
        drop_abandoned();
        return asked;
    }
    if (!is_written()) {
        return std::nullopt;
    }
    const Asked asked{open_->id, *open_->written_ms, false, open_->without_tools};
    open_.reset();
    return asked;
}

void Requests::answered_with_nothing()
{
    if (!drop_abandoned() && is_written()) {
        fail(ReplyFailure::empty);  // R4
    }
}

void Requests::connection_ended()
{
    abandoned_.clear();
}

void Requests::lose_written()
{
    if (is_written()) {
        fail(ReplyFailure::lost);  // R3
    }
}

// R3: its time begins anew.
void Requests::write_again()
{
    if (open_) {
        open_->written_ms.reset();
    }
}

void Requests::end()
{
    abandoned_.clear();
    if (open_) {
        fail(ReplyFailure::closed);
    }
}

void Requests::forget_expired(int64_t now_ms)
{
    std::erase_if(abandoned_, [&](const Abandoned &entry) { return now_ms >= entry.forget_ms; });
}

void Requests::on_time(int64_t now_ms)
{
    forget_expired(now_ms);
    if (is_written() && now_ms >= *open_->written_ms + open_->timeout_ms) {
        abandon(ReplyFailure::timed_out, now_ms);  // R2
    }
}

std::optional<int64_t> Requests::next_deadline() const noexcept
{
    return is_written() ? std::optional(*open_->written_ms + open_->timeout_ms) : std::nullopt;
}

}  // namespace gemlive::dialogue
