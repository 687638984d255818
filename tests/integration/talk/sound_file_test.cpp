#include "process.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sndfile.h>

namespace {

struct Sound {
    int rate = 0;
    int channels = 0;
    std::vector<int16_t> samples;

    double seconds() const { return static_cast<double>(samples.size()) / channels / rate; }

    double dbfs(int channel) const
    {
        double energy = 0;
        size_t count = 0;
        for (size_t at = static_cast<size_t>(channel); at < samples.size(); at += static_cast<size_t>(channels)) {
            energy += static_cast<double>(samples[at]) * samples[at];
            ++count;
        }
        return 20 * std::log10(std::sqrt(energy / static_cast<double>(count)) / 32768);
    }
};

Sound read_sound(const std::string &path)
{
    SF_INFO info = {};
    SNDFILE *const file = sf_open(path.c_str(), SFM_READ, &info);
    if (file == nullptr) {
        ADD_FAILURE() << path << " is no sound file";
        return {};
    }
    Sound sound = {info.samplerate, info.channels,
                   std::vector<int16_t>(static_cast<size_t>(info.frames * info.channels))};
    sf_readf_short(file, sound.samples.data(), info.frames);
    sf_close(file);
    return sound;
}

std::string push_line(const std::string &file)
{
    return R"({"do":"push_audio","pace":"none","file":")" + file + "\"}\n";
}

}  // namespace

TEST(SoundFile, EveryRateAndWidthArrivesWithItsLength)
{
    struct Form {
        int rate;
        int channels;
        int format;
    };
    const Form forms[] = {{8000, 1, SF_FORMAT_PCM_U8},
                          {16000, 2, SF_FORMAT_PCM_16},
                          {22050, 1, SF_FORMAT_PCM_24},
                          {44100, 2, SF_FORMAT_PCM_32},
                          {48000, 2, SF_FORMAT_FLOAT}};
    for (const Form &form : forms) {
        const Emulator emulator;
        const std::string tone =
            tone_file(emulator.folder() / "tone.wav", form.rate, form.channels, form.format, 1'000);
        Process talk(emulator.talk({"--json", "--script", write_file(emulator.folder() / "s", push_line(tone))}),
                     Process::Input::nothing);
        EXPECT_EQ(talk.wait(), 0) << talk.errors();
        EXPECT_EQ(results(talk.lines(), "push_audio").at(0)["frames"], form.rate);
        const Sound heard = {16000, 1, emulator.heard()};
        EXPECT_NEAR(heard.seconds(), 1.0, 0.005) << form.rate;
        EXPECT_NEAR(heard.dbfs(0), 20 * std::log10(0.25 / std::sqrt(2.0)), 0.3) << form.rate;
    }
}

TEST(SoundFile, ThePlayoutIsWrittenFromStartToEnd)
{
    const Emulator emulator;
    const std::string out = (emulator.folder() / "out.wav").string();
    const std::string script = R"({"do":"send_text","text":"Hello"})"
                               "\n"
                               R"({"do":"wait","event":{"event":"playout_finished"},"timeout_ms":30000})"
                               "\n"
                               R"({"do":"read_audio","ms":10})"
                               "\n";
    Process talk(emulator.talk({"--json", "--script", write_file(emulator.folder() / "s", script), "--out", out,
                                "--play-rate", "48000"}),
                 Process::Input::nothing);
    EXPECT_EQ(talk.wait(), 1) << talk.errors();
    const auto lines = talk.lines();
    EXPECT_EQ(results(lines, "read_audio").at(0)["status"], "GEMLIVE_ERROR_INVALID_STATE");
    EXPECT_TRUE(events(lines, "audio").empty());
    const Sound heard = read_sound(out);
    EXPECT_EQ(heard.rate, 48000);
    EXPECT_EQ(heard.channels, 1);
    // All of the turn, and the silence before it.
    const double heard_s = events(lines, "playout_finished").at(0)["heard_ms"].get<double>() / 1000;
    EXPECT_GE(heard.seconds(), heard_s);
    EXPECT_GT(heard.dbfs(0), -45);
}

TEST(SoundFile, ReadAudioPullsAsADeviceWould)
{
    const Emulator emulator;
    const std::string script = R"({"do":"send_text","text":"Hello"})"
                               "\n"
                               R"({"do":"wait","event":{"event":"turn_started"}})"
                               "\n"
                               R"({"do":"read_audio","ms":1500,"sample_rate":44100,"channels":2})"
                               "\n";
    Process talk(emulator.talk({"--json", "--script", write_file(emulator.folder() / "s", script)}),
                 Process::Input::nothing);
    EXPECT_EQ(talk.wait(), 0) << talk.errors();
    const Json result = results(talk.lines(), "read_audio").at(0);
    EXPECT_EQ(result["frames"], 66150);
    EXPECT_GT(result["heard"].get<int>(), 0);
    EXPECT_LE(result["heard"].get<int>(), 66150);
    EXPECT_TRUE(events(talk.lines(), "audio").empty()) << "playout was on from the start";
}

TEST(SoundFile, ARecordHoldsBothSides)
{
    const Emulator emulator;
    const std::string record = (emulator.folder() / "both.wav").string();
    Process talk(emulator.talk({"--json", "--in", speech_file(), "--record", record}), Process::Input::nothing);
    EXPECT_EQ(talk.wait(), 0) << talk.errors();
    const Sound both = read_sound(record);
    EXPECT_EQ(both.channels, 2);
    EXPECT_EQ(both.rate, 24000);
    EXPECT_GT(both.seconds(), 3);
    EXPECT_GT(both.dbfs(0), -45) << "left is the user";
    EXPECT_GT(both.dbfs(1), -45) << "right is the model";
}
