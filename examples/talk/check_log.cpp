#include "check_log.hpp"

#include "scenario.hpp"
#include "script.hpp"
#include "talk.hpp"

#include <cstdio>

namespace gemlive::talk {

int check_log(const std::string &scenario, const std::string &log)
{
    const std::vector<Expectation> expect = read_scenario(scenario).expect;
    const std::vector<Json> lines = parse_lines(read_script(log));
    bool closed = false;
    for (size_t at = 0; at < lines.size(); ++at) {
        if (!lines[at].is_object()) {
            throw UsageError("'" + log + "': line " + std::to_string(at + 1) + " is no JSON object");
        }
        closed = closed || lines[at].value("event", "") == "closed";
    }
    const Judgement judgement = judge(expect, lines);
    for (const std::string &failure : judgement.failures) {
        std::fprintf(stderr, "gemlive-talk: %s\n", failure.c_str());
    }
    if (judgement.closed_unasked) {
        std::fprintf(stderr, "gemlive-talk: %s\n", one_line(*judgement.closed_unasked).c_str());
        return exit_closed;
    }
    if (!closed) {
        std::fprintf(stderr, "gemlive-talk: the session did not close\n");
    }
    return judgement.failures.empty() && closed ? exit_done : exit_failed;
}

}  // namespace gemlive::talk
