#include "schema.hpp"

namespace gemlive::emulator::schema {
namespace {

Field text(std::string_view name)
{
    return {name, Type::text};
}
Field texts(std::string_view name)
{
    return {name, Type::text, {}, true};
}
Field boolean(std::string_view name)
{
    return {name, Type::boolean};
}
Field int32(std::string_view name)
{
    return {name, Type::int32};
}
Field int64(std::string_view name)
{
    return {name, Type::int64};
}
Field number(std::string_view name)
{
    return {name, Type::number};
}
Field bytes(std::string_view name)
{
    return {name, Type::bytes};
}
Field structure(std::string_view name)
{
    return {name, Type::structure};
}
Field any(std::string_view name)
{
    return {name, Type::any};
}
Field one(std::string_view name, std::string_view of)
{
    return {name, Type::message, of};
}
Field many(std::string_view name, std::string_view of)
{
    return {name, Type::message, of, true};
}
Field choice(std::string_view name, std::string_view of)
{
    return {name, Type::enumeration, of};
}
Field choices(std::string_view name, std::string_view of)
{
    return {name, Type::enumeration, of, true};
}
Field map_of(Field field)
{
    field.map = true;
    return field;
}
Field gemini(Field field)
{
    field.flavour = For::gemini;
    return field;
}
Field vertex(Field field)
{
    field.flavour = For::vertex;
    return field;
}

using Messages = std::map<std::string_view, Message>;

void add_setup(Messages &m)
{
    m["Request"] = {one("setup", "Setup"), one("clientContent", "ClientContent"),
                    one("realtimeInput", "RealtimeInput"), one("toolResponse", "ToolResponse"),
                    one("contextUpdate", "ContextUpdate")};
    m["Setup"] = {text("model"),
                  one("generationConfig", "GenerationConfig"),
                  one("systemInstruction", "Content"),
                  many("tools", "Tool"),
                  one("realtimeInputConfig", "RealtimeInputConfig"),
                  one("sessionResumption", "SessionResumption"),
                  one("contextWindowCompression", "ContextWindowCompression"),
                  one("inputAudioTranscription", "AudioTranscription"),
                  one("outputAudioTranscription", "AudioTranscription"),
                  one("proactivity", "Proactivity"),
                  vertex(boolean("explicitVadSignal")),
                  one("historyConfig", "HistoryConfig"),
                  one("avatarConfig", "AvatarConfig"),
                  many("safetySettings", "SafetySetting"),
                  map_of(text("labels"))};
    m["GenerationConfig"] = {choices("responseModalities", "Modality"),
                             number("temperature"),
                             number("topP"),
                             int32("topK"),
                             int32("maxOutputTokens"),
                             int32("candidateCount"),
                             int32("seed"),
                             number("presencePenalty"),
                             number("frequencyPenalty"),
                             one("speechConfig", "SpeechConfig"),
                             one("thinkingConfig", "ThinkingConfig"),
                             choice("mediaResolution", "MediaResolution"),
                             boolean("enableAffectiveDialog"),
                             one("translationConfig", "TranslationConfig"),
                             one("audioTranscriptionConfig", "AudioTranscription"),
                             {"responseFormat", Type::any, {}, true},
                             gemini(boolean("enableEnhancedCivicAnswers")),
                             vertex(structure("modelConfig"))};
    m["SpeechConfig"] = {one("voiceConfig", "VoiceConfig"), text("languageCode")};
    m["VoiceConfig"] = {one("prebuiltVoiceConfig", "PrebuiltVoice"),
                        one("replicatedVoiceConfig", "ReplicatedVoice"), text("voice")};
    m["PrebuiltVoice"] = {text("voiceName")};
    m["ReplicatedVoice"] = {text("mimeType"), bytes("voiceSampleAudio"), gemini(bytes("consentAudio")),
                            gemini(one("voiceConsentSignature", "VoiceConsentSignature"))};
    m["VoiceConsentSignature"] = {text("signature")};
    m["ThinkingConfig"] = {boolean("includeThoughts"), int32("thinkingBudget"),
                           choice("thinkingLevel", "ThinkingLevel")};
    m["TranslationConfig"] = {text("targetLanguageCode"), boolean("echoTargetLanguage")};
    m["RealtimeInputConfig"] = {
        one("automaticActivityDetection", "ActivityDetection"), choice("activityHandling", "ActivityHandling"),
        choice("turnCoverage", "TurnCoverage"), boolean("interimTranscriptTimestampEnabled")};
    m["ActivityDetection"] = {boolean("disabled"), choice("startOfSpeechSensitivity", "StartSensitivity"),
                              choice("endOfSpeechSensitivity", "EndSensitivity"), int32("prefixPaddingMs"),
                              int32("silenceDurationMs")};
    m["SessionResumption"] = {text("handle"), vertex(boolean("transparent"))};
    m["ContextWindowCompression"] = {int64("triggerTokens"), one("slidingWindow", "SlidingWindow")};
    m["SlidingWindow"] = {int64("targetTokens")};
    m["AudioTranscription"] = {texts("languageCodes"),
                               texts("customVocabulary"),
                               boolean("wordTimestamp"),
                               boolean("diarization"),
                               choice("mode", "TranscriptionMode"),
                               text("sourceText"),
                               structure("languageAuto"),
                               one("languageHints", "LanguageHints"),
                               texts("adaptationPhrases")};
    m["LanguageHints"] = {texts("languageCodes")};
    m["Proactivity"] = {boolean("proactiveAudio"), boolean("proactiveVideo")};
    m["HistoryConfig"] = {boolean("initialHistoryInClientContent")};
    m["AvatarConfig"] = {text("avatarName"), one("customizedAvatar", "CustomizedAvatar"), int32("audioBitrateBps"),
                         int32("videoBitrateBps")};
    m["CustomizedAvatar"] = {text("imageMimeType"), bytes("imageData")};
    m["SafetySetting"] = {choice("category", "HarmCategory"), choice("threshold", "HarmBlockThreshold"),
                          vertex(choice("method", "HarmBlockMethod"))};
}

void add_tools(Messages &m)
{
    m["Tool"] = {many("functionDeclarations", "FunctionDeclaration"),
                 structure("googleSearch"),
                 structure("codeExecution"),
                 structure("urlContext"),
                 structure("googleSearchRetrieval"),
                 structure("googleMaps"),
                 structure("computerUse"),
                 gemini(structure("fileSearch")),
                 gemini({"mcpServers", Type::structure, {}, true}),
                 vertex(structure("retrieval")),
                 vertex(structure("enterpriseWebSearch")),
                 vertex(structure("parallelAiSearch")),
                 vertex(structure("exaAiSearch"))};
    m["FunctionDeclaration"] = {text("name"),
                                text("description"),
                                one("parameters", "Schema"),
                                any("parametersJsonSchema"),
                                one("response", "Schema"),
                                any("responseJsonSchema"),
                                choice("behavior", "Behavior")};
    m["Schema"] = {choice("type", "SchemaType"),
                   text("format"),
                   text("title"),
                   text("description"),
                   boolean("nullable"),
                   texts("enum"),
                   one("items", "Schema"),
                   map_of(one("properties", "Schema")),
                   texts("required"),
                   texts("propertyOrdering"),
                   many("anyOf", "Schema"),
                   number("minimum"),
                   number("maximum"),
                   int64("minItems"),
                   int64("maxItems"),
                   int64("minLength"),
                   int64("maxLength"),
                   int64("minProperties"),
                   int64("maxProperties"),
                   text("pattern"),
                   any("default"),
                   any("example"),
                   vertex(any("additionalProperties")),
                   vertex(map_of(one("defs", "Schema"))),
                   vertex(text("ref"))};
}

void add_content(Messages &m)
{
    m["Content"] = {text("role"), many("parts", "Part")};
    m["Part"] = {text("text"),
                 one("inlineData", "Blob"),
                 one("fileData", "FileData"),
                 one("functionCall", "FunctionCall"),
                 one("functionResponse", "FunctionResponse"),
                 structure("executableCode"),
                 structure("codeExecutionResult"),
                 gemini(structure("toolCall")),
                 gemini(structure("toolResponse")),
                 structure("audioTranscription"),
                 boolean("thought"),
                 bytes("thoughtSignature"),
                 structure("videoMetadata"),
                 any("mediaProcessing"),
                 structure("speechMetadata"),
                 structure("documentMetadata"),
                 structure("spreadsheetMetadata"),
                 structure("audioMetadata"),
                 structure("mediaResolution"),
                 gemini(structure("partMetadata"))};
    m["Blob"] = {text("mimeType"), bytes("data"), text("displayName")};
    m["FileData"] = {text("fileUri"), text("mimeType"), text("displayName")};
    m["FunctionCall"] = {text("id"), text("name"), structure("args")};
    m["ClientContent"] = {many("turns", "Content"), boolean("turnComplete")};
    m["RealtimeInput"] = {one("audio", "Blob"),       one("video", "Blob"),          text("text"),
                          boolean("audioStreamEnd"),  one("activityStart", "Empty"), one("activityEnd", "Empty"),
                          many("mediaChunks", "Blob")};
    m["Empty"] = {};
    m["ToolResponse"] = {many("functionResponses", "FunctionResponse")};
    m["FunctionResponse"] = {text("id"),
                             text("name"),
                             structure("response"),
                             choice("scheduling", "Scheduling"),
                             boolean("willContinue"),
                             many("parts", "ResponsePart")};
    m["ResponsePart"] = {one("inlineData", "Blob"),     one("fileData", "FileData"),
                         structure("mediaResolution"),  structure("videoMetadata"),
                         structure("documentMetadata"), structure("spreadsheetMetadata"),
                         structure("audioMetadata"),    gemini(any("mediaProcessing"))};
    m["ContextUpdate"] = {one("systemInstruction", "Content"), one("tools", "ToolList")};
    m["ToolList"] = {many("tools", "Tool")};
}

Messages make_messages()
{
    Messages m;
    add_setup(m);
    add_tools(m);
    add_content(m);
    return m;
}

using Enumerations = std::map<std::string_view, std::vector<std::string_view>>;

Enumerations make_enumerations()
{
    return {
        {"Modality", {"MODALITY_UNSPECIFIED", "TEXT", "IMAGE", "AUDIO", "VIDEO"}},
        {"MediaResolution",
         {"MEDIA_RESOLUTION_UNSPECIFIED", "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM",
          "MEDIA_RESOLUTION_HIGH"}},
        {"ThinkingLevel", {"THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH", "XHIGH"}},
        {"ActivityHandling", {"ACTIVITY_HANDLING_UNSPECIFIED", "START_OF_ACTIVITY_INTERRUPTS", "NO_INTERRUPTION"}},
        {"TurnCoverage",
         {"TURN_COVERAGE_UNSPECIFIED", "TURN_INCLUDES_ONLY_ACTIVITY", "TURN_INCLUDES_ALL_INPUT",
          "TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO"}},
        {"StartSensitivity", {"START_SENSITIVITY_UNSPECIFIED", "START_SENSITIVITY_HIGH", "START_SENSITIVITY_LOW"}},
        {"EndSensitivity", {"END_SENSITIVITY_UNSPECIFIED", "END_SENSITIVITY_HIGH", "END_SENSITIVITY_LOW"}},
        {"TranscriptionMode", {"MODE_UNSPECIFIED", "VERBATIM", "SMART"}},
        {"HarmCategory",
         {"HARM_CATEGORY_UNSPECIFIED", "HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH",
          "HARM_CATEGORY_SEXUALLY_EXPLICIT", "HARM_CATEGORY_DANGEROUS_CONTENT", "HARM_CATEGORY_CIVIC_INTEGRITY",
          "HARM_CATEGORY_JAILBREAK", "HARM_CATEGORY_IMAGE_HATE", "HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT",
          "HARM_CATEGORY_IMAGE_HARASSMENT", "HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT"}},
        {"HarmBlockThreshold",
         {"HARM_BLOCK_THRESHOLD_UNSPECIFIED", "BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_ONLY_HIGH",
          "BLOCK_NONE", "OFF"}},
        {"HarmBlockMethod", {"HARM_BLOCK_METHOD_UNSPECIFIED", "SEVERITY", "PROBABILITY"}},
        {"Behavior", {"UNSPECIFIED", "BLOCKING", "NON_BLOCKING"}},
        {"SchemaType", {"TYPE_UNSPECIFIED", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL"}},
        {"Scheduling", {"SCHEDULING_UNSPECIFIED", "SILENT", "WHEN_IDLE", "INTERRUPT"}},
    };
}

}  // namespace

const Message *find_message(std::string_view name)
{
    static const Messages messages = make_messages();
    const auto found = messages.find(name);
    return found == messages.end() ? nullptr : &found->second;
}

const std::vector<std::string_view> *find_enumeration(std::string_view name)
{
    static const Enumerations enumerations = make_enumerations();
    const auto found = enumerations.find(name);
    return found == enumerations.end() ? nullptr : &found->second;
}

}  // namespace gemlive::emulator::schema
