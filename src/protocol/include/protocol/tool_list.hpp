#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/status.hpp"
#include "protocol/capability.hpp"
#include "protocol/flavour.hpp"

namespace gemlive::protocol {

// The tools of a session: as the application gave them, and as the service takes them.
class ToolList {
public:
    // `given` is a list of the API's Tool, of function declarations, or of what MCP, OpenAI and their like write
    // instead, mixed as they come; names in either spelling. `behavior` is that of functions that say none; "" leaves
    // it to the service. Refuses what the service would refuse: the error names the place.
    static Error make(const nlohmann::ordered_json &given, Flavour flavour, const Capabilities &capabilities,
                      std::string_view behavior, ToolList &out);

    // Tools that go out as they came.
    static ToolList raw(nlohmann::ordered_json tools);

    bool empty() const noexcept { return wire_.empty(); }
    const nlohmann::ordered_json &given() const noexcept { return given_; }
    const nlohmann::ordered_json &wire() const noexcept { return wire_; }  // a list of Tool

    // Sentences: what of the given has no place in the protocol.
    const std::vector<std::string> &left_out() const noexcept { return left_out_; }

    // What the function was declared with, UNSPECIFIED where nothing was said; null if there is no such function.
    const std::string *behavior_of(std::string_view function) const noexcept;
    bool has_functions() const noexcept { return !functions_.empty(); }

private:
    struct Function {
        std::string name;
        std::string behavior;
    };

    void remember_functions();

    nlohmann::ordered_json given_ = nlohmann::ordered_json::array();
    nlohmann::ordered_json wire_ = nlohmann::ordered_json::array();
    std::vector<std::string> left_out_;
    std::vector<Function> functions_;
};

}  // namespace gemlive::protocol
