#pragma once

#include <array>
#include <span>

#include "protocol/flavour.hpp"

namespace gemlive::protocol {

// What a session talks to when no model is named: the first one, and each next one where the service does not know the one
// before, since models are switched off at short notice.
inline std::span<const char *const> default_models(Flavour flavour) noexcept
{
    static constexpr std::array gemini = {"gemini-2.5-flash-native-audio-preview-12-2025", "gemini-3.8-live"};
    static constexpr std::array vertex = {"gemini-live-2.5-flash-native-audio", "gemini-3.8-live"};
    return flavour == Flavour::vertex ? std::span<const char *const>(vertex) : std::span<const char *const>(gemini);
}

}  // namespace gemlive::protocol
