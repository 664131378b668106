// The client's half of TLS, sans I/O: ciphertext goes in and out as octets.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "runner/run/link.h"
#include "runner/transport/tls_contexts.h"

struct ssl_st;

namespace imapspec::runner {

// TlsClient is one TLS connection. Whatever it wants sent is in pending(), also after a failure:
// there it is the alert.
class TlsClient {
 public:
  // create prepares the handshake that `options` ask for, in one of `contexts`: TlsUnavailable when there cannot be
  // such a context, or there is no name to verify.
  static std::expected<TlsClient, LinkError> create(const TlsOptions& options, TlsContexts& contexts);

  // feed takes ciphertext from the peer.
  void feed(std::string_view octets);

  // pending is the ciphertext to be sent; sent() takes octets off its front.
  [[nodiscard]] std::string_view pending() const { return pending_; }
  void sent(std::size_t octets) { pending_.erase(0, octets); }

  // handshake goes as far as the octets allow: true when done, false when more have to be fed.
  std::expected<bool, LinkError> handshake();

  // session is what the server gave to resume so far; nullptr where it gave nothing.
  [[nodiscard]] TlsSession session() const;

  // facts is what was negotiated, once the handshake is done.
  [[nodiscard]] TlsFacts facts() const;

  // encrypt adds records with these octets to pending(). False after a failure.
  bool encrypt(std::string_view octets);

  // decrypt yields at most `most` octets, none when more have to be fed; the error says how the
  // connection ended.
  std::expected<std::string, std::string> decrypt(std::size_t most);

  // close_notify ends our direction.
  void close_notify();

 private:
  struct Free {
    void operator()(ssl_st* ssl) const;
  };

  explicit TlsClient(std::unique_ptr<ssl_st, Free> ssl) : ssl_(std::move(ssl)) {}
  void collect_pending();

  std::unique_ptr<ssl_st, Free> ssl_;
  std::string pending_;
  bool failed_ = false;
};

}  // namespace imapspec::runner
