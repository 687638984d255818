#include "expect.hpp"

#include "waiter.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace gemlive::talk {
namespace {

constexpr const char *forms =
    R"(has to be one of {"event": ...}, {"result": ...}, {"any_order": [...]}, {"never": {...}}, )"
    R"({"count": n, "of": {...}}, {"audio": {"min_ms", "max_ms", "turn"}})";

[[noreturn]] void refuse(const std::string &where, const std::string &what)
{
    throw std::invalid_argument(where + " " + what);
}

const Json &need_pattern(const Json &value, const std::string &where)
{
    if (!value.is_object() || (!value.contains("event") && !value.contains("result"))) {
        refuse(where, "has to be an object with a field 'event' or 'result'");
    }
    return value;
}

void need_only(const Json &item, std::initializer_list<const char *> names, const std::string &where)
{
    for (const auto &[name, value] : item.items()) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            refuse(where + "." + name, "is not allowed here");
        }
    }
}

std::optional<int64_t> optional_whole(const Json &item, const char *name, const std::string &where)
{
    const auto found = item.find(name);
    if (found == item.end()) {
        return std::nullopt;
    }
    if (!found->is_number_integer() || found->get<int64_t>() < 0) {
        refuse(where + "." + name, "has to be a whole number, 0 or more");
    }
    return found->get<int64_t>();
}

Audio parse_audio(const Json &item, const std::string &where)
{
    if (!item.is_object()) {
        refuse(where, "has to be an object with min_ms, max_ms, turn");
    }
    need_only(item, {"min_ms", "max_ms", "turn"}, where);
    Audio audio = {optional_whole(item, "min_ms", where), optional_whole(item, "max_ms", where), std::nullopt};
    if (!audio.min_ms && !audio.max_ms) {
        refuse(where, "needs min_ms or max_ms");
    }
    if (item.contains("turn")) {
        if (!item["turn"].is_string()) {
            refuse(where + ".turn", "has to be a turn's id, such as \"turn-1\"");
        }
        audio.turn = item["turn"].get<std::string>();
    }
    return audio;
}

Expectation parse_expectation(const Json &item, const std::string &where)
{
    if (!item.is_object()) {
        refuse(where, forms);
    }
    if (item.contains("event") || item.contains("result")) {
        return InOrder{item};
    }
    if (item.contains("never")) {
        need_only(item, {"never"}, where);
        return Never{need_pattern(item["never"], where + ".never")};
    }
    if (item.contains("count")) {
        need_only(item, {"count", "of"}, where);
        const auto count = optional_whole(item, "count", where);
        return Count{*count, need_pattern(item.value("of", Json()), where + ".of")};
    }
    if (item.contains("audio")) {
        need_only(item, {"audio"}, where);
        return parse_audio(item["audio"], where + ".audio");
    }
    if (item.contains("any_order")) {
        need_only(item, {"any_order"}, where);
        if (!item["any_order"].is_array()) {
            refuse(where + ".any_order", "has to be a list");
        }
        AnyOrder any;
        for (const Json &pattern : item["any_order"]) {
            any.patterns.push_back(
                need_pattern(pattern, where + ".any_order[" + std::to_string(any.patterns.size()) + "]"));
        }
        return any;
    }
    refuse(where, forms);
}

bool same_kind(const Json &pattern, const Json &line)
{
    for (const char *name : {"event", "result"}) {
        if (pattern.contains(name) && line.is_object() && line.contains(name) && pattern[name] == line[name]) {
            return true;
        }
    }
    return false;
}

// Lines of the same event or command, as what came instead.
std::string near_misses(const Json &pattern, const std::vector<Json> &lines, size_t from)
{
    constexpr size_t most = 5;
    std::string text;
    size_t found = 0;
    for (size_t at = 0; at < lines.size(); ++at) {
        if (same_kind(pattern, lines[at]) && ++found <= most) {
            const bool came_too_early = at < from && matches(pattern, lines[at]);
            text += "\n    " + std::string(came_too_early ? "too early: " : "came: ") + one_line(lines[at]);
        }
    }
    if (found == 0) {
        text = "\n    no line of that kind came at all";
    } else if (found > most) {
        text += "\n    and " + std::to_string(found - most) + " more";
    }
    return text;
}

