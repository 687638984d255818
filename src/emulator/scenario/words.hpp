#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gemlive::emulator {

enum class Kind { text, boolean, number, count, json, object, texts, calls };

struct Member {
    std::string_view name;
    Kind kind;
    bool required = false;
    std::vector<std::string_view> one_of = {};  // texts only; empty = any
};

// One trigger, action or setting: what stands behind its name in a scenario file.
struct Word {
    std::vector<Member> members;
    std::string_view main = {};  // the member that a bare value stands for
    bool bare = false;           // may be written as a text alone, without a value
};

using Words = std::map<std::string_view, Word>;

const Words &trigger_words();
const Words &action_words();
const std::vector<Member> &setting_members();

// The words of a list, for an error message.
std::string names_of(const Words &words);

}  // namespace gemlive::emulator
