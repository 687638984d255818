#include "made_tools.hpp"

// Tools as the libraries that applications use write them.
namespace gemlive::protocol::test {
namespace {

TEST(ToolProducers, Pydantic)
{
    // model_json_schema() of a model with Optional, Literal, an Enum, a nested model and a union.
    const MadeTools made(R"([{"name":"book_table","description":"Books a table.","parameters":{
      "$defs":{
        "Guest":{"description":"One who comes.","properties":{"name":{"title":"Name","type":"string"},
          "diet":{"anyOf":[{"$ref":"#/$defs/Diet"},{"type":"null"}],"default":null}},"required":["name"],"title":"Guest","type":"object"},
        "Diet":{"enum":["vegan","none"],"title":"Diet","type":"string"}},
      "properties":{
        "when":{"format":"date-time","title":"When","type":"string"},
        "seats":{"exclusiveMinimum":0,"maximum":12,"title":"Seats","type":"integer"},
        "area":{"anyOf":[{"enum":["inside","terrace"],"type":"string"},{"type":"null"}],"default":null,"title":"Area"},
        "kind":{"const":"dinner","default":"dinner","title":"Kind","type":"string"},
        "guests":{"items":{"$ref":"#/$defs/Guest"},"maxItems":12,"title":"Guests","type":"array"},
        "host":{"$ref":"#/$defs/Guest","description":"Who pays."},
        "note":{"anyOf":[{"type":"string"},{"type":"integer"}],"title":"Note"}},
      "required":["when","seats","guests"],"title":"BookTable","type":"object"}}])");
    ASSERT_FALSE(made.error) << made.error.message;
    EXPECT_EQ(made.parameters(), json::parse(R"({"type":"OBJECT","title":"BookTable","required":["when","seats","guests"],
      "propertyOrdering":["when","seats","area","kind","guests","host","note"],"properties":{
        "when":{"type":"STRING","format":"date-time","title":"When"},
        "seats":{"type":"INTEGER","minimum":1,"maximum":12,"title":"Seats"},
        "area":{"type":"STRING","enum":["inside","terrace"],"nullable":true,"title":"Area"},
        "kind":{"type":"STRING","enum":["dinner"],"default":"dinner","title":"Kind"},
        "guests":{"type":"ARRAY","maxItems":12,"title":"Guests","items":{"type":"OBJECT","title":"Guest",
          "description":"One who comes.","required":["name"],"propertyOrdering":["name","diet"],"properties":{
            "name":{"type":"STRING","title":"Name"},
            "diet":{"type":"STRING","enum":["vegan","none"],"title":"Diet","nullable":true}}}},
        "host":{"type":"OBJECT","title":"Guest","description":"Who pays.","required":["name"],
          "propertyOrdering":["name","diet"],"properties":{"name":{"type":"STRING","title":"Name"},
            "diet":{"type":"STRING","enum":["vegan","none"],"title":"Diet","nullable":true}}},
        "note":{"anyOf":[{"type":"STRING"},{"type":"INTEGER"}],"title":"Note"}}})"));
}

TEST(ToolProducers, PydanticsDictionariesAndNumbersToChooseFrom)
{
    const std::string schema = R"({"properties":{"scores":{"additionalProperties":{"type":"integer"},"title":"Scores",
        "type":"object"},"level":{"enum":[1,2,3],"title":"Level","type":"integer"},
        "pair":{"maxItems":2,"minItems":2,"prefixItems":[{"type":"string"},{"type":"integer"}],"type":"array"}},
        "required":["scores"],"title":"F","type":"object"})";
    EXPECT_EQ(made_of(schema).json_schema(), json::parse(schema));
    EXPECT_EQ(made_of(schema, Flavour::vertex).json_schema(), json::parse(schema));
}

TEST(ToolProducers, ZodToJsonSchema)
{
    const MadeTools made(R"([{"type":"function","name":"move","description":"d","parameters":{
      "type":"object","properties":{"direction":{"type":"string","enum":["north","south"]},
        "steps":{"type":"integer","exclusiveMinimum":0,"description":"how far"},
        "from":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"}},"required":["x","y"],
          "additionalProperties":false},
        "to":{"$ref":"#/properties/from"},"why":{"type":["string","null"]}},
      "required":["direction"],"additionalProperties":false,"$schema":"http://json-schema.org/draft-07/schema#"}}])");
    ASSERT_FALSE(made.error) << made.error.message;
    const char *const point = R"({"type":"OBJECT","properties":{"x":{"type":"NUMBER"},"y":{"type":"NUMBER"}},
        "required":["x","y"],"propertyOrdering":["x","y"]})";
    json expected = json::parse(R"({"type":"OBJECT","required":["direction"],
      "propertyOrdering":["direction","steps","from","to","why"],"properties":{
        "direction":{"type":"STRING","enum":["north","south"]},
        "steps":{"type":"INTEGER","minimum":1,"description":"how far"},"why":{"type":"STRING","nullable":true}}})");
    expected["properties"]["from"] = expected["properties"]["to"] = json::parse(point);
    EXPECT_EQ(made.parameters(), expected);
}

