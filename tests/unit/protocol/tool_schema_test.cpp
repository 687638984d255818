#include "made_tools.hpp"

namespace gemlive::protocol::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char *extended_thinking = "models/gemini-3.8-live-extended-thinking";

std::string object_of(const std::string &schema)
{
    return R"({"type":"object","properties":{"x":)" + schema + "}}";
}

// What becomes of the schema of one property; null if the API's Schema can't say it.
json said(const std::string &schema, Flavour flavour = Flavour::gemini)
{
    const MadeTools made = made_of(object_of(schema), flavour);
    EXPECT_FALSE(made.error) << made.error.message;
    const json parameters = made.error ? json() : made.parameters();
    return parameters.is_null() ? json() : parameters["properties"]["x"];
}

std::string refusal_of(const std::string &parameters, const char *model = "models/m")
{
    const MadeTools made = made_of(parameters, Flavour::gemini, model);
    EXPECT_TRUE(made.error) << made.wire;
    return made.error.message;
}

TEST(ToolSchema, TheApisOwnSchemaStaysAsItIs)
{
    const char *const schema = R"({"type":"OBJECT","description":"d","properties":{
        "city":{"type":"STRING","enum":["a"],"nullable":true,"format":"enum"},
        "n":{"type":"ARRAY","items":{"type":"INTEGER","minimum":1,"format":"int32"},"minItems":"1"},
        "x":{"anyOf":[{"type":"STRING","pattern":"^a"},{"type":"NUMBER","default":1.5}],"title":"t"}},
        "required":["city"],"propertyOrdering":["city","n"]})";
    EXPECT_EQ(made_of(schema).parameters(), json::parse(schema));
}

TEST(ToolSchema, TypesOfBothSpellingsBecomeTheApis)
{
    EXPECT_EQ(said(R"({"type":"string"})"), json::parse(R"({"type":"STRING"})"));
    EXPECT_EQ(said(R"({"type":"array","items":{"type":"Boolean"}})"),
              json::parse(R"({"type":"ARRAY","items":{"type":"BOOLEAN"}})"));
    EXPECT_EQ(said(R"({"type":"null"})"), json::parse(R"({"type":"NULL"})"));
}

TEST(ToolSchema, NullIsFoldedIntoNullable)
{
    const json nullable = json::parse(R"({"type":"STRING","nullable":true})");
    for (const char *schema :
         {R"({"type":["string","null"]})", R"({"anyOf":[{"type":"string"},{"type":"null"}]})",
          R"({"oneOf":[{"type":"null"},{"type":"string"}]})", R"({"type":"string","nullable":true})",
          R"({"anyOf":[{"type":"string"},{"type":"null"}],"default":null})"}) {
        EXPECT_EQ(said(schema), nullable) << schema;
    }
    EXPECT_EQ(said(R"({"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}],"description":"d"})"),
              json::parse(R"({"anyOf":[{"type":"STRING"},{"type":"INTEGER"}],"description":"d","nullable":true})"));
    EXPECT_EQ(said(R"({"type":["string","null"],"enum":["a",null]})"),
              json::parse(R"({"type":"STRING","enum":["a"],"nullable":true})"));
}

TEST(ToolSchema, AListOfTypesIsAUnionOfOneEach)
{
    EXPECT_EQ(said(R"({"type":["string","integer","null"],"minLength":2,"minimum":3,"description":"d"})"),
              json::parse(R"({"description":"d","nullable":true,"anyOf":[
                  {"type":"STRING","minLength":2},{"type":"INTEGER","minimum":3}]})"));
    EXPECT_EQ(said(R"({"type":["number","integer"]})"), json::parse(R"({"type":"NUMBER"})"));
}

TEST(ToolSchema, AConstantIsAnEnumOfOne)
{
    const json one = json::parse(R"({"type":"STRING","enum":["a"]})");
    EXPECT_EQ(said(R"({"const":"a"})"), one);
    EXPECT_EQ(said(R"({"type":"string","const":"a"})"), one);
    EXPECT_EQ(said(R"({"type":"string","const":"a","enum":["a"]})"), one);
}

