#include "small_talk.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>

#include "hearing.hpp"

namespace gemlive::emulator {
namespace {

constexpr int max_depth = 8;

Action say(const std::string &text)
{
    Json with;
    with["text"] = text;
    return {"say", std::move(with)};
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string type_of(const Json &schema)
{
    const Json type = schema.value("type", Json());
    if (type.is_string())
        return lower(type.get<std::string>());
    if (type.is_array() && !type.empty() && type[0].is_string())
        return lower(type[0].get<std::string>());
    if (schema.contains("properties"))
        return "object";
    return schema.contains("items") ? "array" : "string";
}

double within(const Json &schema, double value)
{
    if (schema.contains("minimum") && schema["minimum"].is_number())
        value = std::max(value, schema["minimum"].get<double>());
    if (schema.contains("maximum") && schema["maximum"].is_number())
        value = std::min(value, schema["maximum"].get<double>());
    return value;
}

int64_t whole(const Json &schema, const char *name, int64_t otherwise)
{
    return schema.contains(name) && schema[name].is_number() ? schema[name].get<int64_t>() : otherwise;
}

std::string text_for(const Json &schema, const std::string &name)
{
    const std::string format = schema.value("format", "");
    if (format == "date-time")
        return "2026-01-01T12:00:00Z";
    if (format == "date")
        return "2026-01-01";
    if (format == "time")
        return "12:00:00Z";
    if (format == "email")
        return "guest@example.com";
    if (format == "uri")
        return "https://example.com/";
    if (format == "uuid")
        return "00000000-0000-4000-8000-000000000000";
    const std::string key = lower(name);
    std::string text = "example";
    if (key.find("city") != std::string::npos || key.find("location") != std::string::npos ||
        key.find("place") != std::string::npos)
        text = "London";
    const auto least = static_cast<size_t>(std::clamp<int64_t>(whole(schema, "minLength", 0), 0, 4096));
    const auto most = static_cast<size_t>(std::clamp<int64_t>(whole(schema, "maxLength", 4096), 0, 4096));
    text.resize(std::max(text.size(), least), 'x');
    text.resize(std::min(text.size(), std::max(most, least)));
    return text;
}

const Json &resolve(const Json &schema, const Json &root)
{
    const std::string ref = schema.value("$ref", schema.value("ref", ""));
    if (!ref.starts_with("#"))
        return schema;
    try {
        const Json::json_pointer pointer(ref.substr(1));
        return root.contains(pointer) ? root.at(pointer) : schema;
    } catch (const Json::exception &) {
        return schema;
    }
}

Json value_for(const Json &unresolved, const Json &root, const std::string &name, int depth)
{
    if (!unresolved.is_object() || depth > max_depth)
        return nullptr;
    const Json &schema = resolve(unresolved, root);
    for (const char *given : {"const", "default", "example"}) {
        if (schema.contains(given))
            return schema[given];
    }
    for (const char *list : {"enum", "examples"}) {
        if (schema.contains(list) && schema[list].is_array() && !schema[list].empty())
            return schema[list][0];
    }
    for (const char *list : {"anyOf", "oneOf", "allOf"}) {
        if (schema.contains(list) && schema[list].is_array() && !schema[list].empty())
            return value_for(schema[list][0], root, name, depth + 1);
    }
    const std::string type = type_of(schema);
    if (type == "integer")
        return static_cast<int64_t>(std::ceil(within(schema, 1)));
    if (type == "number")
        return within(schema, 1);
    if (type == "boolean")
        return true;
    if (type == "null")
        return nullptr;
    if (type == "array") {
        Json items = Json::array();
        const int64_t count =
            std::clamp<int64_t>(whole(schema, "minItems", 1), whole(schema, "maxItems", 1) > 0, 16);
        for (int64_t i = 0; i < count && schema.contains("items"); ++i)
            items.push_back(value_for(schema["items"], root, name, depth + 1));
        return items;
    }
    if (type != "object")
        return text_for(schema, name);
    Json object = Json::object();
    const Json properties = schema.value("properties", Json::object());
    const Json required = schema.value("required", Json::array());
    for (const auto &[key, property] : properties.items()) {
        const bool needed = required.empty() || std::find(required.begin(), required.end(), key) != required.end();
        if (needed)
            object[key] = value_for(property, root, key, depth + 1);
    }
    return object;
}

void add_spoken(const Json &value, std::string &text)
{
    if (value.is_string()) {
        text += value.get<std::string>();
    } else if (value.is_boolean()) {
        text += value.get<bool>() ? "yes" : "no";
    } else if (value.is_null()) {
        text += "nothing";
    } else if (value.is_object()) {
        bool first = true;
        for (const auto &[key, item] : value.items()) {
            text += (first ? "" : ", ") + key + " is ";
            add_spoken(item, text);
            first = false;
        }
    } else if (value.is_array()) {
        for (size_t i = 0; i < value.size(); ++i) {
            text += i == 0 ? "" : ", ";
            add_spoken(value[i], text);
        }
    } else {
        text += value.dump();
    }
}

std::string greeting(Memory &memory)
{
    if (memory.greeted)
        return {};
    memory.greeted = true;
    return "Hello! ";
}

// An interpreter adds nothing of its own; what it cannot understand it can only measure.
std::string rendering_of(const Heard &heard)
{
    if (!heard.transcript.empty())
        return heard.transcript;
    if (!heard.text.empty())
        return heard.text;
    char text[48];
    std::snprintf(text, sizeof text, "That was %.1f seconds of speech.",
                  static_cast<double>(heard.speech_ms) / 1000);
    return text;
}

std::string line_for(const Heard &heard, const Memory &memory)
{
    static constexpr std::array<const char *, 5> lines = {"What else is on your mind?", "Tell me more about that.",
                                                          "I like talking with you.", "That is good to know.",
                                                          "Please go on, I am listening."};
    const std::string rest = lines[static_cast<size_t>(memory.answers) % lines.size()];
    if (!heard.text.empty())
        return "You wrote: " + heard.text.substr(0, 120) + ". " + rest;
    if (!heard.transcript.empty())
        return "You said: " + heard.transcript + " " + rest;
    if (heard.speech_ms > 0) {
        char text[80];
        std::snprintf(text, sizeof text, "I heard you speak for %lld seconds. ",
                      static_cast<long long>((heard.speech_ms + 500) / 1000));
        return text + rest;
    }
    return "It is nice to meet you. " + rest;
}

bool is_blocking(const Json &function, const Profile &profile)
{
    const std::string behavior = function.value("behavior", "UNSPECIFIED");
    return behavior == "UNSPECIFIED" ? !profile.non_blocking_default : behavior == "BLOCKING";
}

}  // namespace

Json arguments_for(const Json &function)
{
    const char *name = function.contains("parameters") ? "parameters" : "parametersJsonSchema";
    if (!function.contains(name))
        return Json::object();
    const Json arguments = value_for(function[name], function[name], "", 0);
    return arguments.is_object() ? arguments : Json::object();
}

std::string measured_speech(int64_t samples)
{
    char text[48];
    std::snprintf(text, sizeof text, "[%.1f s of speech]", static_cast<double>(samples) / input_rate);
    return text;
}

std::string spoken_response(const Json &response)
{
    std::string text;
    if (response.contains("error")) {
        text = "That did not work: ";
        add_spoken(response["error"], text);
    } else {
        add_spoken(response.contains("output") ? response["output"] : response, text);
    }
    return text.substr(0, 400);
}

std::vector<Action> small_talk(const Heard &heard, const Setup &setup, Memory &memory)
{
    std::vector<Action> actions;
    if (!setup.output_language.empty()) {
        actions.push_back(say(rendering_of(heard)));
    } else if (!heard.responses.empty()) {
        std::string text = greeting(memory) + "Here is what I found.";
        for (const Json &response : heard.responses) {
            const std::string spoken = spoken_response(response.value("response", Json::object()));
            text += " " + (spoken.empty() ? "It is done" : spoken) + ".";
        }
        actions.push_back(say(text));
    } else if (!memory.called && !setup.functions.empty()) {
        memory.called = true;
        const Json &function = setup.functions[0];
        Json call;
        call["name"] = function.value("name", "");
        call["args"] = arguments_for(function);
        Json with;
        with["calls"] = Json::array({std::move(call)});
        actions.push_back({"call", std::move(with)});
        if (!is_blocking(function, *setup.profile))
            actions.push_back(say(greeting(memory) + "One moment, please."));
    } else {
        actions.push_back(say(greeting(memory) + line_for(heard, memory)));
    }
    ++memory.answers;
    return actions;
}

}  // namespace gemlive::emulator
