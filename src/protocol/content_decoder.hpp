#pragma once

#include <string_view>

#include "left_out.hpp"
#include "protocol/server_message.hpp"

namespace gemlive::protocol {

JsonError read_content(Value &value, ServerContent &out, LeftOut &left_out);
JsonError read_unknown(std::string_view group, std::string_view key, Value &value, Reused<Unknown> &out,
                       LeftOut &left_out);

}  // namespace gemlive::protocol
