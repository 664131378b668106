#include "runner/transport/tls_contexts.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <algorithm>
#include <string>
#include <utility>

namespace imapspec::runner {
namespace {

using Context = std::shared_ptr<ssl_ctx_st>;

// A run asks for few sets of options; a suite that asks for very many must not fill the memory.
constexpr std::size_t kMostKept = 64;

int protocol(TlsVersion version) {
  switch (version) {
    case TlsVersion::Tls1_0:
      return TLS1_VERSION;
    case TlsVersion::Tls1_1:
      return TLS1_1_VERSION;
    case TlsVersion::Tls1_2:
      return TLS1_2_VERSION;
    case TlsVersion::Tls1_3:
      return TLS1_3_VERSION;
  }
  return TLS1_3_VERSION;
}

const unsigned char* octets_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: OpenSSL's octets are unsigned
}

// RFC 7301 section 3.1: each protocol with its length before it.
std::string protocol_list(const std::vector<std::string>& protocols) {
  std::string list;
  for (const std::string& protocol : protocols) {
    list += static_cast<char>(protocol.size());
    list += protocol;
  }
  return list;
}

// use_certificate takes a certificate, the chain after it and the key from PEM.
std::expected<void, std::string> use_certificate(SSL_CTX* context, const std::string& pem) {
  // A key that asks for a passphrase must not ask the terminal.
  bool asked = false;
  const auto no_passphrase = [](char*, int, int, void* noted) {
    *static_cast<bool*>(noted) = true;
    return -1;
  };
  const auto open = [&] { return BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())); };
  const std::unique_ptr<BIO, decltype(&BIO_free)> chain(open(), &BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> own(PEM_read_bio_X509(chain.get(), nullptr, no_passphrase, &asked),
                                                        &X509_free);
  if (own == nullptr) return std::unexpected("there is no certificate (PEM)");
  if (SSL_CTX_use_certificate(context, own.get()) != 1) return std::unexpected("the certificate cannot be used");
  while (true) {
    const std::unique_ptr<X509, decltype(&X509_free)> next(
        PEM_read_bio_X509(chain.get(), nullptr, no_passphrase, &asked), &X509_free);
    if (next == nullptr) break;
    if (SSL_CTX_add1_chain_cert(context, next.get()) != 1) {
      return std::unexpected("the chain of the certificate cannot be used");
    }
  }
  const std::unique_ptr<BIO, decltype(&BIO_free)> keys(open(), &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(keys.get(), nullptr, no_passphrase, &asked), &EVP_PKEY_free);
  if (asked) return std::unexpected("the key is encrypted: take its passphrase off");
  if (key == nullptr) return std::unexpected("there is no key (PEM)");
  if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1) {
    return std::unexpected("the key is not that of the certificate");
  }
  return {};
}

std::expected<Context, LinkError> make_context(const TlsOptions& options) {
  const auto unavailable = [](const std::string& what) {
    return std::unexpected(LinkError{LinkError::Kind::TlsUnavailable, what});
  };
  const Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  if (!context) return unavailable("the TLS library cannot be initialized");

  // "Nothing above 1.1" is meant as such, also where the minimum was left at its default.
  const TlsVersion minimum = std::min(options.minimum, options.maximum);
  if (SSL_CTX_set_min_proto_version(context.get(), protocol(minimum)) != 1 ||
      SSL_CTX_set_max_proto_version(context.get(), protocol(options.maximum)) != 1) {
    return unavailable("the TLS library does not have this version");
  }
  if (minimum < TlsVersion::Tls1_2 || !options.ciphers.empty()) {
    // TLS 1.0 and 1.1 sign with SHA-1 and MD5, which security level 1 forbids already; and weak suites that are asked
    // for are to be offered.
    SSL_CTX_set_security_level(context.get(), 0);
    const std::string ciphers = (options.ciphers.empty() ? "ALL" : options.ciphers) + ":@SECLEVEL=0";
    if (SSL_CTX_set_cipher_list(context.get(), ciphers.c_str()) != 1) {
      return unavailable("the TLS library has no such cipher suites: " + ciphers);
    }
  }
  if (!options.suites.empty() && SSL_CTX_set_ciphersuites(context.get(), options.suites.c_str()) != 1) {
    return unavailable("the TLS library has no such cipher suites: " + options.suites);
  }
  if (!options.protocols.empty()) {
    const std::string list = protocol_list(options.protocols);
    SSL_CTX_set_alpn_protos(context.get(), octets_of(list), static_cast<unsigned>(list.size()));
  }
  if (!options.certificate.empty()) {
    const auto used = use_certificate(context.get(), options.certificate);
    if (!used) return unavailable("the client's certificate: " + used.error());
  }
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);

  if (!options.verify) {
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    return context;
  }
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  if (options.ca_file.empty()) {
    if (SSL_CTX_set_default_verify_paths(context.get()) != 1) return unavailable("the system has no trusted roots");
  } else if (SSL_CTX_load_verify_file(context.get(), options.ca_file.c_str()) != 1) {
    return unavailable("cannot read certificates from " + options.ca_file);
  }
  return context;
}

// shared_part is what of the options concerns the context, and not one connection alone.
TlsOptions shared_part(TlsOptions options) {
  options.server_name.clear();
  options.indicated.reset();
  options.session.reset();
  return options;
}

// version_of tells a file from what stands in its place later; empty where it cannot be told.
std::string version_of(const std::string& file) {
  struct stat found{};
  if (::stat(file.c_str(), &found) != 0) return {};
  std::string version;
  for (const auto number : {static_cast<long long>(found.st_dev), static_cast<long long>(found.st_ino),
                            static_cast<long long>(found.st_size), static_cast<long long>(found.st_mtim.tv_sec),
                            static_cast<long long>(found.st_mtim.tv_nsec)}) {
    version += std::to_string(number) + ' ';
  }
  return version;
}

}  // namespace

std::expected<void, std::string> check_certificate(const std::string& pem) {
  ERR_clear_error();
  const Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  auto used = context ? use_certificate(context.get(), pem) : std::unexpected("the TLS library cannot be initialized");
  ERR_clear_error();
  return used;
}

std::expected<Context, LinkError> TlsContexts::context_for(const TlsOptions& options) {
  TlsOptions wanted = shared_part(options);
  std::string authorities = wanted.verify && !wanted.ca_file.empty() ? version_of(wanted.ca_file) : std::string();
  const std::scoped_lock lock(mutex_);
  const auto known = std::ranges::find_if(
      kept_, [&](const Kept& kept) { return kept.authorities == authorities && kept.options == wanted; });
  if (known != kept_.end()) return known->context;
  ERR_clear_error();
  auto made = make_context(wanted);
  ERR_clear_error();
  if (!made) return made;
  if (kept_.size() == kMostKept) kept_.clear();
  kept_.push_back({.options = std::move(wanted), .authorities = std::move(authorities), .context = *made});
  return made;
}

}  // namespace imapspec::runner
