// One TCP connection, in the clear or under TLS.
#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>

#include "runner/run/link.h"
#include "runner/transport/tls_client.h"
#include "runner/transport/tls_contexts.h"

namespace imapspec::runner {

// SocketLink is a Link over a connected, non-blocking socket. The context is never run: the link
// waits with poll(), so that a deadline that passes leaves nothing behind to be cancelled, and
// costs one descriptor.
class SocketLink final : public Link {
 public:
  SocketLink(std::shared_ptr<asio::io_context> context, std::shared_ptr<TlsContexts> tls_contexts,
             asio::ip::tcp::socket socket, std::string host)
      : context_(std::move(context)),
        tls_contexts_(std::move(tls_contexts)),
        socket_(std::move(socket)),
        host_(std::move(host)) {}
  ~SocketLink() override { close(); }

  std::expected<void, LinkError> send(std::string_view octets, Deadline deadline) override;
  std::expected<std::string, LinkError> receive(Deadline deadline) override;
  std::expected<TlsFacts, LinkError> start_tls(const TlsOptions& options, Deadline deadline) override;
  [[nodiscard]] bool is_tls() const override { return tls_.has_value(); }
  [[nodiscard]] TlsSession session() const override;
  void shut_down_sending() override;
  void reset() override;
  void close() override;

 private:
  std::expected<void, LinkError> write_all(std::string_view& octets, Deadline deadline);
  std::expected<void, LinkError> write_pending_tls(Deadline deadline);
  std::expected<void, LinkError> handshake(Deadline deadline);
  void try_to_write_pending_tls();
  void read_ahead(std::size_t limit);
  void discard_received(Deadline deadline);
  [[nodiscard]] LinkError end() const;

  std::shared_ptr<asio::io_context> context_;
  std::shared_ptr<TlsContexts> tls_contexts_;
  asio::ip::tcp::socket socket_;
  std::string host_;
  std::optional<TlsClient> tls_;
  std::string inbox_;                 // as it came from the socket: under TLS, ciphertext
  std::optional<std::string> ended_;  // why nothing more will come into the inbox
};

}  // namespace imapspec::runner
