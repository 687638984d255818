#include "base/json_text.hpp"

#include <cstddef>

namespace gemlive {
namespace {

// Behind the quote that ends the string that begins before `at`.
size_t end_of_string(std::string_view text, size_t at) noexcept
{
    while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
    }
    return at + 1;
}

}  // namespace

bool has_too_many_levels(std::string_view text) noexcept
{
    int levels = 0;
    for (size_t at = 0; at < text.size(); ++at) {
        switch (text[at]) {
        case '"':
            at = end_of_string(text, at + 1) - 1;
            break;
        case '[':
        case '{':
            if (++levels > most_json_levels) {
                return true;
            }
            break;
        case ']':
        case '}':
            levels -= levels > 0 ? 1 : 0;
            break;
        default:
            break;
        }
    }
    return false;
}

Error too_many_levels(std::string_view what)
{
    const std::string most = std::to_string(most_json_levels);
    return {Status::invalid_argument,
            std::string(what) + " has more than " + most + " levels of objects and arrays; allowed are " + most};
}

}  // namespace gemlive
