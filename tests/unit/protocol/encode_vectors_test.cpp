#include <cctype>
#include <cstring>
#include <iostream>

#include "base/base64.hpp"
#include "protocol/capability.hpp"
#include "protocol/client_message.hpp"
#include "protocol/model_name.hpp"
#include "protocol/tool_list.hpp"
#include "shared_data.hpp"

namespace gemlive::protocol::test {
namespace {

Flavour flavour_of(const json &entry)
{
    return entry.value("flavour", "any") == "vertex" ? Flavour::vertex : Flavour::gemini;
}

json instruction_of(const json &paragraphs)
{
    json parts = json::array();
    for (const json &paragraph : paragraphs) {
        parts.push_back({{"text", paragraph}});
    }
    return {{"parts", parts}};
}

// Tools in plain words: functions, and the other kinds, in any spelling of their names.
Error make_tools_of(const json &given, Flavour flavour, const Capabilities &can, ToolList &out)
{
    ordered_json tools = ordered_json::array();
    for (const json &entry : given) {
        ordered_json tool = ordered_json::object();
        for (const auto &[name, value] : entry.items()) {
            tool[name == "functions" ? "functionDeclarations" : name] = ordered_json(value);
        }
        tools.push_back(tool);
    }
    return ToolList::make(tools, flavour, can, "", out);
}

// The documented spelling of members that may be given in snake_case; what an application's own data holds stays.
json documented(const json &given)
{
    if (given.is_array()) {
        json list = json::array();
        for (const json &item : given) {
            list.push_back(documented(item));
        }
        return list;
    }
    if (!given.is_object()) {
        return given;
    }
    json out = json::object();
    for (const auto &[name, value] : given.items()) {
        std::string camel;
        for (size_t i = 0; i < name.size(); ++i) {
            const bool joins = name[i] == '_' && i + 1 < name.size();
            camel += joins ? static_cast<char>(std::toupper(static_cast<unsigned char>(name[++i]))) : name[i];
        }
        out[camel] = camel == "args" || camel == "response" ? value : documented(value);
    }
    return out;
}

json turns_of(const json &given)
{
    json turns = documented(given);
    for (json &turn : turns) {
        for (json &part : turn["parts"]) {
            if (part.contains("base64")) {
                part = {{"inlineData", {{"mimeType", part["mime"]}, {"data", part["base64"]}}}};
            }
        }
    }
    return turns;
}

ToolAnswer answer_of(const json &given)
{
    const std::string id = given["id"].is_null() ? "" : given["id"].get<std::string>();
    const std::string name = given["name"];
    ToolAnswer answer;
    if (given.contains("error")) {
        answer = ToolAnswer::from_error(id, name, given["error"].get<std::string>());
    } else if (given.contains("result")) {
        answer = ToolAnswer::from_output(id, name, json{{"output", given["result"]}});
    } else {
        answer = ToolAnswer::from_output(id, name, given.at("raw_response"));
    }
    answer.scheduling = given.value("scheduling", "");
    answer.scheduling_inside_response = given.contains("scheduling_place");
    if (given.contains("will_continue")) {
        answer.will_continue = given["will_continue"].get<bool>();
    }
    for (const json &media : given.value("media", json::array())) {
        answer.parts.push_back({{"inlineData", {{"mimeType", media["mime"]}, {"data", media["base64"]}}}});
    }
    return answer;
}

std::vector<int16_t> samples_of(const json &given)
{
    const std::string bytes = unhex(given["bytes_hex"]);
    std::vector<int16_t> samples(bytes.size() / 2);
    std::memcpy(samples.data(), bytes.data(), samples.size() * 2);
    return samples;
}

// The members of a setup come from the session's options: here they are given, and the name, the nulls, the
// wrapper and what the capability table says of them are looked at.
Error encode_setup_of(const json &entry, std::string &out)
{
    const json &given = entry["given"];
    const Flavour flavour = flavour_of(entry);
    std::string model;
    if (Error error = normalise_model_name(flavour, given.value("project", ""), given.value("location", ""),
                                           entry["model"].get<std::string>(), model)) {
        return error;
    }
    json setup = entry["expect_json"]["setup"];
    setup["model"] = model;
    if (given.contains("resumption") && !given["resumption"].value("handle", json()).is_string()) {
        setup["sessionResumption"]["handle"] = nullptr;
    }
    const Capabilities capabilities = ModelTable::default_table().lookup(flavour, model);
    ToolList tools;
    if (given.contains("tools")) {
        if (Error error = make_tools_of(given["tools"], flavour, capabilities, tools)) {
            return error;
        }
        setup.erase("tools");
    }
    if (!tools.empty()) {
        setup["tools"] = json(tools.wire());
    }
    if (Error error = capabilities.check_setup(flavour, setup)) {
        return error;
    }
    return encode_setup(setup, out);
}

Error encode(const json &entry, std::string &out)
{
    const json &given = entry["given"];
    const std::string call = given["call"];
    if (call == "setup") {
        return encode_setup_of(entry, out);
    }
    if (call == "send_turns") {
        const json turns = given["turns"].empty() ? json() : turns_of(given["turns"]);
        return encode_client_content(turns, given["turn_complete"].get<bool>(), out);
    }
    if (call == "send_audio") {
        encode_audio(samples_of(given), given["rate"], out);
        return {};
    }
    if (call == "send_image") {
        const std::string text = given["base64"];
        std::vector<uint8_t> bytes(base64::max_decoded_size(text.size()));
        bytes.resize(base64::decode(text, bytes.data()).value());
        return encode_video(given["mime"].get<std::string>(), bytes, out);
    }
    if (call == "send_text") {
        return encode_text(given["text"].get<std::string>(), out);
    }
    if (call == "end_audio_stream") {
        encode_audio_stream_end(out);
        return {};
    }
    if (call == "activity_start") {
        encode_activity_start(out);
        return {};
    }
    if (call == "activity_end") {
        encode_activity_end(out);
        return {};
    }
    if (call == "answer_tool_calls") {
        std::vector<ToolAnswer> answers;
        for (const json &answer : given["answers"]) {
            answers.push_back(answer_of(answer));
        }
        return encode_tool_response(answers, out);
    }
    if (call == "update_context") {
        ContextUpdate update;
        if (given.contains("system_instruction")) {
            update.system_instruction = instruction_of(given["system_instruction"]);
        }
        if (given.contains("tools")) {
            ToolList tools;
            const json model = entry.value("model", json());
            const Capabilities can = ModelTable::default_table().lookup(
                flavour_of(entry), model.is_string() ? model.get<std::string>() : "");
            if (Error error = make_tools_of(given["tools"], flavour_of(entry), can, tools)) {
                return error;
            }
            update.tools = tools.wire();
        }
        return encode_context_update(flavour_of(entry), update, out);
    }
    return {Status::internal, "the test does not know the call " + call};
}

// Two forms of one value: numbers of int64 as text, and no turns as an empty array.
json comparable(json value)
{
    if (value.is_object()) {
        for (auto &[key, member] : value.items()) {
            member = comparable(member);
            if ((key == "triggerTokens" || key == "targetTokens") && member.is_string()) {
                member = std::stoll(member.get<std::string>());
            }
        }
        if (value.value("turns", json()) == json::array()) {
            value.erase("turns");
        }
    }
    return value;
}

void check_file(const std::filesystem::path &file)
{
    size_t entries = 0;
    for (const json &entry : load(file)) {
        ++entries;
        if (entry["given"]["call"] == "setup" && entry["expect_json"].is_null()) {
            continue;  // which options a model refuses is looked at where the options are
        }
        std::string out;
        const Error error = encode(entry, out);
        const bool refused = entry.value("expect_refused", false);
        const bool good = refused ? bool(error) && out.empty()
                                  : !error && comparable(json::parse(out)) == comparable(entry["expect_json"]);
        if (!good && entry.value("uncertain", false)) {
            std::cout << "uncertain, not asserted: " << entry["name"] << ": " << out << error.message << '\n';
            continue;
        }
        EXPECT_TRUE(good) << entry["name"] << ": " << out << error.message;
    }
    EXPECT_GT(entries, 0u);
}

TEST(EncodeVectors, OfTheProject)
{
    check_file(vectors() / "encode.json");
}

TEST(EncodeVectors, OfTheTestData)
{
    GEMLIVE_REQUIRE_DATA(data_folder() / "vectors");
    for (const auto &file : std::filesystem::directory_iterator(data_folder() / "vectors")) {
        if (file.path().filename().string().starts_with("encode")) {
            check_file(file.path());
        }
    }
}

}  // namespace
}  // namespace gemlive::protocol::test
