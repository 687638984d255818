#pragma once

#include "shared_data.hpp"

namespace gemlive::protocol::test {

// A decoded message in the words of the decode vectors. `error` is what decode() returned.
json facts(const ServerMessage &message, const Error &error);

// What is wrong with `found`, a result of facts(), for an entry's `expect`; empty if nothing is.
std::string compare(const json &found, const json &expect);

}  // namespace gemlive::protocol::test
