#pragma once

#include <string_view>

#include "endpoint.hpp"

namespace gemlive::emulator {

// Google's token server and metadata server, for clients that have credentials of Google Cloud in place of an access token.
bool is_access_token_request(std::string_view target);

// The signature of an assertion is not looked at: nobody told the emulator the account's key.
HttpAnswer answer_access_token_request(std::string_view target, bool is_post, std::string_view body, const HeaderOf &header);

}  // namespace gemlive::emulator
