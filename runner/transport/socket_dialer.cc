#include "runner/transport/socket_dialer.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <asio/io_context.hpp>
#include <cerrno>
#include <utility>

#include "runner/transport/socket_link.h"
#include "runner/transport/tls_contexts.h"
#include "runner/transport/wait.h"

namespace imapspec::runner {
namespace {

using asio::ip::tcp;

std::string readable(const tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  const std::string port = std::to_string(endpoint.port());
  return endpoint.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

std::expected<tcp::socket, LinkError> connect_to(asio::io_context& context, const tcp::endpoint& endpoint,
                                                 Deadline deadline) {
  const auto failed = [&](LinkError::Kind kind, const std::string& why) {
    return std::unexpected(LinkError{kind, "cannot connect to " + readable(endpoint) + ": " + why});
  };
  tcp::socket socket(context);
  asio::error_code error;
  socket.open(endpoint.protocol(), error);
  if (!error) socket.non_blocking(true, error);
  if (error) return failed(LinkError::Kind::Unreachable, error.message());
  // A server that is started meanwhile must not inherit the connection and keep it open.
  ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
  if (::connect(socket.native_handle(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0) {
    if (errno != EINPROGRESS) {
      return failed(LinkError::Kind::Unreachable, asio::error_code(errno, asio::system_category()).message());
    }
    if (wait_for(socket.native_handle(), POLLOUT, deadline) == 0) {
      return failed(LinkError::Kind::Timeout, "no answer in time");
    }
    int outcome = 0;
    socklen_t size = sizeof(outcome);
    ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_ERROR, &outcome, &size);
    if (outcome != 0) {
      return failed(LinkError::Kind::Unreachable, asio::error_code(outcome, asio::system_category()).message());
    }
  }
  // On the loopback a connection to a free port of the ephemeral range can reach itself (TCP
  // simultaneous open); nobody listens there.
  if (const auto local = socket.local_endpoint(error); !error && local == endpoint) {
    return failed(LinkError::Kind::Unreachable, "Connection refused");
  }
  socket.set_option(tcp::no_delay(true), error);
  return socket;
}

class SocketDialer final : public Dialer {
 public:
  SocketDialer(std::optional<Address> cleartext, std::optional<Address> implicit_tls)
      : context_(std::make_shared<asio::io_context>(1)) {
    if (cleartext) cleartext_.emplace(*std::move(cleartext));
    if (implicit_tls) implicit_tls_.emplace(*std::move(implicit_tls));
  }

  [[nodiscard]] bool has(Door door) const override {
    return (door == Door::Cleartext ? cleartext_ : implicit_tls_).has_value();
  }

  std::expected<std::unique_ptr<Link>, LinkError> dial(Door door, Deadline deadline) override {
    auto& resolver = door == Door::Cleartext ? cleartext_ : implicit_tls_;
    if (!resolver) {
      return std::unexpected(LinkError{LinkError::Kind::Unreachable, "the server has no such port"});
    }
    const auto endpoints = resolver->endpoints(deadline);
    if (!endpoints) return std::unexpected(endpoints.error());

    LinkError last;
    auto attempts_left = static_cast<int>(endpoints->size());
    for (const tcp::endpoint& endpoint : *endpoints) {
      // An address that never answers must leave time for the next one.
      auto socket = connect_to(*context_, endpoint, deadline.share(attempts_left--));
      if (socket) {
        return std::make_unique<SocketLink>(context_, tls_contexts_, *std::move(socket), resolver->address().host);
      }
      last = std::move(socket).error();
    }
    return std::unexpected(std::move(last));
  }

 private:
  std::shared_ptr<asio::io_context> context_;
  const std::shared_ptr<TlsContexts> tls_contexts_ = std::make_shared<TlsContexts>();
  std::optional<Resolver> cleartext_;
  std::optional<Resolver> implicit_tls_;
};

}  // namespace

std::unique_ptr<Dialer> make_dialer(std::optional<Address> cleartext, std::optional<Address> implicit_tls) {
  return std::make_unique<SocketDialer>(std::move(cleartext), std::move(implicit_tls));
}

}  // namespace imapspec::runner
