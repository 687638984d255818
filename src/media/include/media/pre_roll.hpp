#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace gemlive::media {

// The newest samples of a microphone that is not sent: what goes before the moment at which somebody says that speech has
// begun.
class PreRoll {
public:
    // Keeps the newest `most` of all that was added.
    void add(std::span<const int16_t> samples, size_t most)
    {
        samples_.insert(samples_.end(), samples.begin(), samples.end());
        keep_newest(most);
    }
    void keep_newest(size_t most)
    {
        if (samples_.size() > most) {
            samples_.erase(samples_.begin(), samples_.end() - static_cast<std::ptrdiff_t>(most));
        }
    }
    std::vector<int16_t> take() { return std::exchange(samples_, {}); }
    void clear() noexcept { samples_.clear(); }
    size_t size() const noexcept { return samples_.size(); }

private:
    std::vector<int16_t> samples_;
};

}  // namespace gemlive::media
