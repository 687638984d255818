#pragma once

#include <cstdint>
#include <string_view>

#include "json.hpp"
#include "profile.hpp"

namespace gemlive::emulator {

// The tokens of a session. Each turn counts the whole context again, as the service does.
class Usage {
public:
    void hear_audio(int64_t samples) { heard_samples_ += samples; }
    void read_text(std::string_view text);
    // Instructions and declared tools: a session that is resumed or updated has the new ones in place of the old.
    void read_instructions(std::string_view text);
    void see_image() { ++images_; }
    void speak_audio(int64_t samples) { spoken_samples_ += samples; }
    void write_text(std::string_view text);
    void think(std::string_view text);

    // The metadata of the turn that ends; its answer is part of the context from now on.
    Json end_turn(const Profile &profile, Flavour flavour);

    // What a model that listens and speaks at once reports in between: the audio since the last report. The
    // details hold the whole context's text, and so do not sum up to the counts.
    Json interim(const Profile &profile);

private:
    int64_t heard_samples_ = 0;  // at input_rate
    int64_t instructions_ = 0;
    int64_t context_text_ = 0;
    int64_t context_audio_ = 0;  // tokens of former answers
    int64_t images_ = 0;
    int64_t spoken_samples_ = 0;  // of this turn, at output_rate
    int64_t reported_heard_ = 0;  // tokens
    int64_t reported_spoken_ = 0;
    int64_t spoken_before_ = 0;  // samples of former turns
    int64_t written_text_ = 0;
    int64_t thoughts_ = 0;
};

}  // namespace gemlive::emulator
