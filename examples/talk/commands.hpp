#pragma once

#include "conversation.hpp"
#include "playout.hpp"
#include "push.hpp"
#include "result.hpp"
#include "stop.hpp"

#include <filesystem>
#include <functional>

namespace gemlive::talk {

// What commands act on.
struct Context {
    Conversation &conversation;
    AudioIn &audio_in;
    Stop &stop;
    View &view;
    gemlive_model *model;
    // Where relative file names begin; empty: the working directory.
    std::filesystem::path folder;
    int play_rate = 24'000;
    // --out or --record pull the playout already.
    bool playing = false;
    // The output format in force; 0 before the first.
    int output_rate = 0;
    int output_channels = 0;
    // The longest that a close was allowed.
    int64_t close_timeout_ms = 5'000;
    // Told when a push in the background ends otherwise than it should.
    std::function<void(const Result &)> background_failed;

    gemlive_session *session() const { return conversation.session(); }
};

// Switches playout on, or over to another format.
Result set_output_format(Context &context, int rate, int channels);

// Runs one command of docs/talk.md. Does not throw.
Result run_command(Context &context, const Json &command);

// The command's name, or "" where it has none.
std::string command_name(const Json &command);

}  // namespace gemlive::talk
