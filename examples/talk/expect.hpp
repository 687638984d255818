#pragma once

#include "result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gemlive::talk {

// One item of a scenario's `expect`.
struct InOrder {
    Json pattern;
};
struct AnyOrder {
    std::vector<Json> patterns;
};
struct Never {
    Json pattern;
};
struct Count {
    int64_t count;
    Json pattern;
};
struct Audio {
    std::optional<int64_t> min_ms;
    std::optional<int64_t> max_ms;
    std::optional<std::string> turn;
};
using Expectation = std::variant<InOrder, AnyOrder, Never, Count, Audio>;

// Throws std::invalid_argument whose text begins with the JSON path of what is wrong.
std::vector<Expectation> parse_expectations(const Json &list);

// What the lines (events and results, in the order they were shown) fail to meet; a paragraph each.
std::vector<std::string> unmet(const std::vector<Expectation> &expectations, const std::vector<Json> &lines);

// Whether a failed result or an unasked `closed` is what some expectation asks for.
bool failure_asked_for(const std::vector<Expectation> &expectations, const Json &line);

// A log held against what is expected of it.
struct Judgement {
    // A paragraph each: what is not as expected, and the commands that failed without being asked to.
    std::vector<std::string> failures;
    // The `closed` event, where it came for another reason than that it was requested or is expected.
    std::optional<Json> closed_unasked;
};
Judgement judge(const std::vector<Expectation> &expectations, const std::vector<Json> &lines);

}  // namespace gemlive::talk
