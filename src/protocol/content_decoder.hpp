#pragma once

#include <string>
#include <string_view>

#include "json_reader.hpp"
#include "protocol/server_message.hpp"

namespace gemlive::protocol {

// The members that were left out of a message; the first one is named to the application.
struct Refusals {
    std::string first;

    void add(std::string_view member)
    {
        if (first.empty()) {
            first = member;
        }
    }
};

// What a reader returns after `error`: a member of a wrong shape is noted and dropped by `drop`, anything else
// goes on.
template <typename Drop>
JsonError refuse(JsonError error, std::string_view member, Refusals &refusals, Drop &&drop)
{
    if (!error) {
        return error;
    }
    drop();
    if (!is_shape_error(error)) {
        return error;
    }
    refusals.add(member);
    return simdjson::SUCCESS;
}

JsonError read_content(Value &value, ServerContent &out, Refusals &refusals);
JsonError read_unknown(std::string_view key, Value &value, Reused<Unknown> &out);

}  // namespace gemlive::protocol
