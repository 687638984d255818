#pragma once

#include <string>
#include <string_view>

#include "base/status.hpp"

// What every reader of JSON needs before it reads, without any JSON library.
namespace gemlive {

// Objects and arrays inside each other, in what the server sends and in what the application gives. The service's
// own parsers stop there too; copying, writing and comparing a tree recurse, so that a text of brackets alone
// could otherwise exhaust the stack.
inline constexpr int most_json_levels = 100;

// Counts brackets outside of strings; the text may be anything.
bool has_too_many_levels(std::string_view text) noexcept;

// "tools has more than 100 levels …": `what` names the argument, the option or the message.
Error too_many_levels(std::string_view what);

// The one way from text to a document tree (scripts/check_json.py forbids others). `out` is left alone on an
// error, whose sentence begins with `what`.
template <typename Json>
Error parse_json(std::string_view text, std::string_view what, Json &out)
{
    if (has_too_many_levels(text)) {
        return too_many_levels(what);
    }
    Json parsed = Json::parse(text, nullptr, false);
    if (parsed.is_discarded()) {
        return {Status::invalid_argument, std::string(what) + " is not valid JSON"};
    }
    out = std::move(parsed);
    return {};
}

// The same where the reason does not matter: discarded when the text is no JSON or too deep.
template <typename Json>
Json parse_json(std::string_view text)
{
    return has_too_many_levels(text) ? Json(Json::value_t::discarded) : Json::parse(text, nullptr, false);
}

}  // namespace gemlive
