#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "auth/credential.hpp"
#include "base/status.hpp"

namespace gemlive::auth {

// Credentials of Google Cloud as its files hold them, or of the machine.
struct GoogleCredentials {
    enum class Kind : uint8_t {
        service_account,  // signs an assertion with its key
        authorized_user,  // a person who has logged in with gcloud
        metadata_server,  // the account of a machine of Google, asked for by plain HTTP
    };

    // The text of a credentials file. The error says which member is missing or which type is not known; it shows no value
    // of one.
    static Error read(std::string_view json, GoogleCredentials &out);

    // Those of the machine, by its metadata server.
    static GoogleCredentials of_machine(const std::string &host);

    Kind kind = Kind::metadata_server;
    std::string token_url;
    std::string email;   // of a service account
    std::string key;     // its PEM
    std::string key_id;
    std::string client_id;  // of a user
    std::string client_secret;
    std::string refresh_token;
    std::string quota_project;
};

// Gets access tokens with them, and keeps each until five minutes before its end.
std::shared_ptr<CredentialProvider> google_credential(GoogleCredentials credentials);

// The JSON Web Token of a service account, which lives an hour from `unix_s`. The error is that of its key.
Error sign_assertion(const GoogleCredentials &account, int64_t unix_s, std::string &out);

}  // namespace gemlive::auth
