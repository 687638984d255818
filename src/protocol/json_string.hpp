#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gemlive::protocol {

// What the escapes in a string of JSON are like.
enum class Escapes : uint8_t {
    good,
    half_pairs,  // a \ud800 without its other half, or the other way around: no character
    bad,         // \x, \u12
};

// `text` is what stands between the quotes, or any JSON: outside of strings there are no backslashes.
Escapes check_escapes(std::string_view text) noexcept;

// The text that a string of JSON stands for, with the replacement character for half a pair. False, and `out` as
// it was, when an escape is bad. For the few strings that the JSON library refuses.
bool unescape_half_pairs(std::string_view text, std::string &out);

// Makes each half of a pair the replacement character, \ufffd, as readers of damaged text do.
void replace_half_pairs(std::string &text) noexcept;

}  // namespace gemlive::protocol
