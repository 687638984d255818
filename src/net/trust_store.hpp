#pragma once

#include <memory>

#include <openssl/x509_vfy.h>

#include "base/status.hpp"
#include "net/tls_context.hpp"

namespace gemlive::net {

struct StoreDeleter {
    void operator()(X509_STORE *store) const { X509_STORE_free(store); }
};
using StorePtr = std::unique_ptr<X509_STORE, StoreDeleter>;

// The authorities that the options trust. Reading the system's 140 takes 15 ms and 1 MB, so they are read once in a
// process, and again when the files, or the environment's names for them, have changed. Any thread.
StorePtr trust_store(const TrustOptions &options, Error &error);

struct TrustCounters {
    size_t read = 0;    // stores that were made
    size_t shared = 0;  // answers from one that was there
};
TrustCounters trust_counters();

}  // namespace gemlive::net
