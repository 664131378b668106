#include "server/net/tls_server.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <limits>
#include <mutex>

namespace imapspec::server {
namespace {

using Bio = std::unique_ptr<BIO, decltype([](BIO* bio) { BIO_free_all(bio); })>;
using Cert = std::unique_ptr<X509, decltype([](X509* x509) { X509_free(x509); })>;
using Key = std::unique_ptr<EVP_PKEY, decltype([](EVP_PKEY* key) { EVP_PKEY_free(key); })>;

Bio reader(const std::string& text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

// A key that wants a passphrase is an error and no prompt on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

Key read_key(const Certificate& certificate) {
  const Bio text = reader(certificate.key);
  return Key(PEM_read_bio_PrivateKey(text.get(), nullptr, no_passphrase, nullptr));
}

bool use_certificate(SSL_CTX* context, const Certificate& certificate) {
  const Bio chain = reader(certificate.chain);
  const Cert leaf(PEM_read_bio_X509(chain.get(), nullptr, no_passphrase, nullptr));
  if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1) return false;
  while (Cert next{PEM_read_bio_X509(chain.get(), nullptr, no_passphrase, nullptr)}) {
    if (SSL_CTX_add1_chain_cert(context, next.get()) != 1) return false;
  }
  const Key key = read_key(certificate);
  return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1 && SSL_CTX_check_private_key(context) == 1;
}

// shares_suite says whether client and server have a suite of TLS 1.2 or older with such signatures.
bool shares_suite(SSL* ssl, int signatures) {
  const STACK_OF(SSL_CIPHER)* const offered = SSL_get_client_ciphers(ssl);
  STACK_OF(SSL_CIPHER)* const ours = SSL_get_ciphers(ssl);
  for (int i = 0; i < sk_SSL_CIPHER_num(offered); ++i) {
    const SSL_CIPHER* const one = sk_SSL_CIPHER_value(offered, i);
    if (SSL_CIPHER_get_auth_nid(one) == signatures && sk_SSL_CIPHER_find(ours, one) >= 0) return true;
  }
  return false;
}

// needs_rsa says whether a client cannot use the ECDSA certificate of the server, and could use an RSA one.
bool needs_rsa(SSL* ssl) {
  // Whether it has the signature algorithm, and the curve where that matters.
  const bool verifies =
      (static_cast<unsigned>(SSL_check_chain(ssl, SSL_get_certificate(ssl), SSL_get_privatekey(ssl), nullptr)) &
       CERT_PKEY_VALID) != 0;
  if (SSL_version(ssl) >= TLS1_3_VERSION) return !verifies;
  // The suites of TLS 1.1 that a fault takes are RSA's.
  const bool ecdsa = verifies && SSL_version(ssl) == TLS1_2_VERSION && shares_suite(ssl, NID_auth_ecdsa);
  return !ecdsa && shares_suite(ssl, NID_auth_rsa);
}

// RFC 8314 section 4.2: who takes no certificates asks for none.
bool trust_clients_of(SSL_CTX* context, const std::string& authority) {
  const Bio text = reader(authority);
  bool trusted = false;
  while (const Cert next{PEM_read_bio_X509(text.get(), nullptr, no_passphrase, nullptr)}) {
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), next.get()) != 1) return false;
    if (SSL_CTX_add_client_CA(context, next.get()) != 1) return false;
    trusted = true;
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return trusted;
}

// common_name is whom a certificate names; empty where it names nobody, or more than one.
std::string common_name(const X509* certificate) {
  const X509_NAME* const subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0 || X509_NAME_get_index_by_NID(subject, NID_commonName, at) >= 0) return {};
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (size < 0) return {};
  std::string name(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return name;
}

