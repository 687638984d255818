#include "json_text.hpp"

#include <nlohmann/json.hpp>

namespace gemlive::delivery {
namespace {

bool needs_no_escape(std::string_view text) noexcept
{
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 || byte > 0x7E || byte == '"' || byte == '\\') {
            return false;
        }
    }
    return true;
}

}  // namespace

void append_json_string(std::string &out, std::string_view text)
{
    if (needs_no_escape(text)) {
        ((out += '"') += text) += '"';
        return;
    }
    out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void append_json_number(std::string &out, double number)
{
    out += nlohmann::json(number).dump();
}

}  // namespace gemlive::delivery
