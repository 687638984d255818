#pragma once

#include <cstdint>

namespace gemlive::protocol {

// The two products that speak the protocol: the Gemini Developer API, and Vertex AI.
enum class Flavour : uint8_t { gemini, vertex };

constexpr const char *flavour_name(Flavour flavour) noexcept
{
    return flavour == Flavour::vertex ? "vertex" : "gemini";
}

}  // namespace gemlive::protocol
