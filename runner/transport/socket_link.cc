#include "runner/transport/socket_link.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <utility>

#include "runner/transport/wait.h"

namespace imapspec::runner {
namespace {

constexpr std::size_t kInboxOctets = std::size_t{1} << 20;
constexpr std::size_t kReceiveOctets = std::size_t{64} << 10;
// Plaintext is encrypted piece by piece, so that a large message is not held twice.
constexpr std::size_t kEncryptOctets = std::size_t{256} << 10;

std::unexpected<LinkError> timeout(std::string message) {
  return std::unexpected(LinkError{LinkError::Kind::Timeout, std::move(message)});
}

}  // namespace

LinkError SocketLink::end() const {
  if (!socket_.is_open()) return {LinkError::Kind::Closed, "the connection was closed here"};
  return {LinkError::Kind::Closed, ended_.value_or("the server closed the connection")};
}

// read_ahead takes what the socket has, until the inbox holds `limit` octets or a little more.
void SocketLink::read_ahead(std::size_t limit) {
  std::array<char, 16'384> buffer;
  while (!ended_ && inbox_.size() < limit) {
    asio::error_code error;
    const std::size_t size = socket_.read_some(asio::buffer(buffer), error);
    if (error == asio::error::would_block || error == asio::error::interrupted) return;
    if (error == asio::error::eof) {
      ended_ = "the server closed the connection";
    } else if (error) {
      ended_ = "the connection broke: " + error.message();
    } else {
      inbox_.append(buffer.data(), size);
      // A full buffer may mean more; anything less was all there is.
      if (size < buffer.size()) return;
    }
  }
}

// write_all takes off the front of `octets` what was written, also when it fails.
std::expected<void, LinkError> SocketLink::write_all(std::string_view& octets, Deadline deadline) {
  while (!octets.empty()) {
    if (!socket_.is_open()) return std::unexpected(end());
    asio::error_code error;
    const std::size_t size = socket_.write_some(asio::buffer(octets.data(), octets.size()), error);
    if (!error) {
      octets.remove_prefix(size);
      continue;
    }
    if (error == asio::error::interrupted) continue;
    if (error != asio::error::would_block) {
      return std::unexpected(LinkError{LinkError::Kind::Closed, "the connection broke: " + error.message()});
    }
    // A server that waits for its own output to be read would never read ours.
    const bool room = !ended_ && inbox_.size() < kInboxOctets;
    const short ready =
        wait_for(socket_.native_handle(), static_cast<short>(room ? POLLOUT | POLLIN : POLLOUT), deadline);
    if (ready == 0) return timeout("the server does not read: " + std::to_string(octets.size()) + " octets left");
    if ((ready & POLLIN) != 0 && room) read_ahead(kInboxOctets);
    if ((ready & (POLLOUT | POLLERR | POLLHUP)) == 0 && deadline.passed()) {
      return timeout("the server sends and does not read: " + std::to_string(octets.size()) + " octets left");
    }
  }
  return {};
}

std::expected<void, LinkError> SocketLink::send(std::string_view octets, Deadline deadline) {
  if (!tls_) return write_all(octets, deadline);
  while (!octets.empty()) {
    const std::string_view piece = octets.substr(0, kEncryptOctets);
    if (!tls_->encrypt(piece)) return std::unexpected(end());
    if (auto written = write_pending_tls(deadline); !written) return written;
    octets.remove_prefix(piece.size());
  }
  return {};
}

// write_pending_tls keeps what could not be written: a record that was cut would garble all that
// follows.
std::expected<void, LinkError> SocketLink::write_pending_tls(Deadline deadline) {
  std::string_view left = tls_->pending();
  const std::size_t size = left.size();
  auto written = write_all(left, deadline);
  tls_->sent(size - left.size());
  return written;
}

void SocketLink::try_to_write_pending_tls() {
  const std::string_view octets = tls_->pending();
  if (octets.empty() || !socket_.is_open()) return;
  asio::error_code error;
  tls_->sent(socket_.write_some(asio::buffer(octets.data(), octets.size()), error));
}

std::expected<std::string, LinkError> SocketLink::receive(Deadline deadline) {
  while (socket_.is_open()) {
    if (!tls_) {
      if (!inbox_.empty()) {
        std::string octets = inbox_.substr(0, kReceiveOctets);
        inbox_.erase(0, octets.size());
        return octets;
      }
    } else {
      auto octets = tls_->decrypt(kReceiveOctets);
      // What TLS wants to answer by itself (an alert, a key update) must not pile up.
      try_to_write_pending_tls();
      if (tls_->pending().size() > kInboxOctets) {
        return std::unexpected(LinkError{LinkError::Kind::Closed, "the server asks for TLS answers it does not read"});
      }
      if (!octets) return std::unexpected(LinkError{LinkError::Kind::Closed, std::move(octets).error()});
      if (!octets->empty()) return *std::move(octets);
      if (!inbox_.empty()) {
        tls_->feed(std::exchange(inbox_, {}));
        continue;
      }
    }
    if (ended_) return std::unexpected(end());
    if (wait_for(socket_.native_handle(), POLLIN, deadline) == 0) return timeout("nothing received in time");
    read_ahead(kReceiveOctets);
  }
  return std::unexpected(end());
}

// discard_received throws away what came in the clear, also what still lies in the kernel. A
// server that never stops sending is left to the handshake, which fails.
void SocketLink::discard_received(Deadline deadline) {
  std::size_t discarded = 0;
  do {
    inbox_.clear();
    read_ahead(kInboxOctets);
    discarded += inbox_.size();
  } while (!inbox_.empty() && discarded < 16 * kInboxOctets && !deadline.passed());
  inbox_.clear();
}

std::expected<TlsFacts, LinkError> SocketLink::start_tls(const TlsOptions& options, Deadline deadline) {
  if (!socket_.is_open()) return std::unexpected(end());
  if (tls_) {
    return std::unexpected(LinkError{LinkError::Kind::TlsUnavailable, "the connection is under TLS already"});
  }
  TlsOptions named = options;
  if (named.server_name.empty()) named.server_name = host_;
  auto client = TlsClient::create(named, *tls_contexts_);
  if (!client) return std::unexpected(std::move(client).error());
  discard_received(deadline);
  tls_.emplace(*std::move(client));
  if (auto done = handshake(deadline); !done) return std::unexpected(std::move(done).error());
  return tls_->facts();
}

std::expected<void, LinkError> SocketLink::handshake(Deadline deadline) {
  while (true) {
    const auto done = tls_->handshake();
    if (!done) {
      // The alert that says why; the reason is known whether it arrives or not.
      try_to_write_pending_tls();
      return std::unexpected(done.error());
    }
    if (auto written = write_pending_tls(deadline); !written) {
      if (written.error().kind == LinkError::Kind::Timeout) return written;
      // The server may have said why before it closed.
      read_ahead(kInboxOctets);
      if (inbox_.empty()) {
        return std::unexpected(LinkError{LinkError::Kind::TlsRefused,
                                         "the connection ended during the handshake: " + written.error().message});
      }
    }
    if (*done) return {};
    while (inbox_.empty()) {
      if (ended_) {
        return std::unexpected(
            LinkError{LinkError::Kind::TlsRefused, "the connection ended during the handshake: " + *ended_});
      }
      if (wait_for(socket_.native_handle(), POLLIN, deadline) == 0) {
        return timeout("the TLS handshake did not finish in time");
      }
      read_ahead(kInboxOctets);
    }
    tls_->feed(std::exchange(inbox_, {}));
  }
}

void SocketLink::shut_down_sending() {
  if (!socket_.is_open()) return;
  if (tls_) {
    tls_->close_notify();
    try_to_write_pending_tls();
  }
  asio::error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
}

TlsSession SocketLink::session() const { return tls_ ? tls_->session() : nullptr; }

void SocketLink::reset() {
  if (!socket_.is_open()) return;
  asio::error_code error;
  // With no time to linger the kernel throws away what is not sent yet, and resets.
  socket_.set_option(asio::socket_base::linger(true, 0), error);
  socket_.close(error);
}

void SocketLink::close() {
  if (!socket_.is_open()) return;
  if (tls_) {
    tls_->close_notify();
    try_to_write_pending_tls();
  }
  asio::error_code error;
  socket_.close(error);
}

}  // namespace imapspec::runner
