#pragma once

#include <string>
#include <string_view>

namespace gemlive {

// Text that leaves the library and may quote what was sent (errors, close reasons, raw messages of the server) goes
// through here: every secret that the process was given is replaced by "[secret]", also where two overlap or one is a
// part of another, and where it stands escaped in JSON text.
class Secrets {
public:
    // Remembers `secret` while at least one Guard for it lives. Texts under 6 characters are not worth hiding: they are
    // parts of ordinary words.
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
