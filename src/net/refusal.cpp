#include "refusal.hpp"

#include <nlohmann/json.hpp>

namespace gemlive::net {
namespace {

Status status_of(int http_status)
{
    switch (http_status) {
    case 401:
    case 403:
        return Status::auth;
    case 429:
        return Status::quota;
    case 408:
        return Status::network;
    default:
        return http_status >= 500 ? Status::network : Status::protocol;
    }
}

std::string reason_in(const std::string &body)
{
    auto json = nlohmann::json::parse(body, nullptr, false);
    if (json.is_array() && !json.empty()) {
        json = nlohmann::json(json.front());
    }
    if (!json.is_object() || !json.contains("error")) {
        return {};
    }
    const auto &error = json["error"];
    if (error.is_string()) {
        return error.get<std::string>();
    }
    if (error.is_object() && error.contains("message") && error["message"].is_string()) {
        return error["message"].get<std::string>();
    }
    return {};
}

}  // namespace

Error refusal(int http_status, const std::string &body)
{
    std::string message = "the server answered HTTP " + std::to_string(http_status);
    const std::string reason = reason_in(body);
    if (!reason.empty()) {
        message += ": " + reason;
    }
    return Error(status_of(http_status), message);
}

}  // namespace gemlive::net
