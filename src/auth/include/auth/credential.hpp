#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "base/clock.hpp"
#include "base/secrets.hpp"
#include "base/status.hpp"
#include "net/tls_context.hpp"

namespace gemlive::auth {

// What a dial shows to be let in: one header. Empty where the user's own headers do it.
struct Credential {
    std::string header;
    Secrets::Guard value;
    std::string quota_project;  // who pays, for the header x-goog-user-project; empty: whose credential it is
};

// For a provider that has to ask somebody over the network.
struct Way {
    boost::asio::io_context &io;
    std::shared_ptr<net::TlsContext> tls;
    Clock::time_point deadline;
    std::function<void()> cancel;  // set while it is asked: ends that
};

// Asked before each dial, since a credential may have a shorter life than a session. On an I/O thread; several may ask at
// the same time. An error of status network or timeout may heal, another one does not.
class CredentialProvider {
public:
    virtual ~CredentialProvider() = default;
    virtual boost::asio::awaitable<Error> ask(Way &way, Credential &out) = 0;
};

// An API key, an ephemeral token or an access token that the user gave: always the same.
std::shared_ptr<CredentialProvider> fixed_credential(std::string header, std::string value);

// For a user who gave none: every dial fails with status auth and this sentence.
std::shared_ptr<CredentialProvider> missing_credential(std::string why);

}  // namespace gemlive::auth
