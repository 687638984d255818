#include "scenario.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "profile.hpp"
#include "voice.hpp"
#include "words.hpp"

namespace gemlive::emulator {
namespace {

[[noreturn]] void fail(const std::string &path, const std::string &what)
{
    throw ScenarioError((path.empty() ? "$" : path) + ": " + what);
}

std::string type_of(const Json &value)
{
    return value.is_number() ? "number" : value.type_name();
}

void check_kind(const Member &member, const Json &value, const std::string &path)
{
    const auto want = [&](bool good, const char *what) {
        if (!good)
            fail(path, std::string("has to be ") + what + ", is " + type_of(value));
    };
    switch (member.kind) {
    case Kind::text:
        want(value.is_string(), "a text");
        break;
    case Kind::boolean:
        want(value.is_boolean(), "true or false");
        break;
    case Kind::number:
        want(value.is_number() && value.get<double>() > 0, "a number above 0");
        break;
    case Kind::count:
        want(value.is_number_integer() && value.get<int64_t>() >= 0, "a whole number from 0");
        break;
    case Kind::json:
        break;
    case Kind::object:
        want(value.is_object(), "an object");
        break;
    case Kind::texts:
        want(value.is_array(), "a list of texts");
        for (const Json &item : value)
            want(item.is_string(), "a list of texts");
        break;
    case Kind::calls:
        want(value.is_object() || (value.is_array() && !value.empty()), "a call or a list of calls");
        break;
    }
    if (!member.one_of.empty()) {
        const std::string text = value.get<std::string>();
        std::string allowed;
        for (const std::string_view option : member.one_of) {
            if (option == text)
                return;
            allowed += allowed.empty() ? "" : ", ";
            allowed += option;
        }
        fail(path, "\"" + text + "\" is not one of: " + allowed);
    }
}

// Members by name, with nothing unknown among them and nothing required missing.
void check_members(const std::vector<Member> &members, const Json &value, const std::string &path)
{
    for (const auto &[name, item] : value.items()) {
        const auto found = std::find_if(members.begin(), members.end(),
                                        [&name = name](const Member &m) { return m.name == name; });
        if (found == members.end()) {
            std::string allowed;
            for (const Member &m : members) {
                allowed += allowed.empty() ? "" : ", ";
                allowed += m.name;
            }
            fail(path + "." + name, "is unknown; allowed here: " + (allowed.empty() ? "nothing" : allowed));
        }
        check_kind(*found, item, path + "." + name);
    }
    for (const Member &m : members) {
        if (m.required && !value.contains(m.name))
            fail(path, "lacks \"" + std::string(m.name) + "\"");
    }
}

// "word", {"word": value} or {"word": {members}} becomes the word and its members.
std::pair<std::string, Json> read_word(const Words &words, const char *what, const Json &value,
                                       const std::string &path)
{
    std::string name;
    Json argument = Json::object();
    if (value.is_string()) {
        name = value.get<std::string>();
    } else if (value.is_object() && value.size() == 1) {
        name = value.begin().key();
        argument = value.begin().value();
    } else {
        fail(path, std::string("has to be a ") + what + ": a text, or an object with one member");
    }
    const auto found = words.find(name);
    if (found == words.end())
        fail(path, "\"" + name + "\" is no " + what + "; there are: " + names_of(words));
    const Word &word = found->second;
    if (value.is_string() && !word.bare)
        fail(path, "\"" + name + "\" needs a value: {\"" + name + "\": ...}");
    const std::string inner = path + "." + name;
    const auto main = std::find_if(word.members.begin(), word.members.end(),
                                   [&word](const Member &m) { return m.name == word.main; });
    bool short_form = !argument.is_object();
    if (main != word.members.end() && argument.is_object() && !value.is_string()) {
        // An object can itself be the short form, as that of a call, a message or a subset.
        const bool takes_object =
            main->kind == Kind::calls || main->kind == Kind::json || main->kind == Kind::object;
        const bool all_known =
            std::all_of(argument.items().begin(), argument.items().end(), [&word](const auto &item) {
                return std::any_of(word.members.begin(), word.members.end(),
                                   [&item](const Member &m) { return m.name == item.key(); });
            });
        short_form = takes_object && (!all_known || argument.empty());
    }
    if (short_form) {
        if (main == word.members.end())
            fail(inner, "takes no bare value");
        Json members = Json::object();
        members[std::string(word.main)] = argument;
        check_kind(*main, argument, inner);
        argument = std::move(members);
    }
    check_members(word.members, argument, inner);
    return {name, argument};
}

void check_call(const Json &call, const std::string &path)
{
    if (!call.is_object())
        fail(path, "has to be a call: an object with name, args, id");
    static const std::vector<Member> members = {
        {"name", Kind::text, true}, {"args", Kind::object}, {"id", Kind::text}, {"no_id", Kind::boolean}};
    check_members(members, call, path);
}

Action read_action(const Json &value, const std::string &path)
{
    Action action;
    std::tie(action.kind, action.with) = read_word(action_words(), "action", value, path);
    if (action.kind == "call") {
        Json &calls = action.with["calls"];
        if (calls.is_object())
            calls = Json::array({calls});
        for (size_t i = 0; i < calls.size(); ++i)
            check_call(calls[i], path + ".call[" + std::to_string(i) + "]");
    }
    if (action.kind == "raw" && action.with.contains("message") == action.with.contains("text"))
        fail(path + ".raw", "has to have one of message (JSON) and text (as it is)");
    if (action.kind == "say" && action.with.contains("voice") && !is_known_voice(action.with["voice"]))
        fail(path + ".say.voice", "is unknown; there are slt, rms and the service's names");
    if (action.kind == "refuse") {
        const auto status = action.with["http_status"].get<int64_t>();
        if (status < 200 || status > 599)
            fail(path + ".refuse.http_status", "has to be between 200 and 599");
    }
    if (action.kind == "close") {
        const auto code = action.with["code"].get<int64_t>();
        if (code < 1000 || code > 4999)
            fail(path + ".close.code", "has to be between 1000 and 4999");
        if (action.with.value("reason", "").size() > 123)
            fail(path + ".close.reason", "has more than the 123 bytes that a close frame can hold");
    }
    return action;
}

Trigger read_trigger(const Json &value, const std::string &path)
{
    const auto [kind, with] = read_word(trigger_words(), "trigger", value, path);
    Trigger trigger;
    trigger.kind = kind;
    trigger.match = with.value("contains", "");
    trigger.number = with.value("n", int64_t{-1});
    if (with.contains("has"))
        trigger.subset = with["has"];
    return trigger;
}

Rule read_rule(const Json &value, const std::string &path)
{
    if (!value.is_object())
        fail(path, "has to be a rule: an object with on, do");
    static const std::vector<Member> members = {{"name", Kind::text},     {"on", Kind::json, true},
                                                {"do", Kind::json, true}, {"connection", Kind::count},
                                                {"times", Kind::count},   {"about", Kind::text}};
    check_members(members, value, path);
    Rule rule;
    rule.name = value.value("name", "");
    rule.connection = value.value("connection", 0);
    rule.times = value.value("times", 1);
    if (value.contains("connection") && rule.connection == 0)
        fail(path + ".connection", "counts from 1; leave it out for every connection");
    rule.on = read_trigger(value["on"], path + ".on");
    const Json &actions = value["do"];
    if (!actions.is_array())
        fail(path + ".do", "has to be a list of actions");
    for (size_t i = 0; i < actions.size(); ++i) {
        const std::string at = path + ".do[" + std::to_string(i) + "]";
        rule.actions.push_back(read_action(actions[i], at));
        const std::string &kind = rule.actions.back().kind;
        const bool before = kind == "refuse" || kind == "reset" || kind == "stall" || kind == "delay_ms";
        if (rule.on.kind == "upgrade" && !before)
            fail(at, "before the upgrade there are only refuse, reset, stall and delay_ms");
        if (rule.on.kind != "upgrade" && kind == "refuse")
            fail(at, "refuse answers the upgrade: use it with \"on\": \"upgrade\"");
        if (rule.on.kind != "setup" && (kind == "ignore_setup" || kind == "setup_complete"))
            fail(at, kind + " belongs to a rule with \"on\": \"setup\"");
    }
    return rule;
}

Settings read_settings(const Json &value)
{
    const std::string path = "$.emulator";
    if (!value.is_object())
        fail(path, "has to be an object");
    check_members(setting_members(), value, path);
    Settings s;
    s.profile = value.value("profile", "");
    if (!s.profile.empty() && find_profile(s.profile) == nullptr)
        fail(path + ".profile", "\"" + s.profile + "\" is unknown; there are: " + profile_names());
    s.voice = value.value("voice", "");
    if (!s.voice.empty() && !is_known_voice(s.voice))
        fail(path + ".voice", "\"" + s.voice + "\" is unknown; there are slt, rms and the service's names");
    s.speed = value.value("speed", s.speed);
    s.answers = value.value("default", "small_talk") == "small_talk";
    s.text_frames = value.value("frames", "binary") == "text";
    s.setup_ms = value.value("setup_ms", s.setup_ms);
    s.first_audio_ms = value.value("first_audio_ms", s.first_audio_ms);
    s.audio_pace = value.value("audio_pace", s.audio_pace);
    s.connection_ms = value.value("connection_ms", s.connection_ms);
    s.go_away_ms = value.value("go_away_ms", s.go_away_ms);
    s.handle_ms = value.value("handle_ms", s.handle_ms);
    s.ack_every = value.value("ack_every", s.ack_every);
    s.transcripts = value.value("transcripts", s.transcripts);
    s.api_versions = value.value("api_versions", s.api_versions);
    s.retired_models = value.value("retired_models", s.retired_models);
    s.tokens = value.value("tokens", s.tokens);
    static const std::vector<Member> token_members = {
        {"uses", Kind::count},      {"bidiGenerateContentSetup", Kind::object}, {"fieldMask", Kind::text},
        {"expire_ms", Kind::count}, {"new_session_expire_ms", Kind::count}};
    for (const auto &[name, token] : s.tokens.items()) {
        check_kind({"", Kind::object}, token, path + ".tokens." + name);
        check_members(token_members, token, path + ".tokens." + name);
    }
    return s;
}

// These parts belong to the program that runs the client; here only their outer shape matters.
void check_client_parts(const Json &root)
{
    if (root.contains("session") && !root["session"].is_object())
        fail("$.session", "has to be an object of option names and values");
    for (const char *name : {"client", "expect"}) {
        if (!root.contains(name))
            continue;
        const std::string path = std::string("$.") + name;
        if (!root[name].is_array())
            fail(path, "has to be a list");
        for (size_t i = 0; i < root[name].size(); ++i) {
            if (!root[name][i].is_object())
                fail(path + "[" + std::to_string(i) + "]", "has to be an object");
        }
    }
}

}  // namespace

Scenario parse_scenario(const std::string &text)
{
    Json root;
    if (has_too_many_levels(text))
        throw ScenarioError(too_many_levels("the scenario").message);
    try {
        root = Json::parse(text);
    } catch (const Json::parse_error &error) {
        throw ScenarioError("no JSON: " + std::string(error.what()));
    }
    if (!root.is_object())
        fail("$", "has to be an object");
    static const std::vector<Member> members = {{"about", Kind::text},  {"emulator", Kind::object},
                                                {"server", Kind::json}, {"session", Kind::json},
                                                {"client", Kind::json}, {"expect", Kind::json}};
    check_members(members, root, "$");
    check_client_parts(root);
    Scenario scenario;
    scenario.about = root.value("about", "");
    if (root.contains("emulator"))
        scenario.settings = read_settings(root["emulator"]);
    scenario.settings.has_scenario = true;
    if (root.contains("server")) {
        const Json &rules = root["server"];
        if (!rules.is_array())
            fail("$.server", "has to be a list of rules");
        for (size_t i = 0; i < rules.size(); ++i)
            scenario.rules.push_back(read_rule(rules[i], "$.server[" + std::to_string(i) + "]"));
    }
    return scenario;
}

Scenario load_scenario(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw ScenarioError("cannot be read");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    return parse_scenario(text);
}

}  // namespace gemlive::emulator
