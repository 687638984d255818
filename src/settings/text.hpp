#pragma once

#include <algorithm>
#include <cctype>
#include <string>

#include "settings/options.hpp"

namespace gemlive::settings {

inline std::string lower_case(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

// Line ends in a header would begin another one.
inline bool fits_a_header(const std::string &text)
{
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

// The option's text, else the variable's, else the fallback.
inline std::string text_or_environment(const Options &options, const char *option, const char *variable,
                                       const char *fallback = "")
{
    std::string text = options.text(option);
    if (text.empty()) {
        text = environment(variable);
    }
    return text.empty() ? fallback : text;
}

}  // namespace gemlive::settings
