#pragma once

#include <gmock/gmock.h>

#include "protocol/tool_list.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {

// The tools that a text makes, for one model.
struct MadeTools {
    explicit MadeTools(const std::string &text, Flavour flavour = Flavour::gemini, const char *model = "models/m")
    {
        const Capabilities can = ModelTable::default_table().lookup(flavour, model);
        error = ToolList::make(ordered_json::parse(text), flavour, can, "", list);
        wire = json(list.wire());
        for (const json &tool : wire) {
            for (const json &function : tool.value("functionDeclarations", json::array())) {
                functions.push_back(function);
            }
        }
    }

    // Of the only function.
    const json &function() const { return functions.at(0); }
    json parameters() const { return function().value("parameters", json()); }
    json json_schema() const { return function().value("parametersJsonSchema", json()); }

    Error error;
    ToolList list;
    json wire;
    json functions = json::array();
};

inline MadeTools made_of(const std::string &parameters, Flavour flavour = Flavour::gemini, const char *model = "models/m")
{
    return MadeTools(R"([{"name":"f","parameters":)" + parameters + "}]", flavour, model);
}

}  // namespace gemlive::protocol::test