// RFC 9325 section 3.7: a name that this server does not have SHOULD end the handshake.
int on_server_name(SSL* ssl, int* alert, void*) {
  const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  X509* const certificate = SSL_get_certificate(ssl);
  if (name == nullptr || certificate == nullptr || X509_check_host(certificate, name, 0, 0, nullptr) == 1) {
    return SSL_TLSEXT_ERR_OK;
  }
  *alert = SSL_AD_UNRECOGNIZED_NAME;
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// RFC 7301 section 3.2: a client that offers protocols, and not "imap", is in the wrong place.
int on_alpn(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
            unsigned int offered_size, void*) {
  static constexpr unsigned char kImap[] = {4, 'i', 'm', 'a', 'p'};
  unsigned char* selected = nullptr;
  const int found = SSL_select_next_proto(&selected, size, kImap, sizeof(kImap), offered, offered_size);
  *chosen = selected;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

class LaterCertificate {
 public:
  explicit LaterCertificate(CertificateMaker make) : make_(std::move(make)) {}

  // on_certificate chooses the certificate of a handshake: OpenSSL's callback.
  static int on_certificate(SSL* ssl, void* later) {
    return !needs_rsa(ssl) || static_cast<LaterCertificate*>(later)->use(ssl) ? 1 : 0;
  }

 private:
  bool use(SSL* ssl) {
    std::call_once(made_, [this] {
      const auto made = make_();
      if (!made) return;
      leaf_.reset(PEM_read_bio_X509(reader(made->chain).get(), nullptr, no_passphrase, nullptr));
      key_ = read_key(*made);
    });
    return leaf_ && key_ && SSL_use_certificate(ssl, leaf_.get()) == 1 && SSL_use_PrivateKey(ssl, key_.get()) == 1;
  }

  CertificateMaker make_;
  std::once_flag made_;
  Cert leaf_;
  Key key_;
};

void TlsContext::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void TlsConnection::Free::operator()(ssl_st* ssl) const { SSL_free(ssl); }

std::expected<TlsContext, std::string> TlsContext::create(const Certificate& certificate, bool tls_1_1,
                                                          const std::string& client_authority,
                                                          CertificateMaker with_rsa) {
  ERR_clear_error();
  std::unique_ptr<ssl_ctx_st, Free> context(SSL_CTX_new(TLS_server_method()));
  if (!context) return std::unexpected("the TLS library cannot be initialized");
  SSL_CTX* const tls = context.get();

  // RFC 9051 section 11.1, RFC 9325 section 4.2: forward secrecy and AEAD.
  const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM";
  if (tls_1_1) {
    // TLS 1.1 signs with SHA-1 and MD5, which security level 1 forbids already, and has no AEAD.
    SSL_CTX_set_security_level(tls, 0);
    ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:@SECLEVEL=0";
  }
  SSL_CTX_set_min_proto_version(tls, tls_1_1 ? TLS1_1_VERSION : TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(tls, ciphers);
  SSL_CTX_set_dh_auto(tls, 1);
  // No tickets and no cache: every connection is a full handshake, and nothing follows it that a
  // client could take for an answer.
  SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(tls, 0);
  SSL_CTX_set_options(
      tls, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_tlsext_servername_callback(tls, on_server_name);
  SSL_CTX_set_alpn_select_cb(tls, on_alpn, nullptr);

  std::shared_ptr<LaterCertificate> later;
  if (with_rsa) {
    later = std::make_shared<LaterCertificate>(std::move(with_rsa));
    SSL_CTX_set_cert_cb(tls, LaterCertificate::on_certificate, later.get());
  }

  const bool trusts = client_authority.empty() || trust_clients_of(tls, client_authority);
  const bool usable = use_certificate(tls, certificate);
  ERR_clear_error();
  if (!trusts) return std::unexpected("the authority of the clients' certificates is no PEM");
  if (!usable) return std::unexpected("the certificate and the key are no PEM, or do not belong together");
  return TlsContext(std::move(context), std::move(later));
}

TlsConnection::TlsConnection(const TlsContext& context)
    : later_(context.later_), ssl_(SSL_new(context.context_.get())) {
  if (!ssl_) {
    failed_ = ended_ = true;
    return;
  }
  SSL_set0_rbio(ssl_.get(), BIO_new(BIO_s_mem()));
  SSL_set0_wbio(ssl_.get(), BIO_new(BIO_s_mem()));
  SSL_set_accept_state(ssl_.get());
}

void TlsConnection::feed(std::string_view octets) {
  if (failed_) return;
  while (!octets.empty()) {
    const auto piece = octets.substr(0, std::numeric_limits<int>::max());
    BIO_write(SSL_get_rbio(ssl_.get()), piece.data(), static_cast<int>(piece.size()));
    octets.remove_prefix(piece.size());
  }
}

TlsConnection::Progress TlsConnection::handshake() {
  if (failed_) return Progress::Failed;
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  const int why = SSL_get_error(ssl_.get(), result);
  ERR_clear_error();
  if (result == 1) return Progress::Done;
  if (why == SSL_ERROR_WANT_READ) return Progress::NeedsMore;
  failed_ = ended_ = true;
  return Progress::Failed;
}

bool TlsConnection::encrypt(std::string_view octets) {
  if (failed_) return false;
  if (octets.empty()) return true;
  ERR_clear_error();
  std::size_t written = 0;
  // Into a memory BIO all is written at once, or nothing ever will be.
  const bool done = SSL_write_ex(ssl_.get(), octets.data(), octets.size(), &written) == 1;
  if (!done) failed_ = ended_ = true;
  ERR_clear_error();
  return done;
}

TlsFacts TlsConnection::facts() const {
  TlsFacts facts;
  SSL* const ssl = ssl_.get();
  facts.version = SSL_get_version(ssl);
  const bool tls_1_3 = SSL_version(ssl) >= TLS1_3_VERSION;
  // RFC 9266 section 3, RFC 7677 section 4: without the extended master secret two connections can have the
  // same binding.
  if (tls_1_3 || SSL_get_extms_support(ssl) == 1) {
    static constexpr std::string_view kLabel = "EXPORTER-Channel-Binding";
    std::array<unsigned char, 32> exported{};
    static constexpr unsigned char kNoContext = 0;
    if (SSL_export_keying_material(ssl, exported.data(), exported.size(), kLabel.data(), kLabel.size(), &kNoContext, 0,
                                   1) == 1) {
      facts.exporter.assign(exported.begin(), exported.end());
    }
    if (!tls_1_3) {
      // RFC 5929 section 3.1: the first Finished, which is the client's where nothing is resumed.
      std::array<unsigned char, EVP_MAX_MD_SIZE> finished{};
      const std::size_t size = SSL_get_peer_finished(ssl, finished.data(), finished.size());
      facts.unique.assign(finished.data(), finished.data() + std::min(size, finished.size()));
    }
  }
  const X509* const certificate = SSL_get0_peer_certificate(ssl);
  if (certificate != nullptr && SSL_get_verify_result(ssl) == X509_V_OK)
    facts.certificate_name = common_name(certificate);
  ERR_clear_error();
  return facts;
}

std::string TlsConnection::decrypt(std::size_t most) {
  std::string octets;
  while (!ended_ && octets.size() < most) {
    ERR_clear_error();
    const std::size_t before = octets.size();
    // A record holds at most 16 KiB.
    octets.resize(std::min(most, before + 16'384));
    std::size_t size = 0;
    const int result = SSL_read_ex(ssl_.get(), octets.data() + before, octets.size() - before, &size);
    const int why = SSL_get_error(ssl_.get(), result);
    octets.resize(before + size);
    if (result == 1) continue;
    if (why == SSL_ERROR_WANT_READ) break;
    ended_ = true;
    failed_ = why != SSL_ERROR_ZERO_RETURN;
  }
  ERR_clear_error();
  return octets;
}

void TlsConnection::close_notify() {
  if (failed_ || !SSL_is_init_finished(ssl_.get())) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

std::string TlsConnection::take_pending() {
  if (!ssl_) return {};
  BIO* const bio = SSL_get_wbio(ssl_.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string octets(data, size > 0 ? static_cast<std::size_t>(size) : 0);
  (void)BIO_reset(bio);
  return octets;
}

}  // namespace imapspec::server
