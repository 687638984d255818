#pragma once

#include "protocol/flavour.hpp"

namespace gemlive::protocol {

// What a session talks to when no model is named.
constexpr const char *default_model(Flavour flavour) noexcept
{
    return flavour == Flavour::vertex ? "gemini-live-2.5-flash-native-audio"
                                      : "gemini-2.5-flash-native-audio-preview-12-2025";
}

}  // namespace gemlive::protocol
