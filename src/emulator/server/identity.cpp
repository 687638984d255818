#include "identity.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace gemlive::emulator {
namespace {

constexpr long valid_seconds = 30L * 24 * 3600;
constexpr long clock_skew_seconds = 24L * 3600;
constexpr int serial_bits = 127;

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T *p) const
    {
        Free(p);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;

void check(bool good, const char *what)
{
    if (!good)
        throw std::runtime_error(std::string("cannot make a certificate: ") + what);
}

void add_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    check(extension != nullptr, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate make_certificate(EVP_PKEY *key, const char *name, X509 *issuer, EVP_PKEY *issuer_key)
{
    Certificate certificate(X509_new());
    check(certificate != nullptr, "memory");
    X509 *x = certificate.get();
    X509_set_version(x, X509_VERSION_3);
    BIGNUM *serial = BN_new();
    BN_rand(serial, serial_bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
    BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(x));
    BN_free(serial);
    X509_gmtime_adj(X509_getm_notBefore(x), -clock_skew_seconds);
    X509_gmtime_adj(X509_getm_notAfter(x), valid_seconds);
    X509_set_pubkey(x, key);
    X509_NAME *subject = X509_get_subject_name(x);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>(name), -1, -1,
                               0);
    X509 *signer = issuer != nullptr ? issuer : x;
    X509_set_issuer_name(x, X509_get_subject_name(signer));
    add_extension(x, signer, NID_subject_key_identifier, "hash");
    if (issuer == nullptr) {
        add_extension(x, signer, NID_basic_constraints, "critical,CA:TRUE");
        add_extension(x, signer, NID_key_usage, "critical,keyCertSign,cRLSign");
    } else {
        add_extension(x, signer, NID_basic_constraints, "critical,CA:FALSE");
        add_extension(x, signer, NID_key_usage, "critical,digitalSignature");
        add_extension(x, signer, NID_ext_key_usage, "serverAuth");
        add_extension(x, signer, NID_authority_key_identifier, "keyid");
        add_extension(x, signer, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
    }
    check(X509_sign(x, issuer_key, EVP_sha256()) > 0, "signature");
    return certificate;
}

std::string pem_of(X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    check(PEM_write_bio_X509(bio.get(), certificate) == 1, "PEM");
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<size_t>(size)};
}

std::string pem_of(EVP_PKEY *key)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    check(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "PEM");
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<size_t>(size)};
}

}  // namespace

Identity make_identity()
{
    const Key ca_key(EVP_EC_gen("P-256"));
    const Key key(EVP_EC_gen("P-256"));
    check(ca_key != nullptr && key != nullptr, "key");
    const Certificate ca = make_certificate(ca_key.get(), "gemlive-emulator CA", nullptr, ca_key.get());
    const Certificate leaf = make_certificate(key.get(), "localhost", ca.get(), ca_key.get());
    return {pem_of(ca.get()), pem_of(leaf.get()) + pem_of(ca.get()), pem_of(key.get())};
}

}  // namespace gemlive::emulator
