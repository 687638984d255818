// Messages per CPU second of the decoder beside nlohmann/json, over the same messages: the project's own
// recordings, or those named. Read the ratio, not the numbers: machines are noisy.
//   decoder_bench [RECORDING.jsonl …]
#include <sys/resource.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "protocol/audio_assembler.hpp"
#include "protocol/decoder.hpp"

namespace {

using gemlive::protocol::Decoder;
using nlohmann::json;

double cpu_seconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

struct Message {
    std::vector<char> bytes;  // with room behind
    size_t size;
};

std::vector<Message> load(const std::vector<std::filesystem::path> &files)
{
    std::vector<Message> messages;
    for (const auto &file : files) {
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);) {
            const json entry = json::parse(line);
            if (entry["dir"] == "server") {
                const std::string text = entry["json"].dump(2) + "\n";
                Message message{std::vector<char>(text.size() + Decoder::padding), text.size()};
                std::memcpy(message.bytes.data(), text.data(), text.size());
                messages.push_back(std::move(message));
            }
        }
    }
    return messages;
}

// What any client has to do: parse, and decode the audio.
size_t decode_by_tree(const Message &message, std::vector<uint8_t> &scratch)
{
    const json tree = json::parse(message.bytes.data(), message.bytes.data() + message.size);
    size_t bytes = 0;
    if (tree.contains("serverContent") && tree["serverContent"].contains("modelTurn")) {
        for (const json &part : tree["serverContent"]["modelTurn"]["parts"]) {
            if (part.contains("inlineData")) {
                const auto &text = part["inlineData"]["data"].get_ref<const std::string &>();
                scratch.resize(gemlive::base64::max_decoded_size(text.size()));
                bytes += gemlive::base64::decode(text, scratch.data()).value_or(0);
            }
        }
    }
    return bytes;
}

// What a server could send to keep an I/O thread busy: a member that nobody knows, of as many values as have room.
void time_large_unknown(Decoder &decoder, gemlive::protocol::ServerMessage &out)
{
    constexpr size_t size = 30'000'000;
    for (const auto &[kind, filling] :
         {std::pair("numbers", "1,"), std::pair("text", "ab"), std::pair("lists", "[],")}) {
        std::string text = R"({"future":[)";
        text += *filling == 'a' ? "\"" : "";
        while (text.size() < size) {
            text += filling;
        }
        text += *filling == 'a' ? "\"]}" : "1]}";
        text.append(Decoder::padding, ' ');
        const double start = cpu_seconds();
        decoder.decode(text.data(), text.size() - Decoder::padding, text.size(), out);
        std::printf("30 MB unknown, %-7s %7.0f ms, %zu bytes handed on\n", kind, (cpu_seconds() - start) * 1000,
                    out.unknown.empty() ? 0 : out.unknown[0].raw.size());
    }
}

template <typename Decode>
double rate(const std::vector<Message> &messages, int rounds, Decode &&decode)
{
    const double start = cpu_seconds();
    for (int round = 0; round < rounds; ++round) {
        for (const Message &message : messages) {
            decode(message);
        }
    }
    return static_cast<double>(messages.size()) * rounds / (cpu_seconds() - start);
}

}  // namespace

int main(int argc, char **argv)
{
    std::vector<std::filesystem::path> files(argv + 1, argv + argc);
    if (files.empty()) {
        for (const auto &entry : std::filesystem::directory_iterator(GEMLIVE_SOURCE_DIR "/tests/recordings")) {
            if (entry.path().extension() == ".jsonl") {
                files.push_back(entry.path());
            }
        }
    }
    const std::vector<Message> messages = load(files);
    if (messages.empty()) {
        std::fprintf(stderr, "decoder_bench: no server message in the files\n");
        return 1;
    }
    size_t bytes = 0;
    for (const Message &message : messages) {
        bytes += message.size;
    }
    const int rounds = static_cast<int>(200'000'000 / bytes) + 1;
    std::vector<uint8_t> scratch;
    const double tree =
        rate(messages, rounds / 20 + 1, [&](const Message &message) { decode_by_tree(message, scratch); });
    Decoder decoder;
    gemlive::protocol::ServerMessage out;
    gemlive::protocol::AudioAssembler assembler;
    size_t samples = 0;
    const double ours = rate(messages, rounds, [&](const Message &message) {
        decoder.decode(message.bytes.data(), message.size, message.bytes.size(), out);
        for (const gemlive::protocol::Part &part : out.content.parts) {
            if (part.kind == gemlive::protocol::PartKind::audio) {
                samples += assembler.add(part.data).value().size();
            }
        }
    });
    std::printf("%zu messages, %zu bytes on average\n", messages.size(), bytes / messages.size());
    std::printf("decoder   %10.0f messages per CPU second\n", ours);
    std::printf("nlohmann  %10.0f messages per CPU second\n", tree);
    std::printf("samples   %10zu\n", samples);
    std::printf("ratio     %10.1f\n", ours / tree);
    time_large_unknown(decoder, out);
}
