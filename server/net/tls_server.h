// The server's half of TLS, sans I/O: ciphertext goes in and out as octets.
//
// RFC 9051 section 11.1, RFC 9325
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/auth/tls_facts.h"
#include "server/net/certificate.h"

struct ssl_st;
struct ssl_ctx_st;

namespace imapspec::server {

// LaterCertificate is made for the first client that cannot use the one that a server has.
class LaterCertificate;

// TlsContext is what all TLS connections of a server share: certificate, versions, cipher suites.
// Connections keep what they need of it.
class TlsContext {
 public:
  // create makes a context for TLS 1.2 and 1.3; with `tls_1_1` also for 1.1, which RFC 8996
  // forbids and a fault asks for. Clients are asked for a certificate only where there is a
  // `client_authority` (PEM) that they are verified by, and need not have one. `with_rsa` makes the certificate for
  // clients that cannot use the first one, where that has an ECDSA key; it is called once at most, in a handshake.
  // The error is a sentence.
  static std::expected<TlsContext, std::string> create(const Certificate& certificate, bool tls_1_1 = false,
                                                       const std::string& client_authority = {},
                                                       CertificateMaker with_rsa = {});

 private:
  friend class TlsConnection;
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  TlsContext(std::unique_ptr<ssl_ctx_st, Free> context, std::shared_ptr<LaterCertificate> later)
      : context_(std::move(context)), later_(std::move(later)) {}

  std::unique_ptr<ssl_ctx_st, Free> context_;
  std::shared_ptr<LaterCertificate> later_;  // nullptr where there is only one
};

// TlsConnection is one connection. Whatever it wants sent is in take_pending(), also after a
// failure: there it is the alert.
class TlsConnection {
 public:
  explicit TlsConnection(const TlsContext& context);

  enum class Progress : std::uint8_t { NeedsMore, Done, Failed };

  // feed takes ciphertext from the peer.
  void feed(std::string_view octets);

  // handshake goes as far as the octets allow.
  Progress handshake();

  // facts is what a session may rely on, once the handshake is done.
  [[nodiscard]] TlsFacts facts() const;

  // encrypt adds records with these octets to what is pending. False after a failure.
  bool encrypt(std::string_view octets);

  // decrypt yields at most `most` octets, none when more have to be fed, or when ended().
  std::string decrypt(std::size_t most);

  // ended is true after the peer's close_notify or a failure: nothing more will be decrypted.
  [[nodiscard]] bool ended() const { return ended_; }

  // close_notify ends our direction.
  void close_notify();

  // take_pending moves out the ciphertext to be sent.
  std::string take_pending();

 private:
  struct Free {
    void operator()(ssl_st* ssl) const;
  };

  std::shared_ptr<LaterCertificate> later_;  // before the handshake that asks for it
  std::unique_ptr<ssl_st, Free> ssl_;
  bool ended_ = false;
  bool failed_ = false;
};

}  // namespace imapspec::server
