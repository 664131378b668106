// The server's half of TLS over a peer that otherwise writes what it wants.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tests/e2e/hostile_server.h"

struct ssl_st;
struct ssl_ctx_st;

namespace imapspec::e2e {

// TlsPeer does a handshake with a certificate that nobody trusts, where the client wants one; it may demand one of the
// client, whatever that is worth. The peer's socket stays
// usable beside it.
class TlsPeer {
 public:
  enum class Wants : std::uint8_t { Anybody, Certificate };
  explicit TlsPeer(Peer& peer, Wants wants = Wants::Anybody);
  ~TlsPeer();
  TlsPeer(const TlsPeer&) = delete;
  TlsPeer& operator=(const TlsPeer&) = delete;

  // read waits for octets; false without a handshake, and at the end.
  bool read();

  // read_line yields the next line without its CRLF.
  std::optional<std::string> read_line();

  // write sends octets in a record; false without a handshake, and when nobody takes them.
  bool write(std::string_view octets);

 private:
  std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st*)> context_;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
  bool accepted_ = false;
  std::string received_;
};

}  // namespace imapspec::e2e
