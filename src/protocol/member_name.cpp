#include "member_name.hpp"

#include <cstddef>

namespace gemlive::protocol {

bool is_named(std::string_view key, std::string_view camel) noexcept
{
    if (key == camel) {
        return true;
    }
    size_t at = 0;
    for (size_t i = 0; i < key.size(); ++i, ++at) {
        char c = key[i];
        if (c == '_' && i + 1 < key.size() && key[i + 1] >= 'a' && key[i + 1] <= 'z') {
            c = static_cast<char>(key[++i] - 'a' + 'A');
        }
        if (at >= camel.size() || c != camel[at]) {
            return false;
        }
    }
    return at == camel.size();
}

}  // namespace gemlive::protocol
