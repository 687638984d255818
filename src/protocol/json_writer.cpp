#include "json_writer.hpp"

#include "base/json_text.hpp"
#include "protocol/utf8.hpp"

namespace gemlive::protocol {
namespace {

template <typename Json>
bool is_deeper_than(const Json &value, int levels) noexcept
{
    if (!value.is_structured()) {
        return false;
    }
    if (levels == 0) {
        return true;
    }
    for (const Json &member : value) {
        if (is_deeper_than(member, levels - 1)) {
            return true;
        }
    }
    return false;
}

template <typename Json>
Error append(const Json &value, std::string &out)
{
    try {
        out += value.dump();
    } catch (const nlohmann::json::type_error &) {
        return invalid_argument("A text in the message is not valid UTF-8.");
    }
    return {};
}

}  // namespace

Error check_depth(const nlohmann::json &value, std::string_view what, int around)
{
    return is_deeper_than(value, most_json_levels - around) ? too_many_levels(what) : Error();
}

Error check_depth(const nlohmann::ordered_json &value, std::string_view what, int around)
{
    return is_deeper_than(value, most_json_levels - around) ? too_many_levels(what) : Error();
}

Error invalid_argument(std::string message)
{
    return {Status::invalid_argument, std::move(message)};
}

Error append_json(const nlohmann::json &value, std::string &out)
{
    return append(value, out);
}

Error append_json(const nlohmann::ordered_json &value, std::string &out)
{
    return append(value, out);
}

Error append_json_string(std::string_view text, std::string &out)
{
    if (!valid_utf8(text)) {
        return invalid_argument("The text is not valid UTF-8.");
    }
    return append(nlohmann::json(text), out);
}

}  // namespace gemlive::protocol
