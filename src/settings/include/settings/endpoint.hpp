#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/secrets.hpp"
#include "base/status.hpp"
#include "settings/options.hpp"
#include "settings/service.hpp"

namespace gemlive::settings {

// A header of the application's own. Its value is a secret: it may be a credential.
struct OwnHeader {
    std::string name;
    std::shared_ptr<const Secrets::Guard> value;
    std::shared_ptr<const Secrets::Guard> token;  // of "Bearer TOKEN": an error may quote it alone
};

// Whose certificates are believed. All empty: the system's roots.
struct Trust {
    bool operator==(const Trust &) const = default;

    std::string ca_file;
    std::string ca_dir;
    std::string ca_pem;
};

// Where the service is dialled, and what the dial shows and believes.
struct Endpoint {
    static Error choose(const Options &options, const Service &service, Endpoint &out);

    std::string url;
    std::string version_warning;  // a sentence: Live is not served on the version that was asked for; "": it is
    bool allow_plaintext = false;
    std::vector<OwnHeader> headers;
    bool has_own_credential = false;  // one of the headers is one
    Trust trust;

private:
    Error take_headers(const Options &options);
};

}  // namespace gemlive::settings
