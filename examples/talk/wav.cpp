#include "wav.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace gemlive::talk {
namespace {

bool needs_more_than_16_bits(const SF_INFO &info)
{
    switch (info.format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8:
    case SF_FORMAT_PCM_16:
    case SF_FORMAT_ULAW:
    case SF_FORMAT_ALAW:
        return false;
    default:
        return true;
    }
}

}  // namespace

WavReader::WavReader(const std::filesystem::path &path, int64_t from_ms, int64_t to_ms)
    : file_(sf_open(path.c_str(), SFM_READ, &info_))
{
    if (!file_) {
        throw std::runtime_error("cannot read '" + path.string() + "' as a sound file: " + sf_strerror(nullptr));
    }
    wide_ = needs_more_than_16_bits(info_);
    // A written-by-a-pipe header may announce more than there is; reading stops at the real end.
    const int64_t total = info_.frames;
    const int64_t whole = total < std::numeric_limits<int64_t>::max() / 1000 ? total : 0;
    const int64_t length_ms = whole * 1000 / info_.samplerate;
    if (from_ms > length_ms) {
        throw std::runtime_error("from_ms " + std::to_string(from_ms) + " is past the end of '" + path.string() +
                                 "', which is " + std::to_string(length_ms) + " ms long");
    }
    const int64_t from = from_ms * info_.samplerate / 1000;
    const int64_t to = to_ms < 0 ? total : std::min<int64_t>(total, to_ms * info_.samplerate / 1000);
    left_ = std::max<int64_t>(0, to - from);
    if (from > 0 && sf_seek(file_.get(), from, SEEK_SET) < 0) {
        throw std::runtime_error("cannot seek in '" + path.string() + "': " + sf_strerror(file_.get()));
    }
}

Samples WavReader::read(size_t frames)
{
    const auto wanted = std::min<int64_t>(static_cast<int64_t>(frames), left_);
    const auto count = static_cast<size_t>(wanted) * static_cast<size_t>(info_.channels);
    Samples samples;
    int64_t got = 0;
    if (wide_) {
        std::vector<float> values(count);
        got = sf_readf_float(file_.get(), values.data(), wanted);
        values.resize(static_cast<size_t>(got) * static_cast<size_t>(info_.channels));
        samples = std::move(values);
    } else {
        std::vector<int16_t> values(count);
        got = sf_readf_short(file_.get(), values.data(), wanted);
        values.resize(static_cast<size_t>(got) * static_cast<size_t>(info_.channels));
        samples = std::move(values);
    }
    left_ = got < wanted ? 0 : left_ - got;
    return samples;
}

WavWriter::WavWriter(const std::filesystem::path &path, int rate, int channels)
    : name_(path.string()), channels_(channels)
{
    SF_INFO info = {};
    info.samplerate = rate;
    info.channels = channels;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    file_.reset(sf_open(path.c_str(), SFM_WRITE, &info));
    if (!file_) {
        throw std::runtime_error("cannot write '" + name_ + "': " + sf_strerror(nullptr));
    }
    sf_command(file_.get(), SFC_SET_UPDATE_HEADER_AUTO, nullptr, SF_TRUE);
}

bool WavWriter::write(std::span<const int16_t> samples)
{
    const auto frames = static_cast<sf_count_t>(samples.size()) / channels_;
    good_ = good_ && sf_writef_short(file_.get(), samples.data(), frames) == frames;
    return good_;
}

}  // namespace gemlive::talk
