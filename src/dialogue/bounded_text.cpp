#include "dialogue/bounded_text.hpp"

namespace gemlive::dialogue {

std::string_view BoundedText::fitting(std::string_view piece) const noexcept
{
    if (dropped_bytes_ > 0) {
        return {};
    }
    size_t size = max_bytes_ - text_.size();
    if (piece.size() <= size) {
        return piece;
    }
    const auto continues_character = [&](size_t at) { return (static_cast<unsigned char>(piece[at]) & 0xC0) == 0x80; };
    while (size > 0 && continues_character(size)) {
        --size;
    }
    return piece.substr(0, size);
}

void BoundedText::append(std::string_view piece)
{
    const std::string_view kept = fitting(piece);
    text_ += kept;
    dropped_bytes_ += static_cast<int64_t>(piece.size() - kept.size());
}

std::string BoundedText::with(std::string_view piece) const
{
    return text_ + std::string(fitting(piece));
}

}  // namespace gemlive::dialogue
