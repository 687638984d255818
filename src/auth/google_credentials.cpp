#include "auth/google_credentials.hpp"

#include <nlohmann/json.hpp>

#include "base/json_text.hpp"

namespace gemlive::auth {
namespace {

using nlohmann::json;

constexpr const char *user_token_url = "https://oauth2.googleapis.com/token";

struct Member {
    const char *name;
    std::string &out;
    bool needed = true;
};

Error take(const json &file, std::initializer_list<Member> members)
{
    for (const Member &member : members) {
        const json value = file.value(member.name, json());
        if (value.is_string()) {
            member.out = value.get<std::string>();
        } else if (!value.is_null()) {
            return {Status::invalid_argument, std::string("its member ") + member.name + " is no text"};
        }
        if (member.needed && member.out.empty()) {
            return {Status::invalid_argument, std::string("its member ") + member.name + " is missing"};
        }
    }
    return {};
}

}  // namespace

GoogleCredentials GoogleCredentials::of_machine(const std::string &host)
{
    GoogleCredentials credentials;
    credentials.token_url = "http://" + host + "/computeMetadata/v1/instance/service-accounts/default/token"
                                               "?scopes=https://www.googleapis.com/auth/cloud-platform";
    return credentials;
}

Error GoogleCredentials::read(std::string_view text, GoogleCredentials &out)
{
    json file;
    if (Error error = parse_json(text, "the text", file)) {
        return error;
    }
    if (!file.is_object()) {
        return {Status::invalid_argument, "it is no JSON object"};
    }
    std::string type;
    if (Error error = take(file, {{"type", type}})) {
        return error;
    }
    GoogleCredentials read;
    Error error;
    if (type == "service_account") {
        read.kind = Kind::service_account;
        read.token_url = user_token_url;
        error = take(file, {{"client_email", read.email},
                            {"private_key", read.key},
                            {"private_key_id", read.key_id, false},
                            {"token_uri", read.token_url},
                            {"quota_project_id", read.quota_project, false}});
    } else if (type == "authorized_user") {
        read.kind = Kind::authorized_user;
        read.token_url = user_token_url;
        error = take(file, {{"client_id", read.client_id},
                            {"client_secret", read.client_secret},
                            {"refresh_token", read.refresh_token},
                            {"token_uri", read.token_url},
                            {"quota_project_id", read.quota_project, false}});
    } else {
        error = Error(Status::unsupported, "its type is \"" + type + "\"; known are service_account and authorized_user. Get a "
                                           "token yourself, and give it by the option access_token");
    }
    if (error) {
        return error;
    }
    if (read.kind == Kind::service_account) {
        std::string assertion;
        if (Error of_key = sign_assertion(read, 0, assertion)) {
            return of_key;
        }
    }
    out = std::move(read);
    return {};
}

}  // namespace gemlive::auth
