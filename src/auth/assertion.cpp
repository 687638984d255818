// What a service account shows to get a token: RFC 7523, signed with RS256.
#include <memory>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "auth/google_credentials.hpp"
#include "base/base64.hpp"

namespace gemlive::auth {
namespace {

constexpr const char *scope = "https://www.googleapis.com/auth/cloud-platform";
constexpr int64_t life_s = 3600;  // the longest that is taken

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

std::string base64url(std::string_view bytes)
{
    std::string text = base64::encode({reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()});
    while (text.ends_with('=')) {
        text.pop_back();
    }
    for (char &c : text) {
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    }
    return text;
}

bool sign(EVP_PKEY *key, const std::string &text, std::string &signature)
{
    const Digest digest(EVP_MD_CTX_new());
    const auto *const bytes = reinterpret_cast<const unsigned char *>(text.data());
    size_t size = 0;
    if (!digest || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSign(digest.get(), nullptr, &size, bytes, text.size()) != 1) {
        return false;
    }
    signature.resize(size);
    auto *const out = reinterpret_cast<unsigned char *>(signature.data());
    const bool good = EVP_DigestSign(digest.get(), out, &size, bytes, text.size()) == 1;
    signature.resize(size);
    return good;
}

}  // namespace

Error sign_assertion(const GoogleCredentials &account, int64_t unix_s, std::string &out)
{
    const Bio pem(BIO_new_mem_buf(account.key.data(), static_cast<int>(account.key.size())));
    // A key behind a password is refused: nobody could be asked for it.
    const auto no_password = [](char *, int, int, void *) { return -1; };
    const Key key(pem ? PEM_read_bio_PrivateKey(pem.get(), nullptr, no_password, nullptr) : nullptr);
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) {
        return {Status::invalid_argument, "its member private_key is no RSA key in PEM form"};
    }
    nlohmann::ordered_json header = {{"alg", "RS256"}, {"typ", "JWT"}};
    if (!account.key_id.empty()) {
        header["kid"] = account.key_id;
    }
    const nlohmann::ordered_json claims = {{"iss", account.email},
                                           {"scope", scope},
                                           {"aud", account.token_url},
                                           {"iat", unix_s},
                                           {"exp", unix_s + life_s}};
    const auto dump = [](const nlohmann::ordered_json &part) {
        return part.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    };
    const std::string text = base64url(dump(header)) + "." + base64url(dump(claims));
    std::string signature;
    if (!sign(key.get(), text, signature)) {
        return {Status::internal, "an assertion could not be signed"};
    }
    out = text + "." + base64url(signature);
    return {};
}

}  // namespace gemlive::auth
