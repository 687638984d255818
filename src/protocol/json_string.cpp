#include "json_string.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace gemlive::protocol {
namespace {

constexpr size_t size_of_u = 6;  // \uXXXX

bool is_hex(char c) noexcept
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The code unit of the \uXXXX at `at`; nothing if there is none.
std::optional<unsigned> unit_at(std::string_view text, size_t at) noexcept
{
    const std::string_view escape = text.substr(std::min(at, text.size()), size_of_u);
    if (escape.size() != size_of_u || escape[0] != '\\' || escape[1] != 'u' ||
        !std::all_of(escape.begin() + 2, escape.end(), is_hex)) {
        return std::nullopt;
    }
    unsigned unit = 0;
    std::from_chars(escape.data() + 2, escape.data() + size_of_u, unit, 16);
    return unit;
}

bool is_first_half(unsigned unit) noexcept
{
    return unit >= 0xd800 && unit < 0xdc00;
}
bool is_second_half(unsigned unit) noexcept
{
    return unit >= 0xdc00 && unit < 0xe000;
}

// Calls f(at) for each half pair. False at the first bad escape.
template <typename F>
bool each_half_pair(std::string_view text, F &&f)
{
    for (size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
        if (at + 1 == text.size()) {
            return false;
        }
        if (text[at + 1] != 'u') {
            if (std::string_view("\"\\/bfnrt").find(text[at + 1]) == std::string_view::npos) {
                return false;
            }
            at += 2;
            continue;
        }
        const std::optional<unsigned> unit = unit_at(text, at);
        if (!unit) {
            return false;
        }
        if (is_first_half(*unit) && is_second_half(unit_at(text, at + size_of_u).value_or(0))) {
            at += 2 * size_of_u;
            continue;
        }
        if (is_first_half(*unit) || is_second_half(*unit)) {
            f(at);
        }
        at += size_of_u;
    }
    return true;
}

}  // namespace

Escapes check_escapes(std::string_view text) noexcept
{
    bool halves = false;
    if (!each_half_pair(text, [&](size_t) { halves = true; })) {
        return Escapes::bad;
    }
    return halves ? Escapes::half_pairs : Escapes::good;
}

bool unescape_half_pairs(std::string_view text, std::string &out)
{
    std::string quoted = '"' + std::string(text) + '"';
    replace_half_pairs(quoted);
    const simdjson::padded_string padded(quoted);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    std::string_view unescaped;
    if (parser.iterate(padded).get(document) || document.get_string().get(unescaped)) {
        return false;
    }
    out.assign(unescaped);
    return true;
}

void replace_half_pairs(std::string &text) noexcept
{
    each_half_pair(text, [&](size_t at) { text.replace(at + 2, 4, "fffd"); });
}

}  // namespace gemlive::protocol
