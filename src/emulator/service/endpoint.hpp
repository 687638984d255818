#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "profile.hpp"
#include "refusal.hpp"

namespace gemlive::emulator {

struct HttpAnswer {
    int status = 0;  // 0 = none: go on
    std::string body;

    explicit operator bool() const noexcept { return status != 0; }
};

// What the URL and the headers of an upgrade say.
struct Endpoint {
    Flavour flavour = Flavour::gemini;
    std::string version;
    bool constrained = false;
    std::string token;         // the ephemeral one, of the constrained method
    HttpAnswer refused;     // Vertex judges a credential before the upgrade ...
    Refusal bad_credential;  // ... Gemini with the first message after it
};

using HeaderOf = std::function<std::string(std::string_view)>;  // "" = absent

Endpoint read_endpoint(std::string_view target, const HeaderOf &header);

// Of the REST method that makes ephemeral tokens: is it meant, and is the caller refused?
bool is_token_request(std::string_view target);
HttpAnswer judge_token_request(std::string_view target, const HeaderOf &header);

// The value of a member of a query or a form; "" when it is absent.
std::string form_value(std::string_view form, std::string_view name);

// The error body of Google's REST services.
std::string rest_error(int status, const std::string &message);

}  // namespace gemlive::emulator
