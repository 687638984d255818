#pragma once

#include <string>
#include <string_view>

namespace gemlive {

// Text that leaves the library (errors, events, close reasons) goes through here: every secret the process was given
// is replaced by "[secret]".
class Secrets {
public:
    // Remembers `secret` while at least one Guard for it lives. Texts under 6 characters are not worth hiding.
    class Guard {
    public:
        Guard() = default;
        explicit Guard(std::string secret);
        ~Guard();
        Guard(Guard &&other) noexcept;
        Guard &operator=(Guard &&other) noexcept;

        const std::string &text() const noexcept { return secret_; }

    private:
        std::string secret_;
    };

    static std::string remove_from(std::string text);
};

}  // namespace gemlive
