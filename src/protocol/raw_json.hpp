#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json_reader.hpp"

// Values that are handed on as text: looked at once, where they lie, and never made into a tree.
namespace gemlive::protocol {

// Compact JSON with every digit and key as sent: valid, UTF-8, within most_json_levels counted from the message's
// own object. What many readers refuse together with all around it is changed: half a surrogate pair becomes
// \ufffd, and a number beyond the range of a double, such as 1e400, a string.
JsonError read_raw(Value &value, std::string &out);
JsonError read_raw_object(Value &value, std::string &out);
JsonError read_raw_array(Value &value, std::string &out);

// What an object that is read otherwise too is as a whole. `object` is at its start, `value` is what it was got
// from.
JsonError read_raw(simdjson::ondemand::object &object, Value &value, std::string &out);

// Gives the members of the outermost `levels` of objects the spelling that is documented, searchEntryPoint for
// search_entry_point: a server may write both. `text` is compact JSON. Not for what holds names of the application's.
constexpr int all_levels = 1000;
void use_documented_names(std::string &text, int levels = all_levels) noexcept;

// What has to be changed in a text.
struct Repairs {
    bool half_pairs = false;
    std::vector<std::string_view> huge_numbers;  // in their order
};

// For all of a message.
JsonError check_raw(simdjson::ondemand::object &object, Repairs &repairs);

// `text` with its huge numbers as strings.
std::string quote_huge_numbers(std::string_view text, const Repairs &repairs);

// `text` is JSON that was checked, its huge numbers quoted.
JsonError compact(std::string_view text, const Repairs &repairs, std::string &out);

}  // namespace gemlive::protocol
