#pragma once

#include <sndfile.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace gemlive::talk {

struct SndfileDeleter {
    void operator()(SNDFILE *file) const { sf_close(file); }
};
using SndfileHandle = std::unique_ptr<SNDFILE, SndfileDeleter>;

// Interleaved samples, as precise as their source.
using Samples = std::variant<std::vector<int16_t>, std::vector<float>>;

// A sound file, read from `from_ms` to `to_ms` (negative: its end). Throws std::runtime_error with a sentence that
// names the file.
class WavReader {
public:
    WavReader(const std::filesystem::path &path, int64_t from_ms, int64_t to_ms);

    int rate() const { return info_.samplerate; }
    int channels() const { return info_.channels; }

    // Up to `frames`; none at the end.
    Samples read(size_t frames);

private:
    SF_INFO info_ = {};
    SndfileHandle file_;
    bool wide_ = false;
    int64_t left_ = 0;
};

// Its header is right after every write, so that the file is whole however the program ends.
class WavWriter {
public:
    WavWriter(const std::filesystem::path &path, int rate, int channels);

    // False once the disk is full or broken.
    bool write(std::span<const int16_t> samples);
    bool good() const { return good_; }
    const std::string &name() const { return name_; }

private:
    std::string name_;
    int channels_;
    SndfileHandle file_;
    bool good_ = true;
};

}  // namespace gemlive::talk
