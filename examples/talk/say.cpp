// gemlive-say TEXT FILE.wav: speaks a sentence into a sound file, for a user who has no microphone.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sndfile.h>

extern "C" {
#include <flite/flite.h>
cst_voice *register_cmu_us_slt(const char *voxdir);
cst_voice *register_cmu_us_rms(const char *voxdir);
}

namespace {

constexpr const char *usage = "usage: gemlive-say [--voice slt|rms] [--before MS] [--after MS] TEXT FILE.wav\n"
                              "  --before, --after  silence around the speech, such as a microphone hears (0)\n";

struct Request {
    std::string voice = "rms";
    int before_ms = 0;
    int after_ms = 0;
    std::string text;
    std::string file;
};

std::optional<int> milliseconds(std::string_view text)
{
    int value = 0;
    constexpr int longest = 600'000;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc() && end == text.data() + text.size() && value >= 0 && value <= longest;
    return good ? std::optional(value) : std::nullopt;
}

std::optional<Request> parse(const std::vector<std::string> &arguments)
{
    Request request;
    std::vector<std::string> rest;
    for (size_t at = 0; at < arguments.size(); ++at) {
        const std::string &name = arguments[at];
        if (!name.starts_with("--")) {
            rest.push_back(name);
            continue;
        }
        if (++at == arguments.size()) {
            return std::nullopt;
        }
        const std::optional<int> ms = milliseconds(arguments[at]);
        if (name == "--voice" && (arguments[at] == "slt" || arguments[at] == "rms")) {
            request.voice = arguments[at];
        } else if (name == "--before" && ms) {
            request.before_ms = *ms;
        } else if (name == "--after" && ms) {
            request.after_ms = *ms;
        } else {
            return std::nullopt;
        }
    }
    if (rest.size() != 2 || rest[0].empty()) {
        return std::nullopt;
    }
    request.text = rest[0];
    request.file = rest[1];
    return request;
}

bool speak(const Request &request)
{
    flite_init();
    cst_voice *const voice = request.voice == "slt" ? register_cmu_us_slt(nullptr) : register_cmu_us_rms(nullptr);
    cst_wave *const wave = flite_text_to_wave(request.text.c_str(), voice);
    if (wave == nullptr) {
        std::fprintf(stderr, "gemlive-say: Flite cannot speak '%s'\n", request.text.c_str());
        return false;
    }
    const auto silence = [wave](int ms) { return static_cast<size_t>(wave->sample_rate) * ms / 1000; };
    std::vector<int16_t> samples(silence(request.before_ms), 0);
    samples.insert(samples.end(), wave->samples, wave->samples + wave->num_samples);
    samples.resize(samples.size() + silence(request.after_ms), 0);
    SF_INFO info = {};
    info.samplerate = wave->sample_rate;
    info.channels = 1;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    delete_wave(wave);
    SNDFILE *const file = sf_open(request.file.c_str(), SFM_WRITE, &info);
    const auto count = static_cast<sf_count_t>(samples.size());
    const bool written = file != nullptr && sf_writef_short(file, samples.data(), count) == count;
    if (!written) {
        std::fprintf(stderr, "gemlive-say: cannot write '%s': %s\n", request.file.c_str(), sf_strerror(file));
    }
    return (file == nullptr || sf_close(file) == 0) && written;
}

}  // namespace

int main(int argc, char **argv)
{
    const std::optional<Request> request = parse(std::vector<std::string>(argv + 1, argv + argc));
    if (!request) {
        std::fputs(usage, stderr);
        return 2;
    }
    return speak(*request) ? 0 : 1;
}
