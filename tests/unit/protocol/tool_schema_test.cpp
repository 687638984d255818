#include "protocol/tool_schema.hpp"

#include "protocol/client_message.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

json fitted(const char *parameters)
{
    json tools = json::array({{{"functionDeclarations", json::array({{{"name", "f"}}})}}});
    tools[0]["functionDeclarations"][0]["parameters"] = json::parse(parameters);
    fit_tool_schemas(tools);
    return tools[0]["functionDeclarations"][0]["parameters"];
}

TEST(ToolSchema, KeepsWhatTheServiceKnows)
{
    const char *const schema = R"({"type":"OBJECT","properties":{
        "city":{"type":"STRING","enum":["a"],"nullable":true},
        "n":{"type":"array","items":{"type":"integer","minimum":1},"minItems":"1"},"x":{"anyOf":[{"type":"STRING"}]}},
        "required":["city"],"propertyOrdering":["city","n"]})";
    EXPECT_EQ(fitted(schema), json::parse(schema));
}

TEST(ToolSchema, DropsOtherKeywordsAtEveryDepth)
{
    EXPECT_EQ(fitted(R"({"$schema":"x","type":"object","properties":{"readOnly":{"type":"string","readOnly":true},
                  "list":{"type":"array","items":{"type":"string","x-order":1}},
                  "any":{"anyOf":[{"type":"string","deprecated":true}]}}})"),
              json::parse(R"({"type":"object","properties":{"readOnly":{"type":"string"},
                  "list":{"type":"array","items":{"type":"string"}},"any":{"anyOf":[{"type":"string"}]}}})"));
}

TEST(ToolSchema, TranslatesConstTypesAndEnums)
{
    EXPECT_EQ(fitted(R"({"type":"string","const":"a"})"), json::parse(R"({"type":"string","enum":["a"]})"));
    EXPECT_EQ(fitted(R"({"type":"integer","const":1})"), json::parse(R"({"type":"integer"})"));
    EXPECT_EQ(fitted(R"({"type":"INTEGER","enum":["1"]})"), json::parse(R"({"type":"INTEGER"})"));
    EXPECT_EQ(fitted(R"({"type":["string","null"]})"), json::parse(R"({"type":"string","nullable":true})"));
}

TEST(ToolSchema, LeavesRealJsonSchemaAlone)
{
    json tools = json::parse(R"([{"functionDeclarations":[{"name":"f","parametersJsonSchema":{"$ref":"#/x"}}]}])");
    const json before = tools;
    fit_tool_schemas(tools);
    EXPECT_EQ(tools, before);
}

TEST(ToolSchema, TakesAnyShape)
{
    for (const char *text : {"5", "[5]", R"([{"functionDeclarations":5}])", R"([{"functionDeclarations":[5]}])",
                             R"([{"functionDeclarations":[{"parameters":[1]}]}])"}) {
        json tools = json::parse(text);
        fit_tool_schemas(tools);
        EXPECT_EQ(tools, json::parse(text));
    }
}

TEST(CheckTools, RefusesFunctionsThatTheServiceRefuses)
{
    const auto refused = [](const char *declaration) {
        const std::string tools = std::string(R"([{"functionDeclarations":[)") + declaration + "]}]";
        return bool(check_tools(Flavour::gemini, json::parse(tools)));
    };
    EXPECT_FALSE(refused(R"({"name":"ns:get_weather.v1-a"})"));
    EXPECT_TRUE(refused("{}"));
    EXPECT_TRUE(refused("5"));
    EXPECT_TRUE(refused(R"({"name":""})"));
    EXPECT_TRUE(refused(R"({"name":"1st"})"));
    EXPECT_TRUE(refused(R"({"name":"get weather"})"));
    EXPECT_TRUE(refused((R"({"name":")" + std::string(65, 'a') + "\"}").c_str()));
    EXPECT_TRUE(refused(R"({"name":"f","parameters":{},"parametersJsonSchema":{}})"));
    EXPECT_TRUE(refused(R"({"name":"f"},{"name":"f"})"));
}

}  // namespace
}  // namespace gemlive::protocol::test
