// The emulator judges client messages as strictly as the service: against the stored verdicts, and against
// everything that real clients said to the real service.

#include <fstream>

#include <gtest/gtest.h>

#include "reader.hpp"
#include "stage.hpp"

namespace gemlive::emulator::test {
namespace {

constexpr const char *old_gemini = "models/gemini-live-2.5-flash-preview";
constexpr const char *new_gemini = "models/gemini-3.8-live";
constexpr const char *on_vertex =
    "projects/p/locations/us-central1/publishers/google/models/gemini-live-2.5-flash";

bool is_vertex(const std::string &model)
{
    return model.starts_with("projects/") || model.starts_with("publishers/");
}

// A session with `model` is told `text`; what closed it, if anything did.
Refusal verdict(const std::string &model, const std::string &text, bool first, bool automatic)
{
    Theatre theatre;
    theatre.connect(is_vertex(model) ? vertex_url : gemini_url);
    if (!first) {
        Json extra = Json::object();
        extra["realtimeInputConfig"]["automaticActivityDetection"]["disabled"] = !automatic;
        theatre.setup(model, extra);
        EXPECT_FALSE(theatre.wire->close_code) << theatre.wire->close_reason;
    }
    theatre.client_text(text);
    // A stored message may name a resumption handle; whether somebody knows it is another question than its form.
    if (theatre.wire->close_reason == "Requested entity was not found.")
        return {};
    return {theatre.wire->close_code.value_or(0), theatre.wire->close_reason};
}

void expect_refused(const Json &entry, const Refusal &refusal)
{
    if (entry.value("uncertain", false)) {
        return;
    }
    const Json close = entry["close"];
    EXPECT_EQ(refusal.code, close.value("code", 0)) << refusal.reason;
    const std::string wanted = close.value("reason", close.value("reason_prefix", ""));
    EXPECT_EQ(refusal.reason.substr(0, wanted.size()), wanted);
}

// A setup, as it would be for another model.
std::string said_to(const std::string &model, Json message, const std::string &text)
{
    if (!message.is_object() || !message.contains("setup") || !message["setup"].is_object())
        return text;
    message["setup"]["model"] = model;
    return message.dump();
}

TEST(Checker, AgreesWithEveryStoredVerdict)
{
    const auto file = data_folder() / "vectors" / "client_messages.json";
    GEMLIVE_NEED_FOLDER(file.parent_path());
    std::ifstream stream(file);
    ASSERT_TRUE(stream) << file;
    const Json entries = Json::parse(stream);
    ASSERT_FALSE(entries.empty());
    for (const Json &entry : entries) {
        SCOPED_TRACE(entry.value("name", ""));
        const std::string text = entry["client_text"].get<std::string>();
        const std::string when = entry.value("when", "");
        const Json message = Json::parse(text, nullptr, false);
        const bool is_setup = message.is_object() && message.contains("setup");
        const bool first = when == "first message" || (is_setup && when.empty());
        const bool automatic = when == "automatic detection on";
        const bool names_model = is_setup && message["setup"].is_object();
        const std::string own = names_model ? message["setup"].value("model", "") : "";
        const std::string model = first && is_vertex(own) ? on_vertex : old_gemini;
        if (entry["accept"] == true) {
            EXPECT_EQ(verdict(model, text, first, automatic).reason, "");
        } else if (entry["accept"] == false) {
            expect_refused(entry, verdict(model, text, first, automatic));
        } else if (entry["accept"] == "vertex") {
            EXPECT_EQ(verdict(on_vertex, text, first, automatic).reason, "");
            EXPECT_EQ(verdict(new_gemini, text, first, automatic).code, 1007);  // the older one takes some of it
        } else if (entry["accept"] == "gemini") {
            EXPECT_EQ(verdict(old_gemini, text, first, automatic).reason, "");
            expect_refused(entry, verdict(on_vertex, text, first, automatic));
        } else {
            // "old models only", "models other than ...": accepted by 2.5, and refused by 3.8 where it says how.
            EXPECT_EQ(verdict(old_gemini, said_to(old_gemini, message, text), first, automatic).reason, "");
            if (entry.contains("close")) {
                expect_refused(entry, verdict(new_gemini, said_to(new_gemini, message, text), first, automatic));
            }
        }
    }
}

TEST(Checker, AcceptsAllThatRealClientsSaid)
{
    const auto folder = data_folder() / "recordings";
    GEMLIVE_NEED_FOLDER(folder);
    int lines = 0;
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".jsonl")
            continue;
        SCOPED_TRACE(entry.path().filename().string());
        std::ifstream stream(entry.path());
        std::string line;
        Theatre theatre;
        bool open = false;
        while (std::getline(stream, line)) {
            const Json recorded = Json::parse(line);
            if (recorded["dir"] != "client")
                continue;
            ++lines;
            const Json &message = recorded["json"];
            if (!open) {
                const bool has_setup = message.contains("setup");
                const bool on_vertex_by_name = entry.path().filename().string().starts_with("v");
                const std::string model = has_setup ? message["setup"]["model"].get<std::string>()
                                                    : on_vertex_by_name ? on_vertex : old_gemini;
                theatre.connect(is_vertex(model) ? vertex_url : gemini_url);
                if (!has_setup)
                    theatre.setup(model);
                open = true;
            }
            theatre.client(message);
            theatre.pass(100);
            ASSERT_FALSE(theatre.wire->close_code) << theatre.wire->close_reason << "\n" << line.substr(0, 300);
        }
    }
    EXPECT_GT(lines, 0);
}