TEST(ToolSchema, TheNextWholeNumberIsTheLimit)
{
    EXPECT_EQ(said(R"({"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":10})"),
              json::parse(R"({"type":"INTEGER","minimum":1,"maximum":9})"));
    EXPECT_EQ(said(R"({"type":"number","exclusiveMinimum":0})"), json());
}

TEST(ToolSchema, ReferencesAreInlinedAndWhatStandsBesideThemCounts)
{
    const MadeTools made = made_of(R"({"type":"object","properties":{
        "home":{"$ref":"#/$defs/Address","description":"where he lives"},"work":{"allOf":[{"$ref":"#/$defs/Address"}]},
        "again":{"$ref":"#/properties/home"}},
        "$defs":{"Address":{"type":"object","description":"d","properties":{"street":{"type":"string"}}}}})");
    ASSERT_FALSE(made.error) << made.error.message;
    EXPECT_EQ(made.parameters(), json::parse(R"({"type":"OBJECT","propertyOrdering":["home","work","again"],"properties":{
        "home":{"type":"OBJECT","description":"where he lives","properties":{"street":{"type":"STRING"}}},
        "work":{"type":"OBJECT","description":"d","properties":{"street":{"type":"STRING"}}},
        "again":{"type":"OBJECT","description":"where he lives","properties":{"street":{"type":"STRING"}}}}})"));
}

TEST(ToolSchema, NamesInAPointerMayBeWrittenInAnyWay)
{
    EXPECT_EQ(made_of(R"({"type":"object","properties":{"a":{"$ref":"#/$defs/a~1b%20c~0"}},
                  "$defs":{"a/b c~":{"type":"string"}}})").parameters()["properties"]["a"],
              json::parse(R"({"type":"STRING"})"));
}

TEST(ToolSchema, PropertiesKeepTheirOrder)
{
    const MadeTools made = made_of(R"({"type":"object","properties":{"zebra":{"type":"string"},"ant":{"type":"object",
        "properties":{"y":{"type":"string"},"b":{"type":"string"}}},"Mule":{"type":"string"}}})");
    EXPECT_EQ(made.parameters()["propertyOrdering"], json::parse(R"(["zebra","ant","Mule"])"));
    EXPECT_EQ(made.parameters()["properties"]["ant"]["propertyOrdering"], json::parse(R"(["y","b"])"));
    const std::string wire = made.list.wire().dump();
    EXPECT_LT(wire.find("zebra"), wire.find("ant"));
    EXPECT_LT(wire.find("\"ant\":{"), wire.find("\"Mule\":{"));
}

TEST(ToolSchema, WhatTheApisSchemaCannotSayGoesAsItCame)
{
    for (const char *schema :
         {R"({"oneOf":[{"type":"string"},{"type":"integer"}]})", R"({"type":"integer","enum":[1,2]})",
          R"({"allOf":[{"type":"string"},{"pattern":"^a"}]})", R"({"type":"object","additionalProperties":{"type":"integer"}})",
          R"({"type":"array"})", R"({"type":"array","prefixItems":[{"type":"string"}]})", R"({})", R"({"type":"object"})",
          R"({"type":"integer","multipleOf":5})", R"({"type":"string","readOnly":true})", R"({"const":1})", "true",
          R"({"type":"array","items":{},"uniqueItems":true})", R"({"title":"anything"})", R"({"not":{"type":"null"}})",
          R"({"type":"string","x-order":1})", R"({"type":"string","examples":["a","b"]})"}) {
        const MadeTools made = made_of(object_of(schema));
        ASSERT_FALSE(made.error) << schema << made.error.message;
        EXPECT_EQ(made.json_schema(), json::parse(object_of(schema))) << made.wire;
        EXPECT_THAT(made.list.left_out(), IsEmpty());
    }
}

