#include "push.hpp"
#include "recorder.hpp"
#include "wav.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

using namespace gemlive::talk;

namespace {

std::string temporary(const char *name)
{
    return testing::TempDir() + "/talk-" + name;
}

// A written sound file in the given format, half a second of a quiet ramp.
std::string make_file(const char *name, int rate, int channels, int format)
{
    SF_INFO info = {};
    info.samplerate = rate;
    info.channels = channels;
    info.format = SF_FORMAT_WAV | format;
    const std::string path = temporary(name);
    SndfileHandle file(sf_open(path.c_str(), SFM_WRITE, &info));
    std::vector<float> samples(static_cast<size_t>(rate / 2 * channels));
    for (size_t at = 0; at < samples.size(); ++at) {
        samples[at] = static_cast<float>(at % 64) / 128.0F;
    }
    sf_writef_float(file.get(), samples.data(), rate / 2);
    return path;
}

size_t read_all(WavReader &reader)
{
    size_t values = 0;
    while (true) {
        const Samples samples = reader.read(100);
        const size_t got = std::visit([](const auto &list) { return list.size(); }, samples);
        if (got == 0) {
            return values / static_cast<size_t>(reader.channels());
        }
        values += got;
    }
}

}  // namespace

TEST(WavReader, ReadsEveryWidthAtItsOwnRateAndLayout)
{
    for (const int format :
         {SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT}) {
        WavReader reader(make_file("width.wav", 44100, 2, format), 0, -1);
        EXPECT_EQ(reader.rate(), 44100);
        EXPECT_EQ(reader.channels(), 2);
        EXPECT_EQ(read_all(reader), 22050u) << format;
    }
}

TEST(WavReader, SixteenBitsStayAsTheyAre)
{
    WavReader narrow(make_file("narrow.wav", 16000, 1, SF_FORMAT_PCM_16), 0, -1);
    EXPECT_TRUE(std::holds_alternative<std::vector<int16_t>>(narrow.read(10)));
    WavReader wide(make_file("wide.wav", 16000, 1, SF_FORMAT_PCM_24), 0, -1);
    const Samples samples = wide.read(3);
    EXPECT_NEAR(std::get<std::vector<float>>(samples)[2], 2.0F / 128.0F, 1e-6);
}

TEST(WavReader, TakesAPart)
{
    const std::string path = make_file("part.wav", 16000, 1, SF_FORMAT_PCM_16);
    WavReader part(path, 100, 300);
    EXPECT_EQ(read_all(part), 3200u);
    WavReader past(path, 400, 9'000);
    EXPECT_EQ(read_all(past), 1600u);
    EXPECT_THROW(WavReader(path, 501, -1), std::runtime_error);
    EXPECT_THROW(WavReader(temporary("nowhere.wav"), 0, -1), std::runtime_error);
}

TEST(WavWriter, ItsFileIsWholeWhileItIsStillOpen)
{
    const std::string path = temporary("open.wav");
    WavWriter writer(path, 24000, 1);
    const std::vector<int16_t> block(240, 7);
    for (int number = 0; number < 3; ++number) {
        EXPECT_TRUE(writer.write(block));
    }
    WavReader reader(path, 0, -1);
    EXPECT_EQ(read_all(reader), 720u);
}

TEST(Schedule, DoesNotDrift)
{
    const Time start = std::chrono::steady_clock::now();
    const Schedule schedule(start, 44100);
    EXPECT_EQ(schedule.at(0), start);
    EXPECT_EQ(schedule.at(44100LL * 3600 * 24), start + std::chrono::hours(24));
    EXPECT_EQ(schedule.at(441), start + std::chrono::milliseconds(10));
}

TEST(Recorder, PutsBothSidesWhereTheyBelong)
{
    const std::string path = temporary("both.wav");
    constexpr int rate = 24000;
    {
        Recorder recorder(path, rate, std::chrono::steady_clock::now());
        const std::vector<int16_t> right(rate, 1000);
        recorder.right(right);
        recorder.begin_left(16000, 2);
        std::vector<int16_t> tone(2 * 16000);
        for (size_t frame = 0; frame < 16000; ++frame) {
            const double phase = 2 * std::numbers::pi * 440 * static_cast<double>(frame) / 16000;
            tone[2 * frame] = tone[2 * frame + 1] = static_cast<int16_t>(8000 * std::sin(phase));
        }
        recorder.left(tone);
        recorder.finish();
        EXPECT_TRUE(recorder.good());
        EXPECT_EQ(recorder.dropped(), 0u);
    }
    WavReader reader(path, 0, -1);
    ASSERT_EQ(reader.channels(), 2);
    const auto samples = std::get<std::vector<int16_t>>(reader.read(10 * rate));
    const size_t frames = samples.size() / 2;
    // The left side began no earlier than what had been written of the right one, and lasts its second.
    EXPECT_GE(frames, static_cast<size_t>(rate + rate / 2));
    double left_energy = 0;
    for (size_t frame = 0; frame < frames; ++frame) {
        left_energy += static_cast<double>(samples[2 * frame]) * samples[2 * frame];
        EXPECT_EQ(samples[2 * frame + 1], frame < static_cast<size_t>(rate) ? 1000 : 0) << frame;
    }
    EXPECT_NEAR(std::sqrt(left_energy / rate), 8000 / std::numbers::sqrt2, 200);
}
