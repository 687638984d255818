// How well the voice detector hears: of each recording what it took for speech, beside where speech is.
//
//   voice_bench FOLDER    with an index.json as in tests' media: kind, speech_samples, louder_than_minus_40_dbfs_s
//
// Prints a table, then hits, false alarms, delays and the cost.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "media/audio_format.hpp"
#include "media/voice_detector.hpp"

namespace {

using gemlive::Clock;
using gemlive::media::VoiceDetector;
using nlohmann::json;

struct Stretch {
    uint64_t from;
    uint64_t to;
};

constexpr size_t header_bytes = 44;
constexpr size_t block = 80;          // 5 ms, as they come from a microphone
constexpr size_t silence = 16'000;    // behind each recording, so that its speech can end

std::vector<int16_t> samples_of(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::vector<int16_t> samples(bytes.size() > header_bytes ? (bytes.size() - header_bytes) / 2 : 0);
    std::memcpy(samples.data(), bytes.data() + header_bytes, samples.size() * 2);
    samples.resize(samples.size() + silence);
    return samples;
}

std::vector<Stretch> speech_in(const json &file)
{
    std::vector<Stretch> speech;
    for (const json &stretch : file.value("speech_samples", json::array())) {
        speech.push_back({stretch[0], stretch[1]});
    }
    const std::string kind = file.value("kind", "");
    if (speech.empty() && kind.find("speech") != std::string::npos && kind.find("not") == std::string::npos &&
        file.contains("louder_than_minus_40_dbfs_s")) {
        const json &loud = file["louder_than_minus_40_dbfs_s"];
        if (loud.is_array() && loud.size() == 2) {
            speech.push_back({static_cast<uint64_t>(loud[0].get<double>() * 16'000),
                              static_cast<uint64_t>(loud[1].get<double>() * 16'000)});
        }
    }
    return speech;
}

struct Heard {
    Stretch speech;
    uint64_t known_at;  // its beginning
};

int64_t in_ms(uint64_t samples) { return static_cast<int64_t>(samples / 16); }

double percentile(std::vector<int64_t> values, double part)
{
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return static_cast<double>(values[static_cast<size_t>(part * static_cast<double>(values.size() - 1))]);
}

}  // namespace

int main(int count, char **arguments)
{
    if (count != 2 || !VoiceDetector::is_available()) {
        std::fprintf(stderr, "usage: voice_bench FOLDER, in a build with the detector\n");
        return 2;
    }
    const std::string folder = arguments[1];
    std::ifstream index_file(folder + "/index.json");
    const json index = json::parse(index_file);
    int stretches = 0, hits = 0, false_alarms = 0, splits = 0;
    double quiet_s = 0;
    std::vector<int64_t> begin_error, known_delay, end_error;
    Clock::duration cpu{};
    uint64_t total = 0;
    std::printf("| recording | speech ms | heard ms |\n|---|---|---|\n");
    for (const auto &[key, item] : index["files"].items()) {
        const std::string name = item.value("file", key);
        const std::string kind = item.value("kind", "");
        const bool usual = item.value("rate", 0) == 16'000 && item.value("channels", 0) == 1;
        if (!usual || !name.ends_with(".wav") || name.starts_with("odd-") || name.starts_with("bad-")) {
            continue;
        }
        const std::vector<Stretch> speech = speech_in(item);
        if (speech.empty() && kind.find("not speech") == std::string::npos && !item.contains("speech_samples")) {
            continue;
        }
        const std::vector<int16_t> samples = samples_of(folder + "/" + name);
        VoiceDetector detector;
        std::vector<Heard> heard;
        for (size_t at = 0; at < samples.size(); at += block) {
            const auto piece = std::span(samples).subspan(at, std::min(block, samples.size() - at));
            const auto began = Clock::now();
            detector.process(piece, at, Clock::time_point(std::chrono::milliseconds(at / 16)));
            cpu += Clock::now() - began;
            for (const VoiceDetector::Change &change : detector.take_changes()) {
                if (change.started) {
                    heard.push_back({{change.sample, samples.size()}, at + piece.size()});
                } else {
                    heard.back().speech.to = change.sample;
                }
            }
        }
        total += samples.size();
        std::string is, was;
        for (const Stretch &one : speech) {
            ++stretches;
            is += std::to_string(in_ms(one.from)) + "-" + std::to_string(in_ms(one.to)) + " ";
            const auto overlaps = [&](const Heard &h) { return h.speech.from < one.to && h.speech.to > one.from; };
            const auto first = std::find_if(heard.begin(), heard.end(), overlaps);
            if (first == heard.end()) {
                continue;
            }
            ++hits;
            splits += static_cast<int>(std::count_if(heard.begin(), heard.end(), overlaps)) - 1;
            if (first->speech.from + 4'800 > one.from) {  // not one that goes on from the stretch before
                begin_error.push_back(in_ms(first->speech.from) - in_ms(one.from));
                known_delay.push_back(in_ms(first->known_at) - in_ms(one.from));
            }
            const auto last = std::find_if(heard.rbegin(), heard.rend(), overlaps);
            if (last->speech.to < one.to + 16'000) {
                end_error.push_back(in_ms(last->speech.to) - in_ms(one.to));
            }
        }
        for (const Heard &one : heard) {
            was += std::to_string(in_ms(one.speech.from)) + "-" + std::to_string(in_ms(one.speech.to)) + " ";
            false_alarms += std::none_of(speech.begin(), speech.end(), [&](const Stretch &s) {
                return one.speech.from < s.to && one.speech.to > s.from;
            });
        }
        quiet_s += speech.empty() ? static_cast<double>(samples.size() - silence) / 16'000 : 0;
        std::printf("| %s | %s| %s|\n", name.c_str(), is.c_str(), was.c_str());
    }
    std::printf("\nstretches of speech %d, heard %d, in more than one piece %d\n", stretches, hits, splits);
    std::printf("false alarms %d, in recordings without speech %.0f s long together\n", false_alarms, quiet_s);
    const auto line = [](const char *what, const std::vector<int64_t> &values) {
        std::printf("%s, ms: median %.0f, 95 %% %.0f, worst %.0f\n", what, percentile(values, 0.5),
                    percentile(values, 0.95), percentile(values, 1));
    };
    line("beginning, placed too late by", begin_error);
    line("beginning, known after", known_delay);
    line("end, placed too late by", end_error);
    std::printf("cost: %.3f ms of CPU a second of sound\n",
                std::chrono::duration<double, std::milli>(cpu).count() / (static_cast<double>(total) / 16'000));
    return 0;
}
