#include "session/session.hpp"

#include "base/json_text.hpp"
#include "controller.hpp"
#include "session/shared.hpp"

namespace gemlive::session {

using nlohmann::json;
using settings::Option;
using settings::OptionEffect;

namespace {

// The option `setup` is merged last, so a change of what it says would reach nobody.
Error refuse_what_setup_says(const settings::Options &newest, const Option &changed)
{
    struct Member {
        std::string_view option;
        const char *camel;
        const char *snake;
    };
    constexpr Member members[] = {{"instructions", "systemInstruction", "system_instruction"},
                                  {"tools", "tools", "tools"}};
    const json &setup = newest.get("setup");
    for (const Member &member : members) {
        if (changed.name == member.option && setup.is_object() &&
            (setup.contains(member.camel) || setup.contains(member.snake))) {
            return {Status::invalid_state, std::string("the option setup says ") + member.camel +
                                               ", and wins over the option " + changed.name + ": change that"};
        }
    }
    return {};
}

Error check(const Configuration &before, const settings::Options &changes)
{
    const settings::Options newest = before.options->merged(changes);
    for (const Option *const option : newest.differences(*before.options)) {
        if (option->effect == OptionEffect::never) {
            return {Status::unsupported, std::string("option ") + option->name + " can be changed for new sessions only"};
        }
        if (Error error = refuse_what_setup_says(newest, *option)) {
            return error;
        }
    }
    return {};
}

}  // namespace

Error Session::update_options(const settings::Options &changes)
{
    const std::lock_guard lock(shared_->configuration_mutex);
    if (shared_->is_closing()) {
        return shared_->closed_error();
    }
    if (Error error = check(shared_->configuration, changes)) {
        return error;
    }
    Configuration newest;
    if (Error error = shared_->configuration.with(changes, newest)) {
        return error;
    }
    if (newest.options->differences(*shared_->configuration.options).empty()) {
        return {};
    }
    Error error = send(Command(Command::Kind::update));
    if (!error) {
        shared_->configuration = std::move(newest);
    }
    return error;
}

void Session::update_with_model(const settings::Options &changes)
{
    if (const Error error = update_options(changes); error && !shared_->is_closing()) {
        controller_->thread()->post([controller = controller_, error] { controller->tell_not_applied(error); });
    }
}

Error Session::update_instructions(std::string_view instructions)
{
    settings::Options changes;
    Error error = changes.set_text("instructions", instructions);
    return error ? error : update_options(changes);
}

Error Session::update_tools(std::string_view text)
{
    settings::Options changes;
    Error error = changes.set_json("tools", text);
    return error ? error : update_options(changes);
}

}  // namespace gemlive::session
