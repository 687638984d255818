#include "protocol/capability.hpp"

#include "protocol/default_model.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

Capabilities look_up(Flavour flavour, const char *model)
{
    return ModelTable::default_table().lookup(flavour, model);
}

std::string refusal(Flavour flavour, const char *model, const char *setup)
{
    return look_up(flavour, model).check_setup(flavour, json::parse(setup)).message;
}

TEST(ModelTable, RefusesAModelWithoutARowNothing)
{
    for (const Flavour flavour : {Flavour::gemini, Flavour::vertex}) {
        EXPECT_FALSE(ModelTable::default_table().knows(flavour, "models/gemini-9-live"));
        const Capabilities capabilities = look_up(flavour, "models/gemini-9-live");
        for (const std::string_view name : refusable_names()) {
            EXPECT_TRUE(capabilities.supports(name)) << name;
        }
        EXPECT_EQ(capabilities.context_update, ContextUpdates::try_first);
        EXPECT_EQ(capabilities.thinking, Thinking::any);
    }
}

TEST(ModelTable, KnowsTheDefaultModels)
{
    for (const Flavour flavour : {Flavour::gemini, Flavour::vertex}) {
        EXPECT_TRUE(ModelTable::default_table().knows(flavour, default_models(flavour)[0]));
        const Capabilities capabilities = look_up(flavour, default_models(flavour)[0]);
        EXPECT_FALSE(capabilities.supports("text_output"));
        EXPECT_TRUE(capabilities.supports("affective_dialog"));
        EXPECT_TRUE(capabilities.supports("proactivity"));
        EXPECT_EQ(capabilities.reply_without_input, ReplyWithoutInput::user_dot);
        EXPECT_EQ(capabilities.thinking, Thinking::budget);
    }
    EXPECT_EQ(look_up(Flavour::gemini, default_models(Flavour::gemini)[0]).turn_of_call, TurnOfCall::same);
    EXPECT_EQ(look_up(Flavour::vertex, default_models(Flavour::vertex)[0]).turn_of_call, TurnOfCall::own);
    EXPECT_EQ(look_up(Flavour::gemini, default_models(Flavour::gemini)[0]).preview_api_version, "v1alpha");
    EXPECT_EQ(look_up(Flavour::vertex, default_models(Flavour::vertex)[0]).preview_api_version, "");
}

TEST(ModelTable, TheLongestPrefixLiesOnTop)
{
    const Capabilities half_cascade = look_up(Flavour::gemini, "gemini-live-2.5-flash-preview");
    EXPECT_TRUE(half_cascade.supports("text_output"));
    EXPECT_FALSE(half_cascade.supports("affective_dialog"));
    const Capabilities native = look_up(Flavour::gemini, "gemini-live-2.5-flash-native-audio");
    EXPECT_FALSE(native.supports("text_output"));
    EXPECT_TRUE(native.supports("affective_dialog"));

    EXPECT_FALSE(look_up(Flavour::gemini, "gemini-3.8-live").supports("thinking_level"));
    EXPECT_TRUE(look_up(Flavour::vertex, "gemini-3.8-live").supports("thinking_level"));
    const Capabilities extended = look_up(Flavour::gemini, "gemini-3.8-live-extended-thinking");
    EXPECT_TRUE(extended.supports("thinking_level"));
    EXPECT_FALSE(extended.supports("affective_dialog"));
    EXPECT_EQ(extended.tool_behavior, ToolBehavior::non_blocking);
    EXPECT_EQ(extended.thinking, Thinking::one_required);
}

TEST(ModelTable, TakesAModelInEveryForm)
{
    for (const char *name : {"gemini-3.1-flash-live-preview", "models/gemini-3.1-flash-live-preview",
                             "google/gemini-3.1-flash-live-preview",
                             "projects/p/locations/l/publishers/google/models/gemini-3.1-flash-live-preview"}) {
        EXPECT_EQ(look_up(Flavour::gemini, name).text_input, TextInput::realtime_text) << name;
        EXPECT_EQ(look_up(Flavour::gemini, name).content_turns, ContentTurns::always) << name;
    }
}

