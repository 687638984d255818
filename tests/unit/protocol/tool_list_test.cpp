#include "made_tools.hpp"

namespace gemlive::protocol::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ToolList, FunctionsWithoutAToolAroundThemAreTheLastTool)
{
    const MadeTools made(R"([{"name":"f"},{"google_search":{}},{"name":"g","behavior":"blocking"}])");
    EXPECT_EQ(made.wire, json::parse(R"([{"googleSearch":{}},{"functionDeclarations":[
        {"name":"f"},{"name":"g","behavior":"BLOCKING"}]}])"));
    EXPECT_EQ(*made.list.behavior_of("f"), "UNSPECIFIED");
    EXPECT_EQ(*made.list.behavior_of("g"), "BLOCKING");
    EXPECT_EQ(made.list.behavior_of("googleSearch"), nullptr);
}

TEST(ToolList, WhatWasGivenIsKeptAsItCame)
{
    const std::string given = R"([{"name":"f","inputSchema":{"type":"object","properties":{"z":{"$ref":"#/$defs/A"},)"
                              R"("a":{"type":"string"}},"$defs":{"A":{"type":"string"}}}},{"google_search":{}}])";
    EXPECT_EQ(MadeTools(given).list.given().dump(), given);
}

TEST(ToolList, TheDefaultBehaviorIsForFunctionsThatSayNone)
{
    ToolList list;
    const auto given = ordered_json::parse(R"([{"function_declarations":[{"name":"f"},{"name":"g","behavior":"BLOCKING"}]}])");
    ASSERT_FALSE(ToolList::make(given, Flavour::gemini, Capabilities(), "NON_BLOCKING", list));
    EXPECT_EQ(*list.behavior_of("f"), "NON_BLOCKING");
    EXPECT_EQ(*list.behavior_of("g"), "BLOCKING");
    EXPECT_EQ(json(list.wire()), json::parse(R"([{"functionDeclarations":[
        {"name":"f","behavior":"NON_BLOCKING"},{"name":"g","behavior":"BLOCKING"}]}])"));
}

TEST(ToolList, TheProducersOwnIsNamedWhenItIsLeftOut)
{
    const MadeTools made(R"([{"type":"function","function":{"name":"f","strict":true}},
        {"name":"g","title":"G","annotations":{"readOnlyHint":true},"strict":false,"icons":null}])");
    ASSERT_FALSE(made.error) << made.error.message;
    EXPECT_THAT(made.list.left_out(), ElementsAre(HasSubstr("tools[0].function.strict"), HasSubstr("tools[1].title"),
                                                  HasSubstr("tools[1].annotations")));
}

TEST(ToolList, NamesThatTheServiceDoesNotTakeAreRefusedWithTheirPlace)
{
    struct Case {
        const char *tools;
        const char *sentence;
    };
    for (const auto &[tools, sentence] : {
             Case{R"([{"type":"web_search_preview"}])", "tools[0] is neither"},
             Case{R"([{"googleSearch":{}},{}])", "tools[1] is neither"},
             Case{"[5]", "tools[0] has to be"},
             Case{"{}", "array"},
             Case{R"([{"name":"f","paramaters":{}}])", "tools[0].paramaters"},
             Case{R"([{"googleSearch":{},"googleFind":{}}])", "tools[0].googleFind"},
             Case{R"([{"functionDeclarations":{"name":"f"}}])", "tools[0].functionDeclarations"},
             Case{R"([{"functionDeclarations":[{"name":"f"},{"description":"d"}]}])", "name"},
             Case{R"([{"name":"get weather"}])", "get weather"},
             Case{R"([{"name":5}])", "tools[0].name"},
             Case{R"([{"name":"f","behavior":"SLOW"}])", "tools[0].behavior"},
             Case{R"([{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string"}}},
                   "parametersJsonSchema":{"type":"object"}}])", "tools[0].parametersJsonSchema"},
         }) {
        EXPECT_THAT(MadeTools(tools).error.message, HasSubstr(sentence)) << tools;
    }
}

TEST(ToolList, ToolsOfTheOtherFlavourAreRefused)
{
    EXPECT_EQ(MadeTools(R"([{"enterprise_web_search":{}}])").error.status, Status::unsupported);
    EXPECT_FALSE(MadeTools(R"([{"enterprise_web_search":{}}])", Flavour::vertex).error);
    EXPECT_EQ(MadeTools(R"([{"name":"f","behavior":"BLOCKING"}])", Flavour::gemini,
                        "models/gemini-3.8-live-extended-thinking").error.status, Status::unsupported);
}

TEST(ToolList, RawToolsGoOutAsTheyCame)
{
    const auto given = ordered_json::parse(R"([{"function_declarations":[{"name":"f","behavior":"NON_BLOCKING",
        "parameters":{"b":1,"a":2}}]},5,{"newTool":{}}])");
    const ToolList list = ToolList::raw(given);
    EXPECT_EQ(list.wire().dump(), given.dump());
    EXPECT_EQ(*list.behavior_of("f"), "NON_BLOCKING");
}

}  // namespace
}  // namespace gemlive::protocol::test
