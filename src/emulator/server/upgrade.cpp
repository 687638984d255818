#include "upgrade.hpp"

namespace gemlive::emulator {

Upgrade plan_upgrade(const std::vector<Rule> &rules, int connection, const Endpoint &endpoint)
{
    Upgrade upgrade;
    Happening happening;
    happening.kind = "upgrade";
    const Rule *rule = RuleBook(rules, connection).take(happening);
    if (rule != nullptr) {
        for (const Action &action : rule->actions) {
            if (action.kind == "delay_ms") {
                upgrade.delay_ms += action.with.value("ms", int64_t{0});
            } else if (action.kind == "reset") {
                upgrade.fate = Upgrade::Fate::reset;
            } else if (action.kind == "stall") {
                upgrade.fate = Upgrade::Fate::stall;
            } else if (action.kind == "refuse") {
                upgrade.fate = Upgrade::Fate::refuse;
                upgrade.http_status = action.with.value("http_status", 500);
                if (!action.with.contains("body"))
                    upgrade.body = rest_error(upgrade.http_status, "Refused by the scenario.");
                else if (action.with["body"].is_string())
                    upgrade.body = action.with["body"].get<std::string>();
                else
                    upgrade.body = action.with["body"].dump(2) + "\n";
                const Json headers = action.with.value("headers", Json::object());
                for (const auto &[name, value] : headers.items())
                    upgrade.headers.emplace_back(name,
                                                 value.is_string() ? value.get<std::string>() : value.dump());
            }
        }
    }
    if (upgrade.fate == Upgrade::Fate::accept && endpoint.refused) {
        upgrade.fate = Upgrade::Fate::refuse;
        upgrade.http_status = endpoint.refused.status;
        upgrade.body = endpoint.refused.body;
    }
    return upgrade;
}

}  // namespace gemlive::emulator
