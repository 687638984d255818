#include "memory.hpp"

#include <utility>

namespace gemlive::emulator {
namespace {

constexpr size_t most_lines = 64;
constexpr size_t most_handles = 20'000;

}  // namespace

void Memory::remember(std::string line)
{
    lines.push_back(std::move(line));
    if (lines.size() > most_lines)
        lines.pop_front();
}

std::string Handles::give(const Memory &memory, Duration now)
{
    std::string handle = ids_.uuid();
    entries_.emplace(handle, Entry{memory, now});
    order_.push_back(handle);
    if (order_.size() > most_handles) {
        entries_.erase(order_.front());
        order_.pop_front();
    }
    return handle;
}

Handles::Found Handles::find(const std::string &handle, Duration now, Memory &memory) const
{
    const auto found = entries_.find(handle);
    if (found == entries_.end())
        return Found::unknown;
    if (found->second.used)
        return Found::used;
    if (now - found->second.given > lifetime_)
        return Found::expired;
    memory = found->second.memory;
    return Found::good;
}

void Handles::retire(const std::string &handle)
{
    if (const auto found = entries_.find(handle); found != entries_.end())
        found->second.used = true;
}

}  // namespace gemlive::emulator
