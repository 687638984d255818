#include "base/secrets.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace gemlive {
namespace {

constexpr size_t shortest_secret = 6;
constexpr std::string_view replacement = "[secret]";

struct Registry {
    std::mutex mutex;
    std::map<std::string, int> uses;
};

struct Range {
    size_t begin;
    size_t end;
};

// Never destroyed: a guard may outlive static destructors.
Registry &registry()
{
    static Registry *const instance = new Registry;
    return *instance;
}

std::string as_in_json(std::string_view secret)
{
    std::string escaped;
    for (const char c : secret) {
        if (c == '"' || c == '\\') {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

void add_occurrences(const std::string &text, const std::string &secret, std::vector<Range> &ranges)
{
    for (size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 1)) {
        ranges.push_back({at, at + secret.size()});
    }
}

// In order, those that touch or overlap as one: of a secret that begins like another no tail is left over.
std::vector<Range> secret_ranges(const std::string &text)
{
    std::vector<Range> ranges;
    {
        std::lock_guard lock(registry().mutex);
        for (const auto &[secret, uses] : registry().uses) {
            add_occurrences(text, secret, ranges);
            if (const std::string escaped = as_in_json(secret); escaped != secret) {
                add_occurrences(text, escaped, ranges);
            }
        }
    }
    std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.begin < b.begin; });
    std::vector<Range> merged;
    for (const Range &range : ranges) {
        if (merged.empty() || range.begin > merged.back().end) {
            merged.push_back(range);
        } else {
            merged.back().end = std::max(merged.back().end, range.end);
        }
    }
    return merged;
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
    const std::vector<Range> found = secret_ranges(text);
    if (found.empty()) {
        return text;
    }
    std::string clean;
    size_t copied = 0;
    for (const Range &range : found) {
        clean.append(text, copied, range.begin - copied);
        clean += replacement;
        copied = range.end;
    }
    clean.append(text, copied);
    return clean;
}

}  // namespace gemlive
