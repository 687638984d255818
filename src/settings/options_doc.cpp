// Prints docs/options.md from the option table.
#include <cstdio>
#include <string>

#include "protocol/default_model.hpp"
#include "settings/option_table.hpp"

using namespace gemlive;
using namespace gemlive::settings;

namespace {

std::string shown(double number)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", number);
    return text;
}

std::string range_of(const Option &option)
{
    if (*option.allowed) {
        std::string words = option.allowed;
        for (size_t at = words.find(' '); at != std::string::npos; at = words.find(' ', at + 3)) {
            words.replace(at, 1, "` `");
        }
        return "`" + words + "`";
    }
    return option.least == option.most ? "any" : shown(option.least) + " to " + shown(option.most);
}

std::string default_models_of(protocol::Flavour flavour)
{
    std::string list;
    for (const char *const model : protocol::default_models(flavour)) {
        list += (list.empty() ? "`" : ", then `") + std::string(model) + "`";
    }
    return list;
}

}  // namespace

int main()
{
    std::printf("# Options\n\n"
                "One table for every language: the same names in `gemlive_options_set_*`, in options JSON, in\n"
                "`gemlive-talk --option NAME=VALUE`, in scenario files and in the bindings.\n\n"
                "This page is printed by the library from its option table (`gemlive-options-doc`); a test compares\n"
                "them. *Takes effect* says when a change reaches a live session ([updates.md](updates.md)). Secret options are\n"
                "never shown.\n\n"
                "The default model is %s on the Gemini API and %s on Vertex AI. Where the service does not know the\n"
                "first any more, and none was named, a session says so by an `error` that is not fatal and takes the next.\n\n"
                "| name | type | range | default | takes effect | place in the setup message | about |\n"
                "|---|---|---|---|---|---|---|\n",
                default_models_of(protocol::Flavour::gemini).c_str(), default_models_of(protocol::Flavour::vertex).c_str());
    for (const Option &option : option_table()) {
        const std::string default_value = *option.default_json ? "`" + std::string(option.default_json) + "`" : "–";
        const std::string place = *option.setup_path ? "`" + std::string(option.setup_path) + "`" : "–";
        std::printf("| `%s` | %s%s%s | %s | %s | %s | %s | %s |\n", option.name, option_type_name(option.type),
                    option.nullable ? " or null" : "", option.secret ? ", secret" : "", range_of(option).c_str(),
                    default_value.c_str(), option_effect_name(option.effect), place.c_str(), option.about);
    }
}
