#include <gtest/gtest.h>

#include "reader.hpp"

namespace gemlive::emulator::test {
namespace {

Refusal verdict(const std::string &declaration, Flavour flavour)
{
    Json message;
    return read_client_message(R"({"setup":{"model":"models/m","tools":[{"functionDeclarations":[)" + declaration + "]}]}}",
                               flavour, message);
}

std::string with(const std::string &schema)
{
    return R"({"name":"f","parameters":{"type":"OBJECT","properties":{"x":)" + schema + "}}}";
}

constexpr const char *place = "* BidiGenerateContentRequest.setup.tools[0].function_declarations[0].parameters";

TEST(SchemaRules, RefusedOnBothFlavours)
{
    struct Case {
        std::string declaration;
        std::string reason;
    };
    const Case cases[] = {
        {with(R"({"type":"INTEGER","enum":["1"]})"), place + std::string(".properties[x].enum: only allowed for STRING type")},
        {with(R"({"enum":["a"]})"), place + std::string(".properties[x].enum: only allowed for STRING type")},
        {with(R"({"type":"OBJECT"})"), place + std::string(".properties[x].properties: should be non-empty for OBJECT type")},
        {with(R"({"type":"ARRAY"})"), place + std::string(".properties[x].items: missing field.")},
        {R"({"name":"f","parameters":{"type":"OBJECT","required":["y"]}})",
         place + std::string(".required[0]: property is not defined")},
        {with(R"({"type":"STRING","oneOf":[]})"),
         "Invalid JSON payload received. Unknown name \"oneOf\" at "
         "'setup.tools[0].function_declarations[0].parameters.properties[x]': Cannot find field."},
        {R"({"name":"f","parametersJsonSchema":{"properties":{"a":{"$ref":"#"}}}})",
         "Request contains an invalid argument."},
        {R"({"name":"f","parametersJsonSchema":{"properties":{"a":{"$ref":"#/$defs/none"}}}})",
         "Request contains an invalid argument."},
    };
    for (const Case &entry : cases) {
        for (const Flavour flavour : {Flavour::gemini, Flavour::vertex}) {
            const Refusal refusal = verdict(entry.declaration, flavour);
            EXPECT_EQ(refusal.code, 1007) << entry.declaration;
            EXPECT_EQ(refusal.reason, entry.reason);
        }
    }
}

TEST(SchemaRules, NoOtherPropertiesIsAMemberOnVertexOnly)
{
    const std::string closed = with(R"({"type":"STRING","additionalProperties":false})");
    EXPECT_EQ(verdict(closed, Flavour::gemini).code, 1007);
    EXPECT_EQ(verdict(closed, Flavour::vertex).reason, "");
}

TEST(SchemaRules, TakesWhatTheServiceTakes)
{
    for (const char *declaration :
         {R"({"name":"f"})", R"({"name":"f","parameters":{"type":"OBJECT","properties":{}}})",
          R"({"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string","enum":["x"]},"b":{"anyOf":[
              {"type":"STRING"},{"type":"ARRAY","items":{"type":"STRING"}}],"nullable":true}},"required":["a"]}})",
          R"({"name":"f","parametersJsonSchema":{"type":"object","properties":{"a":{"$ref":"#/$defs/A"},"b":{"$ref":
              "#/$defs/A"}},"$defs":{"A":{"type":"object","additionalProperties":{"type":"integer"}}}}})"}) {
        for (const Flavour flavour : {Flavour::gemini, Flavour::vertex}) {
            EXPECT_EQ(verdict(declaration, flavour).reason, "") << declaration;
        }
    }
}

}  // namespace
}  // namespace gemlive::emulator::test
