#pragma once

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/secrets.hpp"
#include "base/status.hpp"

namespace gemlive::auth {

// What a dial shows to be let in: one header. Empty where the user's own headers do it.
struct Credential {
    std::string header;
    Secrets::Guard value;
};

// Asked before each dial, since a credential may have a shorter life than a session. On the I/O thread.
class CredentialProvider {
public:
    virtual ~CredentialProvider() = default;
    virtual boost::asio::awaitable<Error> ask(Credential &out) = 0;
};

// An API key, an ephemeral token or an access token that the user gave: always the same.
std::shared_ptr<CredentialProvider> fixed_credential(std::string header, std::string value);

// For a user who gave none: every dial fails with status auth and this sentence.
std::shared_ptr<CredentialProvider> missing_credential(std::string why);

}  // namespace gemlive::auth