TEST(ToolSchema, AMixGoesAsRealJsonSchema)
{
    const MadeTools made = made_of(R"({"type":"OBJECT","properties":{"a":{"type":"STRING","nullable":true,"min_length":"2"},
        "b":{"any_of":[{"ref":"#/defs/X"},{"type":"INTEGER"}],"nullable":true},"c":{"type":"OBJECT"}},
        "defs":{"X":{"type":"ARRAY","items":{"type":"STRING"},"uniqueItems":true}},"property_ordering":["a","b","c"]})");
    ASSERT_FALSE(made.error) << made.error.message;
    EXPECT_EQ(made.json_schema(), json::parse(R"({"type":"object","properties":{
        "a":{"type":["string","null"],"minLength":2},
        "b":{"anyOf":[{"$ref":"#/$defs/X"},{"type":"integer"},{"type":"null"}]},"c":{"type":"object"}},
        "$defs":{"X":{"type":"array","items":{"type":"string"},"uniqueItems":true}},
        "propertyOrdering":["a","b","c"]})"));
}

TEST(ToolSchema, NoOtherPropertiesIsWhatTheGeminiApiMeansAnyway)
{
    const char *const schema =
        R"({"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false})";
    EXPECT_EQ(made_of(schema).parameters(), json::parse(R"({"type":"OBJECT","properties":{"a":{"type":"STRING"}}})"));
    EXPECT_EQ(made_of(schema, Flavour::vertex).parameters()["additionalProperties"], false);
    const std::string numbers = R"({"type":"object","properties":{"a":{"type":"string"}},
        "additionalProperties":{"type":"integer"}})";
    EXPECT_EQ(made_of(numbers).json_schema(), json::parse(numbers));
    EXPECT_EQ(made_of(numbers, Flavour::vertex).parameters()["additionalProperties"],
              json::parse(R"({"type":"INTEGER"})"));
}

TEST(ToolSchema, AFunctionWithoutArgumentsHasNoParameters)
{
    for (const char *schema : {"{}", R"({"type":"object"})", R"({"type":"object","properties":{}})", "null",
                               R"({"$schema":"x","type":"object","properties":{},"additionalProperties":false})",
                               R"({"$ref":"#/definitions/a","definitions":{"a":{"type":"object","properties":{}}}})"}) {
        const MadeTools made = made_of(schema);
        ASSERT_FALSE(made.error) << schema << made.error.message;
        EXPECT_EQ(made.function(), json::parse(R"({"name":"f"})")) << schema;
    }
}

TEST(ToolSchema, BothSpellingsOfAReferenceAreChecked)
{
    EXPECT_THAT(refusal_of(R"({"type":"object","properties":{"a":{"$ref":"#/$defs/A","ref":"nowhere"}},
                              "$defs":{"A":{"type":"string"}}})"),
                HasSubstr("leads to nothing"));
    EXPECT_THAT(refusal_of(R"({"type":"object","properties":{"a":{"$ref":"#/$defs/A","ref":"#/properties/a"}},
                              "$defs":{"A":{"type":"string"}}})"),
                HasSubstr("leads back"));
}

// Each definition led to the next one twice: two to the power of sixty.
TEST(ToolSchema, ReferencesBesideReferencesAreNotFollowedWithoutEnd)
{
    std::string definitions;
    for (int i = 0; i < 60; ++i) {
        const std::string next = "\"#/$defs/d" + std::to_string(i + 1) + "\"";
        definitions += "\"d" + std::to_string(i) + "\":{\"$ref\":" + next + ",\"allOf\":[{\"$ref\":" + next + "}]},";
    }
    const MadeTools made = made_of(R"({"type":"object","properties":{"x":{"$ref":"#/$defs/d0"}},"$defs":{)" + definitions +
                                       R"("d60":{"type":"string"}}})",
                                   Flavour::gemini);
    EXPECT_FALSE(made.error) << made.error.message;
    EXPECT_FALSE(made.json_schema().is_null());
}

TEST(ToolSchema, ADefinitionThatNothingLeadsToMayBeRecursive)
{
    const MadeTools made = made_of(R"({"type":"object","properties":{"id":{"type":"string"}},
        "$defs":{"Node":{"type":"object","properties":{"next":{"$ref":"#/$defs/Node"}}}}})");
    EXPECT_FALSE(made.error) << made.error.message;
    EXPECT_EQ(made.parameters(), json::parse(R"({"type":"OBJECT","properties":{"id":{"type":"STRING"}}})"));
}

