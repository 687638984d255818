#pragma once

#include <string>

#include "base/status.hpp"

namespace gemlive::net {

// What an HTTP answer other than the wanted one means. The API puts its reason into the body as {"error":
// {"message"}}.
Error refusal(int http_status, const std::string &body);

}  // namespace gemlive::net
