#include "messages.hpp"

#include <cstdio>

namespace gemlive::emulator {
namespace {

Json transcript_json(const Transcript &transcript)
{
    Json json = Json::object();
    if (!transcript.text.empty())
        json["text"] = transcript.text;
    if (transcript.finished)
        json["finished"] = true;
    if (!transcript.language.empty())
        json["languageCode"] = transcript.language;
    if (transcript.from_ms >= 0)
        json["startOffset"] = duration_text(transcript.from_ms);
    if (transcript.to_ms >= 0)
        json["endOffset"] = duration_text(transcript.to_ms);
    return json;
}

Json content(const char *name, Json value)
{
    Json message;
    message["serverContent"][name] = std::move(value);
    return message;
}

}  // namespace

std::string Ids::uuid()
{
    const uint64_t a = random_();
    const uint64_t b = random_();
    char text[40];
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(a >> 32),
                  static_cast<unsigned>(a >> 16 & 0xffff), static_cast<unsigned>(a & 0xfff),
                  static_cast<unsigned>(0x8000 | (b >> 48 & 0x3fff)),
                  static_cast<unsigned long long>(b & 0xffffffffffffULL));
    return text;
}

std::string Ids::call(std::string_view prefix)
{
    if (prefix.empty())
        return uuid();
    return std::string(prefix) +
           std::to_string(1'000'000'000'000'000'000ULL + random_() % 9'000'000'000'000'000'000ULL);
}

std::string duration_text(int64_t ms)
{
    char text[40];
    if (ms % 1000 == 0)
        std::snprintf(text, sizeof text, "%llds", static_cast<long long>(ms / 1000));
    else
        std::snprintf(text, sizeof text, "%lld.%03llds", static_cast<long long>(ms / 1000),
                      static_cast<long long>(ms % 1000));
    return text;
}

Json Messages::model_turn(Json part) const
{
    Json turn;
    if (flavour_ == Flavour::vertex)
        turn["role"] = "model";
    turn["parts"] = Json::array({std::move(part)});
    if (flavour_ == Flavour::gemini && profile_.role_after_parts)
        turn["role"] = "model";
    return content("modelTurn", std::move(turn));
}

Json Messages::audio(const std::string &base64, const std::string &transcript) const
{
    Json part;
    part["inlineData"]["mimeType"] = flavour_ == Flavour::vertex ? "audio/pcm" : "audio/pcm;rate=24000";
    part["inlineData"]["data"] = base64;
    Json message = model_turn(std::move(part));
    if (!transcript.empty())
        message["serverContent"]["outputTranscription"]["text"] = transcript;
    return message;
}

Json Messages::text(const std::string &text) const
{
    Json part;
    part["text"] = text;
    return model_turn(std::move(part));
}

Json Messages::thought(const std::string &text) const
{
    Json part;
    part["text"] = text;
    part["thought"] = true;
    return model_turn(std::move(part));
}

Json Messages::code(const std::string &code) const
{
    Json part;
    part["executableCode"]["language"] = "PYTHON";
    part["executableCode"]["code"] = code;
    return model_turn(std::move(part));
}

Json Messages::content_flag(const char *name) const
{
    return content(name, true);
}

Json Messages::turn_complete(Json usage, const std::string &reason, const std::string &interaction) const
{
    Json message = content("turnComplete", true);
    if (!reason.empty())
        message["serverContent"]["turnCompleteReason"] = reason;
    if (!interaction.empty())
        message["serverContent"]["interactionStatus"] = interaction;
    if (profile_.grounding_at_end)
        message["serverContent"]["groundingMetadata"] = Json::object();
    message["usageMetadata"] = std::move(usage);
    return message;
}

Json Messages::input_transcript(const Transcript &transcript)
{
    return content("inputTranscription", transcript_json(transcript));
}

Json Messages::interim_transcript(const Transcript &transcript)
{
    return content("interimInputTranscription", transcript_json(transcript));
}

Json Messages::output_transcript(const Transcript &transcript)
{
    return content("outputTranscription", transcript_json(transcript));
}

Json Messages::tool_call(const Json &calls)
{
    Json message;
    message["toolCall"]["functionCalls"] = calls;
    return message;
}

Json Messages::cancellation(const std::vector<std::string> &ids)
{
    Json message;
    message["toolCallCancellation"]["ids"] = ids;
    return message;
}

Json Messages::voice_activity(bool start, int64_t offset_ms, bool with_content)
{
    Json message;
    if (with_content)
        message["serverContent"] = Json::object();
    message["voiceActivity"]["type"] = start ? "ACTIVITY_START" : "ACTIVITY_END";
    message["voiceActivity"]["audioOffset"] = duration_text(offset_ms);
    return message;
}

}  // namespace gemlive::emulator