TEST(ToolSchema, OnVertexNothingStandsBesideAUnion)
{
    EXPECT_EQ(said(R"({"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}],"title":"t","default":1})",
                   Flavour::vertex),
              json::parse(R"({"anyOf":[{"type":"STRING","title":"t","nullable":true},
                                       {"type":"INTEGER","title":"t","nullable":true,"default":1}]})"));
}

TEST(ToolSchema, AUnionWithTheTypeObjectIsAUnion)
{
    EXPECT_EQ(said(R"({"type":"OBJECT","any_of":[{"type":"INTEGER"},{"type":"STRING"}]})"),
              json::parse(R"({"anyOf":[{"type":"INTEGER"},{"type":"STRING"}]})"));
}

TEST(ToolSchema, NullsOfALibrarysDumpSayNothing)
{
    EXPECT_EQ(said(R"({"type":null,"enum":null,"title":null,"any_of":[{"type":"STRING"},{"type":"NULL"}]})"),
              json::parse(R"({"type":"STRING","nullable":true})"));
    const MadeTools made = made_of(R"({"type":"OBJECT","properties":{
        "x":{"type":"STRING","default":null,"example":null,"items":null,"not":{"type":"null"}}}})");
    EXPECT_EQ(made.json_schema()["properties"]["x"], json::parse(R"({"type":"string","not":{"type":"null"}})"));
}

