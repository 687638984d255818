#pragma once

#include <string>

#include "base/status.hpp"
#include "settings/options.hpp"

namespace gemlive::settings {

// Credentials of Google Cloud as the text of their file, and what to call them in an error.
struct CredentialsFile {
    std::string text;  // empty: there is none
    std::string name;
};

// The option `credentials`, else the file of GOOGLE_APPLICATION_CREDENTIALS, which has to be readable then, else the one that
// gcloud's login leaves in its folder.
Error find_google_credentials(const Options &options, CredentialsFile &out);

// The project that they belong to; empty when they do not say.
std::string project_of(const CredentialsFile &file);

}  // namespace gemlive::settings
