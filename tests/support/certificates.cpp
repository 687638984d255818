#include "support/certificates.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace gemlive::test {
namespace {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;

constexpr long day = 24 * 60 * 60;

void check(bool good, const char *what)
{
    if (!good) {
        throw std::runtime_error(std::string("no certificate: ") + what);
    }
}

void add_extension(X509 *certificate, X509 *issuer, int nid, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    check(extension != nullptr, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate unsigned_certificate(EVP_PKEY *key, const char *name, long serial, bool expired)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), expired ? -10 * day : -day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), expired ? -day : 10 * day);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>(name), -1, -1, 0);
    return certificate;
}

std::string text_of(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return std::string(data, static_cast<size_t>(size));
}

std::string pem(X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return text_of(bio.get());
}

std::string pem(EVP_PKEY *key)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return text_of(bio.get());
}

}  // namespace

Certificates Certificates::make(const Names &names)
{
    const Key ca_key(EVP_EC_gen("P-256"));
    const Key leaf_key(EVP_EC_gen("P-256"));
    check(ca_key && leaf_key, "no key");

    const Certificate ca = unsigned_certificate(ca_key.get(), "gemlive test authority", 1, false);
    X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
    add_extension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(ca.get(), ca.get(), NID_subject_key_identifier, "hash");
    check(X509_sign(ca.get(), ca_key.get(), EVP_sha256()) != 0, "signing the authority");

    std::string alternatives;
    for (const std::string &name : names.dns) {
        alternatives += (alternatives.empty() ? "DNS:" : ",DNS:") + name;
    }
    for (const std::string &address : names.ip) {
        alternatives += (alternatives.empty() ? "IP:" : ",IP:") + address;
    }
    const Certificate leaf = unsigned_certificate(leaf_key.get(), names.common.c_str(), 2, names.expired);
    X509_set_issuer_name(leaf.get(), X509_get_subject_name(ca.get()));
    if (!alternatives.empty()) {
        add_extension(leaf.get(), ca.get(), NID_subject_alt_name, alternatives);
    }
    add_extension(leaf.get(), ca.get(), NID_ext_key_usage, "serverAuth");
    check(X509_sign(leaf.get(), ca_key.get(), EVP_sha256()) != 0, "signing the leaf");

    return Certificates{pem(ca.get()), pem(leaf.get()), pem(leaf_key.get())};
}

}  // namespace gemlive::test