TEST(ToolSchema, NullBesideWhatForbidsItStaysPossible)
{
    const MadeTools made = made_of(R"({"type":"object","properties":{
        "x":{"type":"object","nullable":true,"allOf":[{"$ref":"#/$defs/A"}]},"y":{"type":"array"}},
        "$defs":{"A":{"type":"object","properties":{"b":{"type":"string"}}}}})");
    EXPECT_FALSE(made.error) << made.error.message;
    EXPECT_EQ(made.json_schema()["properties"]["x"],
              json::parse(R"({"anyOf":[{"type":"object","allOf":[{"$ref":"#/$defs/A"}]},{"type":"null"}]})"));
}

TEST(ToolSchema, AnEmptyTextInAnEnumGoesAsJsonSchema)
{
    EXPECT_EQ(made_of(object_of(R"({"type":"string","enum":["","asc"]})")).json_schema()["properties"]["x"],
              json::parse(R"({"type":"string","enum":["","asc"]})"));
}

TEST(ToolSchema, ALimitBeyondSixtyFourBitsDoesNotWrap)
{
    EXPECT_EQ(made_of(object_of(R"({"type":"integer","exclusiveMaximum":18446744073709551615})"))
                  .json_schema()["properties"]["x"]["exclusiveMaximum"],
              18446744073709551615u);
}

TEST(ToolSchema, RecursionIsRefusedWithItsPlace)
{
    EXPECT_THAT(refusal_of(R"({"type":"object","properties":{"root":{"$ref":"#/$defs/Node"}},"$defs":{"Node":{"type":"object",
                    "properties":{"next":{"anyOf":[{"$ref":"#/$defs/Node"},{"type":"null"}]}}}}})"),
                HasSubstr("tools[0].parameters.properties.root.$ref.properties.next.anyOf[0].$ref leads back"));
    EXPECT_THAT(refusal_of(R"({"type":"object","properties":{"self":{"$ref":"#"}}})"), HasSubstr("leads back"));
    EXPECT_THAT(MadeTools(R"([{"name":"f","parametersJsonSchema":{"properties":{"a":{"$ref":"#"}}}}])").error.message,
                HasSubstr("tools[0].parametersJsonSchema.properties.a.$ref"));
}

TEST(ToolSchema, ReferencesToNothingAreRefused)
{
    for (const char *reference : {"#/$defs/Y", "other.json#/X", "#X", "#/$defs/X/type/0"}) {
        EXPECT_THAT(refusal_of(object_of(std::string(R"({"$ref":")") + reference + "\"}")), HasSubstr(".properties.x.$ref"));
    }
}

TEST(ToolSchema, ManyReferencesToReferencesAreNotInlined)
{
    std::string definitions;
    for (int i = 0; i < 40; ++i) {
        const std::string next = R"({"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"}";
        definitions += "\"d" + std::to_string(i) + R"(":{"type":"object","properties":{"a":)" + next + R"(,"b":)" + next + "}},";
    }
    const MadeTools made = made_of(R"({"type":"object","properties":{"x":{"$ref":"#/$defs/d0"}},"$defs":{)" + definitions +
                                   R"("d40":{"type":"string"}}})");
    ASSERT_FALSE(made.error) << made.error.message;
    EXPECT_TRUE(made.json_schema().is_object());
}

TEST(ToolSchema, ALongChainOfReferencesIsRefused)
{
    std::string definitions;
    for (int i = 0; i < 1000; ++i) {
        definitions += "\"d" + std::to_string(i) + R"(":{"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"},";
    }
    EXPECT_THAT(refusal_of(R"({"type":"object","properties":{"x":{"$ref":"#/$defs/d0"}},"$defs":{)" + definitions +
                           R"("d1000":{"type":"string"}}})"), HasSubstr("too many"));
}

TEST(ToolSchema, WhatTheServiceRefusesIsRefusedWithItsPlace)
{
    struct Case {
        const char *schema;
        const char *place;
    };
    for (const auto &[schema, place] : {
             Case{R"({"type":"object","properties":{"a":{"type":"string"}},"required":["a","b"]})", "x.required[1]"},
             Case{R"({"type":"object","required":["b"]})", "x.required[0]"},
             Case{R"({"enum":["a","b"]})", "x.enum"},
             Case{R"({"type":"INTEGER","enum":["1"]})", "x.enum[0]"},
             Case{R"({"type":"string","enum":[]})", "x.enum"},
             Case{R"({"type":"nonsense"})", "x.type"},
             Case{R"({"type":"array","items":{"type":5}})", "x.items.type"},
             Case{R"({"type":"object","properties":{}})", "x.properties"},
             Case{R"({"type":"string","minLength":"two"})", "x.minLength"},
             Case{R"({"type":"string","description":5})", "x.description"},
             Case{R"({"anyOf":[{"type":"string"},{"enum":["a"]}]})", "x.anyOf[1].enum"},
         }) {
        EXPECT_THAT(refusal_of(object_of(schema)), HasSubstr(std::string("tools[0].parameters.properties.") + place))
            << schema;
    }
    EXPECT_THAT(refusal_of(R"({"type":"string"})"), HasSubstr("tools[0].parameters.type"));
    EXPECT_THAT(refusal_of("5"), HasSubstr("tools[0].parameters"));
}

TEST(ToolSchema, RequiredInAPieceOfASchemaIsNoMistake)
{
    const std::string schema = R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},
        "anyOf":[{"required":["a"]},{"required":["b"]}]})";
    EXPECT_EQ(made_of(schema).json_schema(), json::parse(schema));
    const std::string merged = R"({"type":"object","properties":{"a":{"type":"string"}},
        "allOf":[{"properties":{"b":{"type":"string"}},"required":["a","b"]},{"required":["a"]}]})";
    EXPECT_EQ(made_of(merged).json_schema(), json::parse(merged));
}

TEST(ToolSchema, AModelOfTheApisSchemaOnlyIsToldWhatItCannotSay)
{
    EXPECT_THAT(refusal_of(object_of(R"({"type":"object","additionalProperties":{"type":"integer"}})"), extended_thinking),
                HasSubstr("tools[0].parameters.properties.x.additionalProperties"));
    const MadeTools made = made_of(object_of(R"({"type":"string","readOnly":true})"), Flavour::gemini, extended_thinking);
    ASSERT_FALSE(made.error) << made.error.message;
    EXPECT_EQ(made.parameters()["properties"]["x"], json::parse(R"({"type":"STRING"})"));
    ASSERT_EQ(made.list.left_out().size(), 1u);
    EXPECT_THAT(made.list.left_out()[0], HasSubstr("tools[0].parameters.properties.x.readOnly"));
    const MadeTools converted(R"([{"name":"f","parametersJsonSchema":{"type":"object","properties":{
        "a":{"type":["string","null"]}}}}])", Flavour::gemini, extended_thinking);
    EXPECT_EQ(converted.parameters()["properties"]["a"], json::parse(R"({"type":"STRING","nullable":true})"));
}

}  // namespace
}  // namespace gemlive::protocol::test