// The service answers 400 to them; what it ignores, such as a temperature, is the application's affair.
TEST(ModelTable, ModelsFrom3OnRefusePenalties)
{
    const auto check = [](const char *model, const char *setup) {
        return look_up(Flavour::gemini, model).check_setup(Flavour::gemini, json::parse(setup)).message;
    };
    for (const char *model : {"gemini-3.1-flash-live-preview", "gemini-3.8-live", "gemini-3.9-live-of-tomorrow"}) {
        EXPECT_NE(check(model, R"({"generationConfig":{"presencePenalty":0.5}})").find("presence_penalty"), std::string::npos);
        EXPECT_NE(check(model, R"({"generation_config":{"frequency_penalty":0}})").find("frequency_penalty"), std::string::npos);
        EXPECT_EQ(check(model, R"({"generationConfig":{"temperature":0.5,"topK":3}})"), "");
    }
    EXPECT_EQ(check("gemini-2.5-flash-native-audio-preview-12-2025", R"({"generationConfig":{"presencePenalty":0.5}})"), "");
}

TEST(ModelTable, RowsAreOverridden)
{
    ModelTable table;
    ASSERT_FALSE(ModelTable::with_overrides(json::parse(R"([
        {"models":["gemini-9"],"choose":{"text_input":"realtime_text"},"refuse":{"tools":"No tools here."}},
        {"models":["gemini-3.8-live"],"flavour":"gemini","refuse":{"thinking_level":null}}])"),
                                            table));
    EXPECT_EQ(table.lookup(Flavour::gemini, "gemini-9-live").refusal("tools"), "No tools here.");
    EXPECT_EQ(table.lookup(Flavour::gemini, "gemini-9-live").text_input, TextInput::realtime_text);
    EXPECT_TRUE(table.lookup(Flavour::gemini, "gemini-3.8-live").supports("thinking_level"));
    EXPECT_TRUE(table.knows(Flavour::vertex, "gemini-9"));
    EXPECT_FALSE(ModelTable::default_table().knows(Flavour::vertex, "gemini-9"));
    EXPECT_FALSE(ModelTable::with_overrides(json::parse(R"({"rows":[]})"), table));
}

TEST(ModelTable, RefusesRowsThatItDoesNotUnderstand)
{
    ModelTable table;
    for (const char *rows :
         {"5", "{}", "[5]", "[{}]", R"([{"models":"m"}])", R"([{"models":[""]}])", R"([{"models":[1]}])",
          R"([{"models":["m"],"flavour":"x"}])", R"([{"models":["m"],"choose":{"text_input":"telepathy"}}])",
          R"([{"models":["m"],"choose":{"nothing":"x"}}])", R"([{"models":["m"],"choose":[]}])",
          R"([{"models":["m"],"refuse":{"nothing":"x"}}])", R"([{"models":["m"],"refuse":{"tools":true}}])",
          R"([{"models":["m"],"refuse":{"tools":""}}])"}) {
        EXPECT_TRUE(ModelTable::with_overrides(json::parse(rows), table)) << rows;
    }
}

TEST(ModelTable, ShowsItselfAsJson)
{
    const json shown = look_up(Flavour::gemini, "gemini-3.8-live").to_json();
    EXPECT_EQ(shown["text_input"], "client_content");
    EXPECT_EQ(shown["reply_without_input"], "turns_empty");
    EXPECT_EQ(shown["tool_behavior"], "non_blocking");
    EXPECT_TRUE(shown["refused"].contains("media_chunks"));
}

