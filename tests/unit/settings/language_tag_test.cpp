#include "language_tag.hpp"

#include <gtest/gtest.h>

#include "made_settings.hpp"

namespace gemlive::settings {
namespace {

using nlohmann::json;

std::string normalised(const std::string &given)
{
    std::string tag;
    const Error error = normalise_language_tag(given, tag);
    return error ? "refused: " + error.message : tag;
}

TEST(LanguageTagTest, NamesLongCodesAndCasesBecomeTheTagThatTheServiceTakes)
{
    const std::pair<const char *, const char *> cases[] = {
        {"de-DE", "de-DE"},      {"de_de", "de-DE"},           {"DE-de", "de-DE"},         {"english", "en"},
        {"English", "en"},       {"eng", "en"},                {"english_us", "en-US"},    {"deu-at", "de-AT"},
        {"mandarin", "cmn"},     {"cmn-Hans-CN", "cmn-Hans-CN"}, {"zh_hans_cn", "zh-Hans-CN"}, {"es-419", "es-419"},
        {"iw", "iw"},            {"QQQ", "qqq"},               {"sl-rozaj-biske", "sl-rozaj-biske"},
        {"de-DE-u-co-phonebk", "de-DE-u-co-phonebk"},          {"de-1996", "de-1996"}};
    for (const auto &[given, wanted] : cases) {
        EXPECT_EQ(normalised(given), wanted) << given;
    }
}

TEST(LanguageTagTest, WhatCannotBeATagIsRefused)
{
    for (const char *given : {"", "x", "elvish", "de-", "-de", "de--DE", "de DE", "d\xc3\xa9", "12", "de-toolongsubtag",
                              "en;US", "de-DE\n"}) {
        EXPECT_EQ(normalised(given), "refused: \"" + std::string(given) +
                                         "\" is no language: it takes a BCP 47 code, such as de-DE, or the English name "
                                         "of a language");
    }
}

class LanguageOptionsTest : public MadeSettings {};

TEST_F(LanguageOptionsTest, EachPlaceOfALanguageIsNormalised)
{
    options.set("language", "english_gb");
    options.set_json("input_audio_transcription", R"({"languageCodes":["german","fr_fr"]})");
    options.set_json("output_audio_transcription", R"({"language_codes":["EN"]})");
    ASSERT_FALSE(make());
    const json message(settings->setup.message(""));
    EXPECT_EQ(message["generationConfig"]["speechConfig"]["languageCode"], "en-GB");
    EXPECT_EQ(message["inputAudioTranscription"]["languageCodes"], json({"de", "fr-FR"}));
    EXPECT_EQ(message["outputAudioTranscription"].begin().value(), json({"en"}));
}

TEST_F(LanguageOptionsTest, TheTargetOfATranslationIsNormalised)
{
    options.set("model", "gemini-3.5-live-translate-preview");
    options.set_json("translation_config", R"({"targetLanguageCode":"spanish"})");
    ASSERT_FALSE(make());
    EXPECT_EQ(json(settings->setup.message(""))["generationConfig"]["translationConfig"]["targetLanguageCode"], "es");
}

TEST_F(LanguageOptionsTest, ARefusalNamesTheOption)
{
    options.set("language", "elvish");
    EXPECT_EQ(make().message, "option language: \"elvish\" is no language: it takes a BCP 47 code, such as de-DE, or the "
                              "English name of a language");
    options.set("language", "de");
    options.set_json("input_audio_transcription", R"({"languageCodes":["de","what is this"]})");
    EXPECT_EQ(make().message.find("option input_audio_transcription: \"what is this\" is no language"), 0u);
}

}  // namespace
}  // namespace gemlive::settings
