#include "wav.hpp"

#include <gtest/gtest.h>

#include "support/test_data.hpp"

using namespace gemlive::talk;
using namespace gemlive::testing;
namespace fs = std::filesystem;

namespace {

// Of many kinds, broken ones too.
std::vector<fs::path> sound_files()
{
    std::vector<fs::path> files;
    const fs::path folder = data_folder() / "media" / "audio";
    if (fs::is_directory(folder)) {
        for (const auto &entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() == ".wav") {
                files.push_back(entry.path());
            }
        }
    }
    return files;
}

// All values of the file when it is read in steps of `frames`.
std::vector<float> read_in_steps(const fs::path &path, size_t frames)
{
    WavReader reader(path, 0, -1);
    std::vector<float> values;
    while (true) {
        const Samples samples = reader.read(frames);
        const size_t before = values.size();
        std::visit([&values](const auto &list) { values.insert(values.end(), list.begin(), list.end()); },
                   samples);
        if (values.size() == before) {
            return values;
        }
        EXPECT_EQ((values.size() - before) % static_cast<size_t>(reader.channels()), 0u);
    }
}

}  // namespace

TEST(FoundSound, IsReadToItsEndOrRefusedByName)
{
    const auto files = sound_files();
    if (files.empty()) {
        ASSERT_TRUE(may_lack_data()) << "no sound files in " << data_folder();
        GTEST_SKIP() << "no sound files: set GEMLIVE_TEST_DATA";
    }
    size_t read = 0;
    for (const fs::path &path : files) {
        SCOPED_TRACE(path.filename().string());
        try {
            // However it is cut, it is the same sound.
            const auto values = read_in_steps(path, 4096);
            EXPECT_EQ(read_in_steps(path, 333), values);
            ++read;
        } catch (const std::runtime_error &error) {
            EXPECT_NE(std::string(error.what()).find(path.filename().string()), std::string::npos) << error.what();
        }
    }
    EXPECT_GT(read, 0u);
}