TEST(Checker, AnswersOfFunctionsNeedAnIdOnTheNewerModelsOfGemini)
{
    const std::string answer = R"({"toolResponse": {"functionResponses": [{"name": "f", "response": {"output": 1}}]}})";
    EXPECT_EQ(verdict(new_gemini, answer, false, true).code, 1007);
    EXPECT_EQ(verdict("models/gemini-3.1-flash-live-preview", answer, false, true).code, 1007);
    EXPECT_EQ(verdict(old_gemini, answer, false, true).reason, "");
    EXPECT_EQ(verdict("models/gemini-2.5-flash-native-audio-preview-12-2025", answer, false, true).reason, "");
    EXPECT_EQ(verdict(on_vertex, answer, false, true).reason, "");
}

TEST(Checker, NamesTheUnknownMemberAndItsPlace)
{
    Json message;
    const auto reason = [&message](const char *text) {
        return read_client_message(text, Flavour::gemini, message).reason;
    };
    EXPECT_EQ(reason(R"({"setup": {"tools": [{"functionDeclarations": [{"nam": "f"}]}]}})"),
              "Invalid JSON payload received. Unknown name \"nam\" at 'setup.tools[0].function_declarations[0]': "
              "Cannot find field.");
    EXPECT_EQ(reason(R"({"what": 1})"),
              "Invalid JSON payload received. Unknown name \"what\": Cannot find field.");
    EXPECT_EQ(reason(R"({"setup": {"generation_config": {"topK": 9.0, "temperature": "0.5"}}})"), "");
    EXPECT_EQ(message["setup"]["generationConfig"]["topK"], 9);
    EXPECT_NE(reason(R"({"realtimeInput": {"audio": {"data": "!!"}}})"), "");
    EXPECT_NE(reason(R"({"setup": {"generationConfig": {"responseModalities": ["SMELL"]}}})"), "");
    EXPECT_NE(reason(R"({"setup": {"explicitVadSignal": true}})"), "");  // Vertex only
    EXPECT_NE(reason("[]"), "");
}

TEST(Checker, KeepsTheKeysOfApplications)
{
    Json message;
    const Refusal refusal = read_client_message(
        R"({"tool_response": {"function_responses": [{"id": "1", "response": {"my_key": {"in_side": 1}}}]}})",
        Flavour::gemini, message);
    ASSERT_FALSE(refusal) << refusal.reason;
    EXPECT_EQ(message["toolResponse"]["functionResponses"][0]["response"]["my_key"]["in_side"], 1);
}

TEST(Checker, RefusesWhatTheModelDoesNotOffer)
{
    const auto reason = [](const std::string &model, const char *inner) {
        Theatre theatre;
        theatre.connect(is_vertex(model) ? vertex_url : gemini_url);
        theatre.setup(model, Json::parse(inner));
        return theatre.wire->close_reason;
    };
    const char *text = R"({"generationConfig": {"responseModalities": ["TEXT"]}})";
    EXPECT_EQ(reason("models/gemini-2.5-flash-native-audio-preview-12-2025", text),
              "Cannot extract voices from a non-audio request.");
    EXPECT_EQ(reason(old_gemini, text), "");
    EXPECT_NE(reason(old_gemini, R"({"generationConfig": {"responseModalities": ["AUDIO", "TEXT"]}})"), "");
    EXPECT_NE(reason(old_gemini, R"({"generationConfig": {"speechConfig": {"voiceConfig":
                                     {"prebuiltVoiceConfig": {"voiceName": "puck"}}}}})"),
              "");
    EXPECT_TRUE(reason("models/gemini-2.5-flash", "{}")
                    .starts_with("models/gemini-2.5-flash is not found for API version"));
    EXPECT_EQ(reason("publishers/google/models/gemini-2.5-flash", "{}"),
              "gemini-2.5-flash is not supported in the live api.");
    EXPECT_NE(reason(new_gemini, R"({"generationConfig": {"thinkingConfig": {"thinkingLevel": "LOW"}}})"), "");
    EXPECT_NE(reason(new_gemini, R"({"proactivity": {"proactiveAudio": false}})"), "");
}

TEST(Checker, SomeSetupsAreAnsweredBySilence)
{
    Theatre theatre;
    theatre.connect();
    theatre.setup("models/gemini-3.1-flash-live-preview",
                  Json::parse(R"({"generationConfig": {"enableAffectiveDialog": true}})"));
    theatre.pass(60'000);
    EXPECT_TRUE(theatre.wire->messages.empty());
    EXPECT_FALSE(theatre.wire->close_code);
}

}  // namespace
}  // namespace gemlive::emulator::test