// How much of a turn (or of all) there was to hear: audio events, or, with playout on, what was heard of it.
int64_t audio_ms(const std::vector<Json> &lines, const std::optional<std::string> &turn)
{
    double samples_ms = 0;
    std::map<std::string, int64_t> heard_ms;
    for (const Json &line : lines) {
        const std::string of = line.is_object() ? line.value("turn", "") : "";
        if (of.empty() || (turn && of != *turn)) {
            continue;
        }
        if (line.value("event", "") == "audio") {
            samples_ms += 1000.0 * line.value("frames", 0.0) / std::max(1.0, line.value("sample_rate", 24'000.0));
        } else {
            heard_ms[of] = std::max(heard_ms[of], line.value("heard_ms", int64_t{0}));
        }
    }
    int64_t heard = 0;
    for (const auto &[name, ms] : heard_ms) {
        heard += ms;
    }
    return samples_ms > 0 ? static_cast<int64_t>(samples_ms) : heard;
}

// A pattern that says nothing of how it went does not ask for a failure.
bool asks_for(const Json &pattern, const Json &line)
{
    const bool says_how = pattern.contains("status") || pattern.contains("reason") || pattern.contains("code");
    return says_how && matches(pattern, line);
}

class Checker {
public:
    explicit Checker(const std::vector<Json> &lines) : lines_(lines) {}

    std::string operator()(const InOrder &item)
    {
        for (size_t at = next_; at < lines_.size(); ++at) {
            if (matches(item.pattern, lines_[at])) {
                next_ = at + 1;
                return "";
            }
        }
        return "expected " + one_line(item.pattern) + " after line " + std::to_string(next_) + " of " +
               std::to_string(lines_.size()) + near_misses(item.pattern, lines_, next_);
    }

    std::string operator()(const AnyOrder &item)
    {
        std::set<size_t> taken;
        for (const Json &pattern : item.patterns) {
            size_t at = next_;
            while (at < lines_.size() && (taken.contains(at) || !matches(pattern, lines_[at]))) {
                ++at;
            }
            if (at == lines_.size()) {
                return "expected, in any order after line " + std::to_string(next_) + ", " + one_line(pattern) +
                       near_misses(pattern, lines_, next_);
            }
            taken.insert(at);
        }
        next_ = taken.empty() ? next_ : *taken.rbegin() + 1;
        return "";
    }

    std::string operator()(const Never &item) const
    {
        for (size_t at = 0; at < lines_.size(); ++at) {
            if (matches(item.pattern, lines_[at])) {
                return "never expected " + one_line(item.pattern) + "\n    but line " + std::to_string(at + 1) +
                       " came: " + one_line(lines_[at]);
            }
        }
        return "";
    }

    std::string operator()(const Count &item) const
    {
        const auto count = std::count_if(lines_.begin(), lines_.end(),
                                         [&item](const Json &line) { return matches(item.pattern, line); });
        if (count == item.count) {
            return "";
        }
        return "expected " + std::to_string(item.count) + " times " + one_line(item.pattern) + ", it came " +
               std::to_string(count) + " times" + near_misses(item.pattern, lines_, 0);
    }

    std::string operator()(const Audio &item) const
    {
        const int64_t ms = audio_ms(lines_, item.turn);
        if ((!item.min_ms || ms >= *item.min_ms) && (!item.max_ms || ms <= *item.max_ms)) {
            return "";
        }
        return "expected " + (item.min_ms ? "at least " + std::to_string(*item.min_ms) + " ms " : std::string()) +
               (item.max_ms ? "at most " + std::to_string(*item.max_ms) + " ms " : std::string()) + "of audio" +
               (item.turn ? " in " + *item.turn : "") + ", there were " + std::to_string(ms) + " ms";
    }

private:
    const std::vector<Json> &lines_;
    size_t next_ = 0;
};

}  // namespace

std::vector<Expectation> parse_expectations(const Json &list)
{
    if (!list.is_array()) {
        refuse("$.expect", "has to be a list");
    }
    std::vector<Expectation> expectations;
    for (const Json &item : list) {
        expectations.push_back(parse_expectation(item, "$.expect[" + std::to_string(expectations.size()) + "]"));
    }
    return expectations;
}

std::vector<std::string> unmet(const std::vector<Expectation> &expectations, const std::vector<Json> &lines)
{
    Checker checker(lines);
    std::vector<std::string> failures;
    for (const Expectation &expectation : expectations) {
        std::string failure = std::visit(checker, expectation);
        if (!failure.empty()) {
            failures.push_back(std::move(failure));
        }
    }
    return failures;
}

bool failure_asked_for(const std::vector<Expectation> &expectations, const Json &line)
{
    return std::any_of(expectations.begin(), expectations.end(), [&line](const Expectation &expectation) {
        if (const auto *in_order = std::get_if<InOrder>(&expectation)) {
            return asks_for(in_order->pattern, line);
        }
        if (const auto *any = std::get_if<AnyOrder>(&expectation)) {
            return std::any_of(any->patterns.begin(), any->patterns.end(),
                               [&line](const Json &pattern) { return asks_for(pattern, line); });
        }
        const auto *count = std::get_if<Count>(&expectation);
        return count != nullptr && count->count > 0 && asks_for(count->pattern, line);
    });
}

Judgement judge(const std::vector<Expectation> &expectations, const std::vector<Json> &lines)
{
    Judgement judgement = {unmet(expectations, lines), std::nullopt};
    for (const Json &line : lines) {
        if (!line.is_object() || failure_asked_for(expectations, line)) {
            continue;
        }
        if (line.contains("result") && line.value("status", "") != "GEMLIVE_OK") {
            judgement.failures.push_back("a command failed unexpectedly: " + one_line(line));
        }
        if (line.value("event", "") == "closed" && line.value("reason", "") != "requested") {
            judgement.closed_unasked = line;
        }
    }
    return judgement;
}

}  // namespace gemlive::talk
