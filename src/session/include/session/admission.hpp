#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace gemlive::session {

// The bound on what the application gave and no connection has written yet, wherever it waits: in the inbox or in the
// journal. It counts messages and bytes; microphone audio has a bound of its own. Any thread.
class Admission {
public:
    // One message's share of the bound. Given back with its destruction.
    class Ticket {
    public:
        Ticket() = default;
        Ticket(Ticket &&other) noexcept
            : admission_(std::exchange(other.admission_, nullptr)), bytes_(other.bytes_)
        {
        }
        Ticket &operator=(Ticket &&other) noexcept
        {
            if (this != &other) {
                give_back();
                admission_ = std::exchange(other.admission_, nullptr);
                bytes_ = other.bytes_;
            }
            return *this;
        }
        ~Ticket() { give_back(); }

        void give_back() noexcept
        {
            if (admission_) {
                admission_->messages_.fetch_sub(1, std::memory_order_relaxed);
                admission_->bytes_.fetch_sub(bytes_, std::memory_order_relaxed);
                admission_ = nullptr;
            }
        }

    private:
        friend class Admission;
        Ticket(Admission &admission, size_t bytes) : admission_(&admission), bytes_(bytes) {}

        Admission *admission_ = nullptr;
        size_t bytes_ = 0;
    };

    Admission(size_t max_messages, size_t max_bytes) : max_messages_(max_messages), max_bytes_(max_bytes) {}
    Admission(const Admission &) = delete;
    Admission &operator=(const Admission &) = delete;

    // Nothing when the bound is reached. A message that is larger than the bound is taken when nothing else waits. Calls
    // of this function exclude each other by the caller's lock.
    std::optional<Ticket> admit(size_t bytes) noexcept
    {
        const size_t waiting = bytes_.load(std::memory_order_relaxed);
        if (messages() >= max_messages_ || (waiting > 0 && waiting + bytes > max_bytes_)) {
            return std::nullopt;
        }
        messages_.fetch_add(1, std::memory_order_relaxed);
        bytes_.fetch_add(bytes, std::memory_order_relaxed);
        return Ticket(*this, bytes);
    }

    size_t messages() const noexcept { return messages_.load(std::memory_order_relaxed); }
    size_t bytes() const noexcept { return bytes_.load(std::memory_order_relaxed); }

private:
    const size_t max_messages_;
    const size_t max_bytes_;
    std::atomic<size_t> messages_{0};
    std::atomic<size_t> bytes_{0};
};

}  // namespace gemlive::session