TEST(ToolProducers, ZodsNamedSchema)
{
    EXPECT_EQ(made_of(R"({"$ref":"#/definitions/Move","definitions":{"Move":{"type":"object","properties":{
                  "to":{"type":"string"}},"required":["to"],"additionalProperties":false}},
                  "$schema":"http://json-schema.org/draft-07/schema#"})").parameters(),
              json::parse(R"({"type":"OBJECT","properties":{"to":{"type":"STRING"}},"required":["to"]})"));
}

TEST(ToolProducers, Mcp)
{
    const MadeTools made(R"([{"name":"read_file","title":"Read","description":"Reads a file.",
        "inputSchema":{"type":"object","properties":{"path":{"type":"string"},"head":{"type":"number"}},
          "required":["path"],"additionalProperties":false,"$schema":"https://json-schema.org/draft/2020-12/schema"},
        "outputSchema":{"type":"object","properties":{"content":{"type":"string"}},"required":["content"]},
        "annotations":{"readOnlyHint":true}},
        {"name":"list","description":null,"inputSchema":{"type":"object","properties":{}}}])");
    ASSERT_FALSE(made.error) << made.error.message;
    EXPECT_EQ(made.functions, json::parse(R"([{"name":"read_file","description":"Reads a file.",
        "parameters":{"type":"OBJECT","properties":{"path":{"type":"STRING"},"head":{"type":"NUMBER"}},
          "required":["path"],"propertyOrdering":["path","head"]},
        "response":{"type":"OBJECT","properties":{"content":{"type":"STRING"}},"required":["content"]}},
        {"name":"list"}])"));
    EXPECT_EQ(made.list.left_out().size(), 2u);
}

TEST(ToolProducers, OpenAiInBothForms)
{
    const std::string function = R"("name":"get_weather","description":"d","strict":true,"parameters":{"type":"object",
        "properties":{"location":{"type":"string","description":"City"},"unit":{"type":["string","null"],
        "enum":["c","f",null]}},"required":["location","unit"],"additionalProperties":false})";
    const json expected = json::parse(R"({"name":"get_weather","description":"d","parameters":{"type":"OBJECT",
        "properties":{"location":{"type":"STRING","description":"City"},"unit":{"type":"STRING","enum":["c","f"],
        "nullable":true}},"required":["location","unit"],"propertyOrdering":["location","unit"]}})");
    for (const std::string &tool :
         {R"({"type":"function","function":{)" + function + "}}", R"({"type":"function",)" + function + "}"}) {
        const MadeTools made("[" + tool + "]");
        ASSERT_FALSE(made.error) << made.error.message;
        EXPECT_EQ(made.function(), expected);
        EXPECT_EQ(made.list.left_out().size(), 1u);
    }
}

TEST(ToolProducers, GoogleInBothSpellings)
{
    const MadeTools made(R"([{"function_declarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT",
        "properties":{"list":{"type":"ARRAY","items":{"type":"STRING"},"min_items":"1","max_items":"3"},
        "any":{"any_of":[{"type":"INTEGER","format":"int32"},{"type":"STRING","format":"enum","enum":["a"]}],
               "nullable":true,"title":null}},
        "property_ordering":["any","list"],"required":["list"]},"response":null}],"google_search":null},
        {"google_search":{"time_range_filter":{}}}])");
    ASSERT_FALSE(made.error) << made.error.message;
    EXPECT_EQ(made.wire, json::parse(R"([{"functionDeclarations":[{"name":"f","description":"d","parameters":{
        "type":"OBJECT","properties":{"list":{"type":"ARRAY","items":{"type":"STRING"},"minItems":"1","maxItems":"3"},
        "any":{"anyOf":[{"type":"INTEGER","format":"int32"},{"type":"STRING","format":"enum","enum":["a"]}],
               "nullable":true}},
        "propertyOrdering":["any","list"],"required":["list"]}}]},{"googleSearch":{"time_range_filter":{}}}])"));
}

TEST(ToolProducers, AnthropicsFormIsMcpsInSnakeCase)
{
    EXPECT_EQ(MadeTools(R"([{"name":"f","input_schema":{"type":"object","properties":{"a":{"type":"string"}}}}])").parameters(),
              json::parse(R"({"type":"OBJECT","properties":{"a":{"type":"STRING"}}})"));
}

}  // namespace
}  // namespace gemlive::protocol::test
