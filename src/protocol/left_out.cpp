#include "left_out.hpp"

namespace gemlive::protocol {
namespace {

constexpr size_t longest_name = 80;

// A name that the server chose may be of any length.
std::string_view shortened(std::string_view name) noexcept
{
    if (name.size() <= longest_name) {
        return name;
    }
    size_t end = longest_name;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) {
        --end;  // not in the middle of a character
    }
    return name.substr(0, end);
}

}  // namespace

void LeftOut::add(std::string_view group, std::string_view member, const char *why)
{
    if (count_++ == 0) {
        first_.assign(group).append(group.empty() ? "" : ".").append(shortened(member)).append(why);
    }
}

Error LeftOut::error() const
{
    if (count_ == 0) {
        return {};
    }
    std::string sentence = "The server sent " + first_ + "; it was left out";
    if (count_ > 1) {
        sentence += ", as were " + std::to_string(count_ - 1) + " more members";
    }
    return {Status::protocol, sentence + "."};
}

}  // namespace gemlive::protocol
