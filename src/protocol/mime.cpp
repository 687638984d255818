#include "mime.hpp"

#include <algorithm>
#include <charconv>

namespace gemlive::protocol {
namespace {

constexpr int highest_rate = 768000;

std::string_view trimmed(std::string_view text) noexcept
{
    constexpr std::string_view filling = " \t\"";
    const size_t first = text.find_first_not_of(filling);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(filling) - first + 1);
}

bool same_ignoring_case(std::string_view text, std::string_view lower) noexcept
{
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
    });
}

}  // namespace

bool is_pcm(std::string_view mime_type) noexcept
{
    const std::string_view type = trimmed(mime_type.substr(0, mime_type.find(';')));
    return type.empty() || same_ignoring_case(type, "audio/pcm");
}

int pcm_rate(std::string_view mime_type, int otherwise) noexcept
{
    for (size_t at = mime_type.find(';'); at != std::string_view::npos; at = mime_type.find(';')) {
        mime_type.remove_prefix(at + 1);
        const std::string_view parameter = mime_type.substr(0, mime_type.find(';'));
        const size_t equals = parameter.find('=');
        const std::string_view name = trimmed(parameter.substr(0, equals));
        if (equals == std::string_view::npos || !same_ignoring_case(name, "rate")) {
            continue;
        }
        const std::string_view digits = trimmed(parameter.substr(equals + 1));
        int rate = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), rate);
        if (error == std::errc() && end == digits.data() + digits.size() && rate > 0 && rate <= highest_rate) {
            return rate;
        }
    }
    return otherwise;
}

}  // namespace gemlive::protocol
