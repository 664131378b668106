#include "runner/transport/tls_client.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace imapspec::runner {
namespace {

std::unexpected<LinkError> failure(LinkError::Kind kind, std::string message) {
  return std::unexpected(LinkError{kind, std::move(message)});
}

std::string reason_of(unsigned long error) {
  const char* reason = ERR_reason_error_string(error);
  return reason != nullptr ? reason : "unknown reason";
}

bool is_ip_address(const std::string& host) {
  ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
  if (address == nullptr) ERR_clear_error();
  ASN1_OCTET_STRING_free(address);
  return address != nullptr;
}

// An alert of the peer is a reason of SSL_AD_REASON_OFFSET plus the alert's number.
bool is_alert(unsigned long error) {
  return ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) > SSL_AD_REASON_OFFSET;
}

std::string alert_of(unsigned long error) {
  return SSL_alert_desc_string_long(ERR_GET_REASON(error) - SSL_AD_REASON_OFFSET);
}

// classify says who ended a handshake, and why.
LinkError classify(const SSL* ssl, unsigned long error) {
  if (is_alert(error)) return {LinkError::Kind::TlsRefused, "the server refused the TLS handshake: " + alert_of(error)};
  const int reason = ERR_GET_REASON(error);
  if (const long verified = SSL_get_verify_result(ssl); reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
    return {LinkError::Kind::TlsUntrusted,
            std::string("the server's certificate does not verify: ") + X509_verify_cert_error_string(verified)};
  }
  switch (reason) {
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
    case SSL_R_NO_CIPHERS_AVAILABLE:
      return {LinkError::Kind::TlsUnavailable, "the TLS library cannot offer this version: " + reason_of(error)};
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_UNEXPECTED_MESSAGE:
    case SSL_R_UNEXPECTED_RECORD:
      return {LinkError::Kind::TlsRefused, "what the server sent is not a TLS handshake: " + reason_of(error)};
    default:
      // What the peer sent is not acceptable (a version that was not offered, weak keys, broken
      // messages). No certificate was found wrong, so it is not a matter of trust.
      return {LinkError::Kind::TlsRefused, "the TLS handshake with the server failed: " + reason_of(error)};
  }
}

}  // namespace

void TlsClient::Free::operator()(ssl_st* ssl) const { SSL_free(ssl); }

std::expected<TlsClient, LinkError> TlsClient::create(const TlsOptions& options, TlsContexts& contexts) {
  const auto context = contexts.context_for(options);
  if (!context) return std::unexpected(context.error());

  std::unique_ptr<ssl_st, Free> ssl(SSL_new(context->get()));
  if (!ssl) return failure(LinkError::Kind::TlsUnavailable, "the TLS library is out of memory");
  SSL_set0_rbio(ssl.get(), BIO_new(BIO_s_mem()));
  SSL_set0_wbio(ssl.get(), BIO_new(BIO_s_mem()));
  SSL_set_connect_state(ssl.get());

  const bool address = is_ip_address(options.server_name);
  // RFC 6066 section 3: a literal address is not allowed as a server name.
  const std::string indicated = options.indicated.value_or(address ? std::string() : options.server_name);
  if (!indicated.empty()) SSL_set_tlsext_host_name(ssl.get(), indicated.c_str());
  if (options.session) SSL_set_session(ssl.get(), options.session.get());
  if (options.verify) {
    if (options.server_name.empty()) {
      return failure(LinkError::Kind::TlsUnavailable, "there is no server name to verify the certificate against");
    }
    SSL_set_hostflags(ssl.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const int set = address ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), options.server_name.c_str())
                            : SSL_set1_host(ssl.get(), options.server_name.c_str());
    if (set != 1) {
      ERR_clear_error();
      return failure(LinkError::Kind::TlsUnavailable, "not a server name: " + options.server_name);
    }
  }
  return TlsClient(std::move(ssl));
}

void TlsClient::feed(std::string_view octets) {
  // A memory BIO takes any number of octets, an int's worth at a time.
  while (!octets.empty()) {
    const auto piece = octets.substr(0, std::numeric_limits<int>::max());
    BIO_write(SSL_get_rbio(ssl_.get()), piece.data(), static_cast<int>(piece.size()));
    octets.remove_prefix(piece.size());
  }
}

void TlsClient::collect_pending() {
  BIO* const bio = SSL_get_wbio(ssl_.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  if (size > 0) pending_.append(data, static_cast<std::size_t>(size));
  (void)BIO_reset(bio);
}

std::expected<bool, LinkError> TlsClient::handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  const int why = SSL_get_error(ssl_.get(), result);
  collect_pending();
  if (result == 1) return true;
  if (why == SSL_ERROR_WANT_READ) return false;
  failed_ = true;
  // The first error of the queue is the cause; those after it are its consequences.
  const LinkError error = classify(ssl_.get(), ERR_peek_error());
  ERR_clear_error();
  return std::unexpected(error);
}

TlsSession TlsClient::session() const {
  const TlsSession session(SSL_get1_session(ssl_.get()), &SSL_SESSION_free);
  return session && SSL_SESSION_is_resumable(session.get()) == 1 ? session : nullptr;
}

TlsFacts TlsClient::facts() const {
  const unsigned char* protocol = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &protocol, &size);
  return {.version = SSL_get_version(ssl_.get()),
          .cipher = SSL_get_cipher_name(ssl_.get()),
          .protocol = std::string(protocol, protocol + size),
          .resumed = SSL_session_reused(ssl_.get()) == 1};
}

bool TlsClient::encrypt(std::string_view octets) {
  if (failed_) return false;
  if (octets.empty()) return true;
  ERR_clear_error();
  std::size_t written = 0;
  // Into a memory BIO all is written at once, or nothing ever will be.
  const bool done = SSL_write_ex(ssl_.get(), octets.data(), octets.size(), &written) == 1;
  collect_pending();
  failed_ = !done;
  ERR_clear_error();
  return done;
}

std::expected<std::string, std::string> TlsClient::decrypt(std::size_t most) {
  if (failed_) return std::unexpected("TLS failed on this connection");
  std::string octets;
  while (octets.size() < most) {
    ERR_clear_error();
    const std::size_t before = octets.size();
    // A record holds at most 16 KiB.
    octets.resize(std::min(most, before + 16'384));
    std::size_t size = 0;
    const int result = SSL_read_ex(ssl_.get(), octets.data() + before, octets.size() - before, &size);
    const int why = SSL_get_error(ssl_.get(), result);
    octets.resize(before + size);
    if (result == 1) continue;
    // What was read before the end is handed out first; the end is found again.
    if (why == SSL_ERROR_WANT_READ || !octets.empty()) break;
    const unsigned long error = ERR_peek_error();
    collect_pending();
    if (why == SSL_ERROR_ZERO_RETURN) return std::unexpected("the server closed the TLS connection");
    failed_ = true;
    const std::string text =
        is_alert(error) ? "the server ended TLS with an alert: " + alert_of(error) : "TLS failed: " + reason_of(error);
    ERR_clear_error();
    return std::unexpected(text);
  }
  ERR_clear_error();
  collect_pending();
  return octets;
}

void TlsClient::close_notify() {
  if (failed_ || !SSL_is_init_finished(ssl_.get())) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  collect_pending();
  ERR_clear_error();
}

}  // namespace imapspec::runner
