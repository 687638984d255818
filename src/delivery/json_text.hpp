#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace gemlive::delivery {

// A JSON string; what is not UTF-8 in it is replaced.
void append_json_string(std::string &out, std::string_view text);
// The shortest text that reads back as the same number.
void append_json_number(std::string &out, double number);

// Writes one JSON object, member by member, to the end of a text. Names of members() need no escaping.
class JsonObject {
public:
    explicit JsonObject(std::string &out) : out_(out) { out_ += '{'; }
    ~JsonObject() { out_ += '}'; }
    JsonObject(const JsonObject &) = delete;
    JsonObject &operator=(const JsonObject &) = delete;

    // The place where the value of a new member is written.
    std::string &member(const char *name)
    {
        separate();
        ((out_ += '"') += name) += "\":";
        return out_;
    }
    std::string &member_named_by_others(std::string_view name)
    {
        separate();
        append_json_string(out_, name);
        out_ += ':';
        return out_;
    }

    void add(const char *name, int64_t value) { member(name) += std::to_string(value); }

private:
    void separate()
    {
        if (!empty_) {
            out_ += ',';
        }
        empty_ = false;
    }

    std::string &out_;
    bool empty_ = true;
};

}  // namespace gemlive::delivery
