#include "schema_references.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <unordered_map>

#include "json_writer.hpp"

namespace gemlive::protocol {
namespace {

int hexadecimal(char c) noexcept
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// A step of a JSON pointer in a URL: %20 and ~1 are signs that it can't have itself.
std::string plain_step(std::string_view step)
{
    std::string decoded;
    for (size_t i = 0; i < step.size(); ++i) {
        if (step[i] == '%' && i + 2 < step.size() && hexadecimal(step[i + 1]) >= 0 && hexadecimal(step[i + 2]) >= 0) {
            decoded += static_cast<char>(hexadecimal(step[i + 1]) * 16 + hexadecimal(step[i + 2]));
            i += 2;
        } else {
            decoded += step[i];
        }
    }
    std::string plain;
    for (size_t i = 0; i < decoded.size(); ++i) {
        const bool escaped = decoded[i] == '~' && i + 1 < decoded.size();
        if (escaped && decoded[i + 1] == '1') {
            plain += '/';
            ++i;
        } else if (escaped && decoded[i + 1] == '0') {
            plain += '~';
            ++i;
        } else {
            plain += decoded[i];
        }
    }
    return plain;
}

const OrderedJson *child(const OrderedJson &value, const std::string &name)
{
    if (value.is_object()) {
        const auto found = value.find(name);
        return found == value.end() ? nullptr : &*found;
    }
    size_t index = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool good = value.is_array() && read.ec == std::errc() && read.ptr == name.data() + name.size();
    return good && index < value.size() ? &value[index] : nullptr;
}

// One walk over all schemas, each of them once: a schema that is met again while it is walked is recursive.
class Walk {
public:
    Walk(const OrderedJson &root, Walked walked) : root_(root), walked_(walked) {}

    bool visit(const OrderedJson &schema, const std::string &place)
    {
        if (!schema.is_object()) {
            return true;
        }
        const auto [entry, is_new] = states_.try_emplace(&schema, State::open);
        if (!is_new) {
            return entry->second == State::done || refuse(place, "leads back to where it is from, and the Live API "
                                                                 "takes no recursive schema: end it at some depth");
        }
        if (++depth_ > most_depth) {
            return refuse(place, "is too many schemas inside each other");
        }
        for (const char *key : {"$ref", "ref"}) {  // both of them, since both are written
            const auto found = schema.find(key);
            if (found != schema.end() && !found->is_null() && !follow(*found, place + ".$ref")) {
                return false;
            }
        }
        for (const auto &[key, value] : schema.items()) {
            const Keyword &keyword = find_keyword(key);
            if (keyword.inside == Inside::definitions && walked_ == Walked::used) {
                continue;  // those that count are led to
            }
            const bool good = each_schema(keyword, value, place + step_to(key),
                                          [&](const OrderedJson &inner, const std::string &at) { return visit(inner, at); });
            if (!good) {
                return false;
            }
        }
        --depth_;
        states_[&schema] = State::done;
        return true;
    }

    Error error;

private:
    enum class State : uint8_t { open, done };

    bool follow(const OrderedJson &reference, const std::string &place)
    {
        if (!reference.is_string()) {
            return refuse(place, "has to be a text");
        }
        const auto &text = reference.get_ref<const std::string &>();
        const OrderedJson *const target = find_reference(root_, text);
        if (!target) {
            return refuse(place, "\"" + text + "\" leads to nothing within the schema: give the whole schema");
        }
        return visit(*target, place);
    }

    bool refuse(const std::string &place, const std::string &why)
    {
        error = invalid_argument(place + " " + why + ".");
        return false;
    }

    static constexpr int most_depth = 500;  // through references: the text itself has most_json_levels

    const OrderedJson &root_;
    const Walked walked_;
    int depth_ = 0;
    std::unordered_map<const OrderedJson *, State> states_;
};

}  // namespace

const OrderedJson *find_reference(const OrderedJson &root, std::string_view reference)
{
    if (!reference.starts_with('#')) {
        return nullptr;
    }
    const OrderedJson *at = &root;
    std::string_view rest = reference.substr(1);
    while (at && !rest.empty()) {
        if (rest.front() != '/') {
            return nullptr;
        }
        rest.remove_prefix(1);
        const size_t end = std::min(rest.find('/'), rest.size());
        at = child(*at, plain_step(rest.substr(0, end)));
        rest.remove_prefix(end);
    }
    return at;
}

const OrderedJson *reference_of(const OrderedJson &schema)
{
    for (const char *key : {"$ref", "ref"}) {
        const auto found = schema.find(key);
        if (found != schema.end() && !found->is_null()) {
            return &*found;
        }
    }
    return nullptr;
}

Error check_references(const OrderedJson &root, const std::string &place, Walked walked)
{
    Walk walk(root, walked);
    walk.visit(root, place);
    return std::move(walk.error);
}

}  // namespace gemlive::protocol
