#include "platform/trust.hpp"

#include <cstdio>
#include <memory>

#include <unistd.h>

namespace gemlive::platform {

bool is_readable_file(const std::string &path)
{
    return ::access(path.c_str(), R_OK) == 0;
}

bool is_readable_folder(const std::string &path)
{
    return ::access(path.c_str(), R_OK | X_OK) == 0;
}

std::vector<std::string> trust_files()
{
    return {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
            "/etc/ssl/cert.pem"};
}

std::vector<std::string> trust_folders()
{
    return {"/apex/com.android.conscrypt/cacerts", "/system/etc/security/cacerts"};
}

std::string read_file(const std::string &path)
{
    std::string text;
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path.c_str(), "re"), std::fclose);
    char part[16 * 1024];
    while (file) {
        const size_t size = std::fread(part, 1, sizeof part, file.get());
        text.append(part, size);
        if (size < sizeof part) {
            break;
        }
    }
    return text;
}

}  // namespace gemlive::platform
