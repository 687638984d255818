#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/status.hpp"
#include "json_reader.hpp"
#include "protocol/limits.hpp"
#include "protocol/reused.hpp"

namespace gemlive::protocol {

// What was left out of a message so that the rest could be used. The first is named to the application.
class LeftOut {
public:
    // What a reader returns after `error`: a member of a wrong shape is noted, anything else goes on.
    JsonError tolerate(JsonError error, std::string_view group, std::string_view member)
    {
        if (!is_shape_error(error)) {
            return error;
        }
        add(group, member,
            error == too_deep   ? " with more than 100 levels of objects and arrays"
            : error == too_many ? " with more than a million values"
                                : " in a form that the protocol does not have");
        return simdjson::SUCCESS;
    }

    void add_excess(std::string_view group, std::string_view member)
    {
        add(group, member, " more often than anybody needs");
    }

    size_t count() const noexcept { return count_; }
    Error error() const;

private:
    void add(std::string_view group, std::string_view member, const char *why);

    std::string first_;
    size_t count_ = 0;
};

// each_member for an object whose members can do without each other. `group` is its path in the message.
template <typename F>
JsonError each_known(Value &value, std::string_view group, LeftOut &left_out, F &&f)
{
    return each_member(value, [&](std::string_view key, Value &member) -> JsonError {
        return left_out.tolerate(f(key, member), group, key);
    });
}

// Reads each element of the list `name` into an entry of `out`, `most` of them.
template <typename T, typename Read>
JsonError each_entry(Value &value, Reused<T> &out, size_t most, std::string_view name, LeftOut &left_out,
                     Read &&read)
{
    return each_element(value, [&](Value &element) -> JsonError {
        if (out.size() == most) {
            left_out.add_excess({}, name);
            return simdjson::SUCCESS;
        }
        const JsonError error = read(element, out.add());
        if (error) {
            out.remove_last();
        }
        return left_out.tolerate(error, {}, name);
    });
}

}  // namespace gemlive::protocol
