#include "media/input_stream.hpp"
#include "media/playout.hpp"

#include "signals.hpp"
#include "support/test_data.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace gemlive::media {
namespace {

namespace fs = std::filesystem;
using namespace gemlive::testing;

struct Recording {
    AudioFormat format;
    std::vector<int16_t> samples;

    size_t frames() const { return samples.size() / static_cast<size_t>(format.channels); }
};

template <typename Number>
Number number_at(const std::string &bytes, size_t at)
{
    Number number{};
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

// Plain 16-bit WAV only; the folder holds other and broken files as well.
std::optional<Recording> load(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.size() < 12 || bytes.compare(0, 4, "RIFF") != 0 || bytes.compare(8, 4, "WAVE") != 0) {
        return std::nullopt;
    }
    Recording recording;
    bool known = false;
    for (size_t at = 12; at + 8 <= bytes.size();) {
        const size_t size = number_at<uint32_t>(bytes, at + 4);
        const size_t body = at + 8;
        if (size > bytes.size() - body) {
            return std::nullopt;
        }
        if (bytes.compare(at, 4, "fmt ") == 0 && size >= 16) {
            recording.format = {number_at<int32_t>(bytes, body + 4), number_at<uint16_t>(bytes, body + 2)};
            known = number_at<uint16_t>(bytes, body) == 1 && number_at<uint16_t>(bytes, body + 14) == 16 &&
                    recording.format.valid();
        } else if (bytes.compare(at, 4, "data") == 0 && known) {
            recording.samples.resize(size / 2);
            for (size_t i = 0; i < recording.samples.size(); ++i) {
                recording.samples[i] = number_at<int16_t>(bytes, body + 2 * i);
            }
            recording.samples.resize(recording.frames() * static_cast<size_t>(recording.format.channels));
            return recording;
        }
        at = body + size + size % 2;
    }
    return std::nullopt;
}

std::vector<fs::path> recordings()
{
    const fs::path folder = data_folder() / "media" / "audio";
    std::vector<fs::path> files;
    if (fs::is_directory(folder)) {
        for (const auto &entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() == ".wav") {
                files.push_back(entry.path());
            }
        }
    }
    return files;
}

double loudness_db(std::span<const int16_t> samples)
{
    double power = 1;
    for (const int16_t sample : samples) {
        power += static_cast<double>(sample) * sample;
    }
    return 10.0 * std::log10(power / static_cast<double>(std::max<size_t>(samples.size(), 1)));
}

TEST(RecordedSpeech, ReachesTheWireWhole)
{
    const auto files = recordings();
    if (files.empty()) {
        ASSERT_TRUE(may_lack_data()) << "no recordings in " << data_folder();
        GTEST_SKIP() << "no recordings: set GEMLIVE_TEST_DATA";
    }
    std::mt19937 random(41);
    size_t tested = 0;
    for (const auto &path : files) {
        const auto recording = load(path);
        if (!recording) {
            continue;
        }
        SCOPED_TRACE(path.filename().string());
        ++tested;
        const AudioFormat format = recording->format;
        InputStream input({.format = format});
        std::vector<int16_t> got;
        for (size_t at = 0; at < recording->frames();) {
            const size_t frames = std::min(recording->frames() - at, up_to(random, 4000));
            at += input.push({recording->samples.data() + at * static_cast<size_t>(format.channels), frames});
            const auto more = input.take();
            got.insert(got.end(), more.begin(), more.end());
        }
        const auto rest = input.flush();
        got.insert(got.end(), rest.begin(), rest.end());
        EXPECT_EQ(got.size(), resampled_count(recording->frames(), format.sample_rate, 16000));
        if (format == AudioFormat{16000, 1}) {
            EXPECT_EQ(got, recording->samples);
        } else if (format.channels == 1 && format.sample_rate <= 16000) {
            EXPECT_NEAR(loudness_db(got), loudness_db(recording->samples), 0.5);
        }
    }
    EXPECT_GT(tested, 0U);
}

TEST(RecordedSpeech, ReachesTheLoudspeakerWhole)
{
    const auto files = recordings();
    if (files.empty()) {
        ASSERT_TRUE(may_lack_data()) << "no recordings in " << data_folder();
        GTEST_SKIP() << "no recordings: set GEMLIVE_TEST_DATA";
    }
    std::mt19937 random(42);
    size_t tested = 0;
    for (const auto &path : files) {
        const auto recording = load(path);
        if (!recording || recording->format.channels != 1 || recording->samples.empty()) {
            continue;
        }
        SCOPED_TRACE(path.filename().string());
        ++tested;
        const int rate = recording->format.sample_rate;
        Playout playout({});
        playout.set_output_format({rate, 2});
        playout.append(1, recording->samples, rate);
        playout.end_of_turn(1);
        std::vector<int16_t> got;
        while (got.size() < recording->samples.size()) {
            std::vector<int16_t> block(2 * up_to(random, 1000));
            const size_t heard = playout.read({block.data(), block.size() / 2});
            ASSERT_GT(heard, 0U);
            for (size_t i = 0; i < heard; ++i) {
                ASSERT_EQ(block[2 * i], block[2 * i + 1]);
                got.push_back(block[2 * i]);
            }
        }
        EXPECT_EQ(got, recording->samples);
    }
    EXPECT_GT(tested, 0U);
}

}  // namespace
}  // namespace gemlive::media
