#pragma once

#include <string_view>

namespace gemlive::protocol {

// Raw PCM as the service speaks it; a blob without a type counts as such.
bool is_pcm(std::string_view mime_type) noexcept;

// The value of "rate", in any case, with spaces or quotes around it; `otherwise` if there is no sane one.
int pcm_rate(std::string_view mime_type, int otherwise) noexcept;

}  // namespace gemlive::protocol
