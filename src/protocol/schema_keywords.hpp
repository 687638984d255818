#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

// What the keywords of JSON Schema, and of the API's own Schema, are to us.
namespace gemlive::protocol {

using OrderedJson = nlohmann::ordered_json;  // the order of properties is the order in which a model thinks of them

// Where a keyword has schemas inside.
enum class Inside : uint8_t { nothing, schema, list, map, definitions };

enum class Said : uint8_t {
    as_it_is,     // the API's Schema has it
    by_others,    // ... has other members that say it: SchemaWriter knows how
    needless,     // it tells a model nothing
    remark,       // restricts nothing; real JSON Schema has it
    restriction,  // only real JSON Schema can say it
};

enum class Holds : uint8_t { anything, text, texts, flag, count, number, object, list };

// The types of values that a keyword speaks of.
using Types = uint8_t;
constexpr Types strings = 1, numbers = 2, integers = 4, booleans = 8, arrays = 16, objects = 32, nulls = 64;
constexpr Types all_types = 127;

struct Keyword {
    std::string_view name;
    Said said;
    Holds holds = Holds::anything;
    Types about = all_types;
    Inside inside = Inside::nothing;
};

// In either spelling; a keyword that nobody knows is a remark without a name.
const Keyword &find_keyword(std::string_view key) noexcept;

// One of the types, from its name in any case; 0 if it is none.
Types type_of(std::string_view name) noexcept;

// As the API's Schema has it, STRING; as JSON Schema has it, string.
std::string upper_type(Types type);
std::string lower_type(Types type);

// Whether the value is of one of the types.
bool is_of(const OrderedJson &value, Types types) noexcept;

// Whether null is a value of the keyword, and not its absence.
bool may_be_null(std::string_view keyword) noexcept;

// What a schema says under a keyword of either spelling; null if nothing.
const OrderedJson *said(const OrderedJson &schema, std::string_view name);

// google-genai gives a union the type OBJECT, whatever its schemas are.
bool is_type_of_a_union(const OrderedJson &schema);

// ".name", or ["odd name"].
std::string step_to(std::string_view name);
std::string step_to(size_t index);

// Calls visit(schema, place) for each schema right inside `value`, which is the value of `keyword` at `place`. Ends
// early, and answers false, when it does.
template <typename Visit>
bool each_schema(const Keyword &keyword, const OrderedJson &value, const std::string &place, Visit visit)
{
    const bool is_map = keyword.inside == Inside::map || keyword.inside == Inside::definitions;
    if (is_map && value.is_object()) {
        for (const auto &[name, schema] : value.items()) {
            if (!visit(schema, place + step_to(name))) {
                return false;
            }
        }
    } else if (keyword.inside != Inside::nothing && !is_map && value.is_array()) {
        for (size_t i = 0; i < value.size(); ++i) {  // the old form of items too
            if (!visit(value[i], place + step_to(i))) {
                return false;
            }
        }
    } else if (keyword.inside == Inside::schema && value.is_object()) {
        return visit(value, place);
    }
    return true;
}

}  // namespace gemlive::protocol
