#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gemlive::dialogue {

// Text that the server lets grow, up to a bound: once a piece did not fit, everything later is left out as well, so
// that what is kept has no holes. No character is cut in two.
class BoundedText {
public:
    explicit BoundedText(size_t max_bytes) : max_bytes_(max_bytes) {}

    void append(std::string_view piece);
    // What append(piece) would make of it.
    std::string with(std::string_view piece) const;

    const std::string &text() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }
    int64_t dropped_bytes() const noexcept { return dropped_bytes_; }

private:
    std::string_view fitting(std::string_view piece) const noexcept;

    size_t max_bytes_;
    std::string text_;
    int64_t dropped_bytes_ = 0;
};

}  // namespace gemlive::dialogue
