#pragma once

#include <string>

// Messages of the server, as tests of the turn rules write them.
namespace gemlive::dialogue::test {

constexpr const char *audio =
    R"({"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":"AADoAxj8/38="}}]}}})";
constexpr const char *generation_complete = R"({"serverContent":{"generationComplete":true}})";
constexpr const char *turn_complete = R"({"serverContent":{"turnComplete":true}})";
constexpr const char *interrupted = R"({"serverContent":{"interrupted":true}})";
constexpr const char *call = R"({"toolCall":{"functionCalls":[{"id":"c1","name":"price","args":{"item":"sword"}}]}})";

inline std::string words(const char *text)
{
    return std::string(R"({"serverContent":{"outputTranscription":{"text":")") + text + "\"}}}";
}

inline std::string written(const char *text)
{
    return std::string(R"({"serverContent":{"modelTurn":{"parts":[{"text":")") + text + "\"}]}}}";
}

inline std::string heard(const char *text)
{
    return std::string(R"({"serverContent":{"inputTranscription":{"text":")") + text + "\"}}}";
}

}  // namespace gemlive::dialogue::test