TEST(SetupCheck, SaysWhatToDoInstead)
{
    const auto gemini = [](const char *setup) {
        return refusal(Flavour::gemini, default_models(Flavour::gemini)[0], setup);
    };
    const auto vertex = [](const char *setup) {
        return refusal(Flavour::vertex, default_models(Flavour::vertex)[0], setup);
    };
    EXPECT_EQ(gemini(R"({"generationConfig":{"responseModalities":["AUDIO"]}})"), "");
    EXPECT_NE(gemini(R"({"generationConfig":{"responseModalities":["text"]}})").find("AUDIO"), std::string::npos);
    const std::string level = gemini(R"({"generation_config":{"thinking_config":{"thinking_level":"LOW"}}})");
    EXPECT_NE(level.find("thinkingBudget"), std::string::npos) << level;
    EXPECT_NE(gemini(R"({"sessionResumption":{"transparent":true}})"), "");
    EXPECT_EQ(gemini(R"({"sessionResumption":{"transparent":false}})"), "");
    EXPECT_EQ(vertex(R"({"sessionResumption":{"transparent":true}})"), "");
}

TEST(SetupCheck, KnowsWhatTheModelsDifferIn)
{
    const char *const live = "gemini-3.8-live";
    EXPECT_NE(refusal(Flavour::gemini, live, R"({"generationConfig":{"enableAffectiveDialog":false}})"), "");
    EXPECT_NE(refusal(Flavour::gemini, live, R"({"proactivity":{"proactiveAudio":false}})"), "");
    EXPECT_EQ(refusal(Flavour::gemini, live, R"({"proactivity":{"proactiveAudio":true}})"), "");
    EXPECT_NE(refusal(Flavour::gemini, live, R"({"tools":[{"googleSearch":{}},{"codeExecution":{}}]})"), "");
    EXPECT_NE(refusal(Flavour::gemini, live, R"({"tools":[{"enterpriseWebSearch":{}}]})"), "");
    EXPECT_EQ(refusal(Flavour::vertex, live, R"({"tools":[{"enterpriseWebSearch":{}}]})"), "");

    const char *const extended = "gemini-3.8-live-extended-thinking";
    const std::string thinking = R"({"generationConfig":{"thinkingConfig":)";
    EXPECT_NE(refusal(Flavour::gemini, extended, "{}"), "");
    EXPECT_EQ(refusal(Flavour::gemini, extended, (thinking + R"({"thinkingLevel":"LOW"}}})").c_str()), "");
    EXPECT_NE(refusal(Flavour::gemini, extended, (thinking + R"({"thinkingLevel":"MINIMAL"}}})").c_str()), "");
    const std::string both = thinking + R"({"thinkingLevel":"LOW","thinkingBudget":1}}})";
    EXPECT_NE(refusal(Flavour::gemini, extended, both.c_str()), "");

    const char *const behavior =
        R"({"tools":[{"functionDeclarations":[{"name":"f","behavior":"NON_BLOCKING"}]}]})";
    EXPECT_NE(refusal(Flavour::gemini, "gemini-3.1-flash-live-preview", behavior), "");
    EXPECT_EQ(refusal(Flavour::gemini, default_models(Flavour::gemini)[0], behavior), "");
    EXPECT_NE(refusal(Flavour::vertex, default_models(Flavour::vertex)[0], behavior), "");
    const char *const instructions = R"({"systemInstruction":{"parts":[]}})";
    EXPECT_NE(refusal(Flavour::gemini, "gemini-3.5-live-translate-preview", instructions), "");
    const char *const audio = R"({"generationConfig":{"responseModalities":["AUDIO"]}})";
    EXPECT_NE(refusal(Flavour::gemini, "gemini-3.5-transcribe-live", audio), "");
}

TEST(SetupCheck, TakesAnyShape)
{
    for (const char *setup : {R"({"generationConfig":5,"tools":[],"proactivity":[],"sessionResumption":"x"})",
                              R"({"generationConfig":{"responseModalities":"AUDIO","thinkingConfig":[]}})",
                              R"({"tools":[{"googleSearch":5}]})"}) {
        EXPECT_EQ(refusal(Flavour::gemini, "gemini-3.8-live", setup), "") << setup;
    }
    EXPECT_NE(refusal(Flavour::gemini, "gemini-3.8-live", "[]"), "");
    EXPECT_NE(refusal(Flavour::gemini, "gemini-3.8-live", R"({"tools":{}})"), "");
}

}  // namespace
}  // namespace gemlive::protocol::test
