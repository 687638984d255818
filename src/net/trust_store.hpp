#pragma once

#include <memory>
#include <string>

#include <openssl/x509_vfy.h>

#include "base/status.hpp"
#include "net/tls_context.hpp"

namespace gemlive::net {

struct StoreDeleter {
    void operator()(X509_STORE *store) const { X509_STORE_free(store); }
};
using StorePtr = std::unique_ptr<X509_STORE, StoreDeleter>;

// The authorities that the options trust. Reading a file of 140 takes 15 ms or more and 1 MB, so it is read once in a process, and again when the files, or the environment's names for them, have changed. Any thread.
StorePtr trust_store(const TrustOptions &options, Error &error);

// Whether the folder has every certificate of the file, text for text, under a name by hash: systems make both of the same
// ones. Then OpenSSL reads the few that a handshake needs from there, and the file would bring nothing more.
bool folder_serves_for(const std::string &folder, const std::string &file);

struct TrustCounters {
    size_t read = 0;    // stores that were made
    size_t shared = 0;  // answers from one that was there
};
TrustCounters trust_counters();

}  // namespace gemlive::net
