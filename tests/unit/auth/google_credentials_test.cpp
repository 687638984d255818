#include "auth/google_credentials.hpp"

#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/base64.hpp"

namespace gemlive::auth {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

const Key &rsa_key()
{
    static const Key *const key = new Key(EVP_RSA_gen(2048), &EVP_PKEY_free);
    return *key;
}

std::string pem_of(EVP_PKEY *key)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char *text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<size_t>(size)};
}

json service_account()
{
    return {{"type", "service_account"},
            {"client_email", "robot@shop.iam.gserviceaccount.com"},
            {"private_key", pem_of(rsa_key().get())},
            {"private_key_id", "key-1"},
            {"project_id", "shop"},
            {"token_uri", "https://oauth2.example/token"}};
}

Error read(const json &file, GoogleCredentials &out)
{
    return GoogleCredentials::read(file.dump(), out);
}

std::string decoded(std::string_view text)
{
    std::string out(base64::max_decoded_size(text.size()) + 1, '\0');
    const auto size = base64::decode(text, reinterpret_cast<uint8_t *>(out.data()));
    out.resize(size.value_or(0));
    return out;
}

TEST(GoogleCredentials, AssertionIsSignedWithTheAccountsKey)
{
    GoogleCredentials account;
    ASSERT_FALSE(read(service_account(), account));
    std::string assertion;
    ASSERT_FALSE(sign_assertion(account, 1'700'000'000, assertion));
    const size_t first = assertion.find('.');
    const size_t second = assertion.find('.', first + 1);
    ASSERT_NE(second, std::string::npos);
    EXPECT_EQ(assertion.find('='), std::string::npos);
    EXPECT_EQ(json::parse(decoded(assertion.substr(0, first))), (json{{"alg", "RS256"}, {"typ", "JWT"}, {"kid", "key-1"}}));
    const json claims = json::parse(decoded(assertion.substr(first + 1, second - first - 1)));
    EXPECT_EQ(claims, (json{{"iss", "robot@shop.iam.gserviceaccount.com"},
                            {"scope", "https://www.googleapis.com/auth/cloud-platform"},
                            {"aud", "https://oauth2.example/token"},
                            {"iat", 1'700'000'000},
                            {"exp", 1'700'003'600}}));
    const std::string signature = decoded(assertion.substr(second + 1));
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    ASSERT_EQ(EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, rsa_key().get()), 1);
    EXPECT_EQ(EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char *>(signature.data()), signature.size(),
                               reinterpret_cast<const unsigned char *>(assertion.data()), second),
              1);
}

TEST(GoogleCredentials, WhatIsMissingIsNamedAndNoValueIsShown)
{
    for (const char *const member : {"client_email", "private_key"}) {
        json file = service_account();
        file.erase(member);
        GoogleCredentials out;
        EXPECT_THAT(read(file, out).message, HasSubstr(std::string("its member ") + member + " is missing"));
    }
    json file = service_account();
    file["private_key"] = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
    GoogleCredentials out;
    const Error error = read(file, out);
    EXPECT_EQ(error.status, Status::invalid_argument);
    EXPECT_THAT(error.message, HasSubstr("private_key"));
    EXPECT_THAT(error.message, ::testing::Not(HasSubstr("c2VjcmV0")));
    EXPECT_THAT(read({{"type", 7}}, out).message, HasSubstr("type is no text"));
    EXPECT_THAT(GoogleCredentials::read("[]", out).message, HasSubstr("JSON object"));
    EXPECT_THAT(GoogleCredentials::read("{", out).message, HasSubstr("JSON"));
}

TEST(GoogleCredentials, KeyOfAnotherKindIsRefused)
{
    const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    json file = service_account();
    file["private_key"] = pem_of(key.get());
    GoogleCredentials out;
    EXPECT_THAT(read(file, out).message, HasSubstr("no RSA key"));
}

TEST(GoogleCredentials, UserHasARefreshToken)
{
    GoogleCredentials out;
    ASSERT_FALSE(read({{"type", "authorized_user"},
                       {"client_id", "id"},
                       {"client_secret", "secret"},
                       {"refresh_token", "refresh"},
                       {"quota_project_id", "payer"}},
                      out));
    EXPECT_EQ(out.kind, GoogleCredentials::Kind::authorized_user);
    EXPECT_EQ(out.token_url, "https://oauth2.googleapis.com/token");
    EXPECT_EQ(out.quota_project, "payer");
}

TEST(GoogleCredentials, OtherTypesAreNamed)
{
    GoogleCredentials out;
    const Error error = read({{"type", "external_account"}}, out);
    EXPECT_EQ(error.status, Status::unsupported);
    EXPECT_THAT(error.message, HasSubstr("external_account"));
    EXPECT_THAT(error.message, HasSubstr("access_token"));
}

}  // namespace
}  // namespace gemlive::auth
