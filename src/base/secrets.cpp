#include "base/secrets.hpp"

#include <map>
#include <mutex>
#include <utility>

namespace gemlive {
namespace {

constexpr size_t shortest_secret = 6;
constexpr std::string_view replacement = "[secret]";

struct Registry {
    std::mutex mutex;
    std::map<std::string, int> uses;
};

// Never destroyed: a guard may outlive static destructors.
Registry &registry()
{
    static Registry *const instance = new Registry;
    return *instance;
}

}  // namespace

Secrets::Guard::Guard(std::string secret) : secret_(std::move(secret))
{
    if (secret_.size() >= shortest_secret) {
        std::lock_guard lock(registry().mutex);
        ++registry().uses[secret_];
    }
}

Secrets::Guard::~Guard()
{
    if (secret_.size() >= shortest_secret) {
        std::lock_guard lock(registry().mutex);
        const auto entry = registry().uses.find(secret_);
        if (entry != registry().uses.end() && --entry->second == 0) {
            registry().uses.erase(entry);
        }
    }
}

Secrets::Guard::Guard(Guard &&other) noexcept : secret_(std::exchange(other.secret_, {})) {}

Secrets::Guard &Secrets::Guard::operator=(Guard &&other) noexcept
{
    std::swap(secret_, other.secret_);
    return *this;
}

std::string Secrets::remove_from(std::string text)
{
    std::lock_guard lock(registry().mutex);
    for (const auto &[secret, uses] : registry().uses) {
        for (size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + replacement.size())) {
            text.replace(at, secret.size(), replacement);
        }
    }
    return text;
}

}  // namespace gemlive
