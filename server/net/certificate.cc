#include "server/net/certificate.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string_view>

namespace imapspec::server {
namespace {

template <auto Function>
struct Free {
  void operator()(auto* object) const { Function(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Free<X509_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;
using Address = std::unique_ptr<ASN1_OCTET_STRING, Free<ASN1_OCTET_STRING_free>>;

constexpr int kKeyBits = 2048;
constexpr long kDaySeconds = 86'400;

// subject_alt_name writes the names as OpenSSL's configuration does, so nothing with a meaning
// there may be in them. Empty when one of them is neither an address nor a DNS name.
std::string subject_alt_name(std::span<const std::string> names) {
  std::string text;
  for (const std::string& name : names) {
    const bool address = Address(a2i_IPADDRESS(name.c_str())) != nullptr;
    const bool dns = !name.empty() && std::ranges::all_of(name, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    if (!address && !dns) return {};
    if (!text.empty()) text += ',';
    text += (address ? "IP:" : "DNS:") + name;
  }
  return text;
}

bool add_extension(X509* certificate, X509* issuer, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509V3_set_ctx_nodb(&context);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_common_name(X509_NAME* name, std::string_view text) {
  return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

bool set_random_serial(X509* certificate) {
  // RFC 5280 section 4.1.2.2: positive, and at most 20 octets.
  const Number number(BN_new());
  return number && BN_rand(number.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

// new_certificate has everything but the extensions and the signature.
Cert new_certificate(EVP_PKEY* key, std::string_view subject, const X509* issuer, std::time_t now) {
  Cert certificate(X509_new());
  if (!certificate) return nullptr;
  X509* const x509 = certificate.get();
  const bool done = X509_set_version(x509, X509_VERSION_3) == 1 && set_random_serial(x509) &&
                    set_common_name(X509_get_subject_name(x509), subject) &&
                    X509_set_issuer_name(x509, X509_get_subject_name(issuer != nullptr ? issuer : x509)) == 1 &&
                    X509_time_adj_ex(X509_getm_notBefore(x509), 0, -kDaySeconds, &now) != nullptr &&
                    X509_time_adj_ex(X509_getm_notAfter(x509), 30, 0, &now) != nullptr &&
                    X509_set_pubkey(x509, key) == 1;
  return done ? std::move(certificate) : nullptr;
}

Cert make_authority(EVP_PKEY* key, std::time_t now) {
  Cert authority = new_certificate(key, "imapspec authority of one run", nullptr, now);
  if (!authority) return nullptr;
  X509* const x509 = authority.get();
  const bool done = add_extension(x509, x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    add_extension(x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                    add_extension(x509, x509, NID_subject_key_identifier, "hash") &&
                    X509_sign(x509, key, EVP_sha256()) > 0;
  return done ? std::move(authority) : nullptr;
}

// Authority is who signs, and what for.
struct Authority {
  Key key;
  Cert certificate;
  std::string names;
  std::time_t now;
};

Cert make_leaf(EVP_PKEY* key, const std::string& usage, const Authority& authority) {
  X509* const issuer = authority.certificate.get();
  Cert leaf = new_certificate(key, "imapspec server", issuer, authority.now);
  if (!leaf) return nullptr;
  X509* const x509 = leaf.get();
  const bool done = add_extension(x509, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
                    add_extension(x509, issuer, NID_key_usage, usage) &&
                    add_extension(x509, issuer, NID_ext_key_usage, "serverAuth") &&
                    add_extension(x509, issuer, NID_subject_key_identifier, "hash") &&
                    add_extension(x509, issuer, NID_authority_key_identifier, "keyid:always") &&
                    add_extension(x509, issuer, NID_subject_alt_name, authority.names) &&
                    X509_sign(x509, authority.key.get(), EVP_sha256()) > 0;
  return done ? std::move(leaf) : nullptr;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string pem(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  return bio && PEM_write_bio_X509(bio.get(), certificate) == 1 ? text_of(bio.get()) : std::string();
}

std::string pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  return bio && PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1
             ? text_of(bio.get())
             : std::string();
}

std::expected<Certificate, std::string> certificate_of(const Authority& authority, const Key& key,
                                                       const std::string& usage) {
  ERR_clear_error();
  if (!key) return std::unexpected("the TLS library cannot make keys");
  const Cert leaf = make_leaf(key.get(), usage, authority);
  if (!leaf) {
    ERR_clear_error();
    return std::unexpected("the TLS library cannot make a certificate for " + authority.names);
  }
  Certificate made{.chain = pem(leaf.get()), .key = pem(key.get())};
  if (made.chain.empty() || made.key.empty()) return std::unexpected("the TLS library cannot write a certificate");
  return made;
}

std::expected<std::string, std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  // A chain and a key are a few KiB; what is longer is something else.
  std::string text(std::size_t{1} << 20, '\0');
  if (!file || !file.read(text.data(), static_cast<std::streamsize>(text.size())).eof()) {
    return std::unexpected("cannot read " + path);
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

std::expected<MadeCertificate, std::string> make_certificate(std::span<const std::string> names,
                                                             std::chrono::system_clock::time_point now) {
  const std::string alternatives = subject_alt_name(names);
  ERR_clear_error();
  if (alternatives.empty()) return std::unexpected("a certificate needs names that are DNS names or addresses");
  const std::time_t time = std::chrono::system_clock::to_time_t(now);

  Key authority_key(EVP_EC_gen("P-256"));
  if (!authority_key) return std::unexpected("the TLS library cannot make keys");
  Cert own = make_authority(authority_key.get(), time);
  std::string authority_pem = own ? pem(own.get()) : std::string();
  if (authority_pem.empty()) return std::unexpected("the TLS library cannot make an authority");
  const auto authority =
      std::make_shared<const Authority>(std::move(authority_key), std::move(own), alternatives, time);
  // RFC 5480 section 3: such a key signs, and encrypts nothing.
  auto certificate = certificate_of(*authority, Key(EVP_EC_gen("P-256")), "critical,digitalSignature");
  if (!certificate) return std::unexpected(std::move(certificate).error());
  const auto with_rsa = [authority] {
    return certificate_of(*authority, Key(EVP_RSA_gen(kKeyBits)), "critical,digitalSignature,keyEncipherment");
  };
  return MadeCertificate{
      .certificate = *std::move(certificate), .with_rsa = with_rsa, .authority = std::move(authority_pem)};
}

std::expected<Certificate, std::string> read_certificate(const std::string& chain_file, const std::string& key_file) {
  auto chain = read_file(chain_file);
  if (!chain) return std::unexpected(std::move(chain).error());
  auto key = read_file(key_file);
  if (!key) return std::unexpected(std::move(key).error());
  return Certificate{.chain = *std::move(chain), .key = *std::move(key)};
}

}  // namespace imapspec::server
