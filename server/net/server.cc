#include "server/net/server.h"

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <atomic>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include "server/auth/gnu_sasl.h"
#include "server/net/tls_server.h"
#include "server/net/transcript.h"
#include "server/store/store.h"

namespace imapspec::server {
namespace {

using asio::ip::tcp;

// How often sessions are told the time: the grain of login delays.
constexpr std::chrono::milliseconds kTick{50};

// How many clients can be told at the same time that there are too many.
constexpr std::size_t kMostRefused = 32;

std::expected<tcp::acceptor, std::string> open_port(asio::io_context& context, const std::string& host,
                                                    std::uint16_t port) {
  const auto failed = [&](const asio::error_code& error) {
    return std::unexpected("cannot listen on " + host + " port " + std::to_string(port) + ": " + error.message());
  };
  asio::error_code error;
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(host, std::to_string(port), tcp::resolver::passive, error);
  if (error) return failed(error);
  const tcp::endpoint endpoint = found.begin()->endpoint();
  tcp::acceptor acceptor(context);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return failed(error);
  return acceptor;
}

// Clients' names and passwords are prepared before they are compared, so the server's have to be.
std::expected<std::map<std::string, std::string>, std::string> prepared(const std::map<std::string, std::string>& users,
                                                                        const SaslMechanisms& mechanisms) {
  std::map<std::string, std::string> result;
  for (const auto& [user, password] : users) {
    const auto name = mechanisms.prepare(user);
    const auto secret = mechanisms.prepare(password);
    if (!name || !secret) return std::unexpected("the name or the password of \"" + user + "\" cannot be prepared");
    if (!result.emplace(*name, *secret).second) return std::unexpected("there are two users \"" + *name + "\"");
  }
  return result;
}

}  // namespace

class Server::Impl {
 public:
  Impl(Store& store, ServerConfig config, TlsContext tls, std::unique_ptr<SaslMechanisms> mechanisms)
      : config_(std::move(config)),
        tls_(std::move(tls)),
        store_(store),
        authentication_{std::move(mechanisms), {}},
        ticker_(context_) {}

  std::expected<void, std::string> open() {
    if (!config_.transcript.empty()) {
      auto transcript = Transcript::open(config_.transcript);
      if (!transcript) return std::unexpected(std::move(transcript).error());
      transcript_ = *std::move(transcript);
    }
    auto plain = open_port(context_, config_.host, config_.port);
    if (!plain) return std::unexpected(std::move(plain).error());
    auto tls = open_port(context_, config_.host, config_.tls_port);
    if (!tls) return std::unexpected(std::move(tls).error());
    plain_.emplace(*std::move(plain), false, context_);
    implicit_tls_.emplace(*std::move(tls), true, context_);
    host_ = plain_->acceptor.local_endpoint().address().to_string();
    port_ = plain_->acceptor.local_endpoint().port();
    tls_port_ = implicit_tls_->acceptor.local_endpoint().port();

    surroundings_.store = &store_;
    surroundings_.options = &config_.session;
    surroundings_.authentication = &authentication_;
    surroundings_.faults = &config_.faults;
    surroundings_.tls = &tls_;
    surroundings_.transcript = transcript_.get();
    surroundings_.clock = &clock_;
    surroundings_.most_waiting = &most_waiting_;
    surroundings_.handled_input = [this] { tell_changes(); };
    surroundings_.closed = [this](Connection& connection) { forget(connection); };
    accept(*plain_);
    accept(*implicit_tls_);
    return {};
  }

  void run() {
    tick();
    context_.run();
  }

  void call(std::function<void()> what) {
    asio::post(context_, [this, what = std::move(what)] {
      what();
      tell_changes();
    });
  }

  void stop() {
    asio::post(context_, [this] {
      stopped_ = true;
      asio::error_code ignored;
      ticker_.cancel();
      for (Port* port : {&*plain_, &*implicit_tls_}) {
        port->acceptor.close(ignored);
        port->pause.cancel();
      }
      for (const auto& connection : std::vector(connections_)) connection->close();
    });
  }

  std::string host_;
  std::uint16_t port_ = 0;
  std::uint16_t tls_port_ = 0;
  std::atomic<std::size_t> most_waiting_ = 0;

 private:
  struct Port {
    Port(tcp::acceptor acceptor_, bool tls_, asio::io_context& context)
        : acceptor(std::move(acceptor_)), tls(tls_), pause(context) {}
    tcp::acceptor acceptor;
    bool tls;
    asio::steady_timer pause;
  };

  void accept(Port& port) {
    port.acceptor.async_accept([this, &port](const asio::error_code& error, tcp::socket socket) {
      if (stopped_) return;
      if (!error) {
        welcome(std::make_shared<Connection>(std::move(socket), port.tls, surroundings_), port.tls);
      } else if (error == asio::error::no_descriptors || error == asio::error::no_memory ||
                 error == asio::error::no_buffer_space) {
        // Trying again at once would spin until somebody closes a connection.
        port.pause.expires_after(kTick);
        port.pause.async_wait([this, &port](const asio::error_code& cancelled) {
          if (!cancelled && !stopped_) accept(port);
        });
        return;
      }
      accept(port);
    });
  }

  void welcome(const std::shared_ptr<Connection>& connection, bool tls) {
    const std::string_view crowd = crowded(connection->address());
    // Before a handshake nothing can be said, and many that are being refused would be a crowd too.
    const bool silent = tls || connections_.size() >= config_.session.limits.connections + kMostRefused;
    if (!crowd.empty() && silent) return;
    connections_.push_back(connection);
    if (crowd.empty()) {
      connection->start();
    } else {
      connection->refuse(crowd);
    }
  }

  // crowded says why one more client of that address cannot be served, or nothing.
  [[nodiscard]] std::string_view crowded(const asio::ip::address& address) const {
    std::size_t all = 0;
    std::size_t of_address = 0;
    std::size_t before_login = 0;
    for (const auto& connection : connections_) {
      if (connection->refused()) continue;
      ++all;
      if (connection->address() == address) ++of_address;
      if (!connection->logged_in()) ++before_login;
    }
    const Limits& limits = config_.session.limits;
    if (all >= limits.connections) return "Too many connections";
    if (of_address >= limits.connections_per_address) return "Too many connections from your address";
    if (before_login >= limits.connections_before_login) return "Too many connections that have not logged in";
    return {};
  }

  void tick() {
    ticker_.expires_after(kTick);
    ticker_.async_wait([this](const asio::error_code& cancelled) {
      if (cancelled || stopped_) return;
      const auto now = Connection::Clock::now();
      for (const auto& connection : std::vector(connections_)) connection->on_time(now);
      tell_changes();
      tick();
    });
  }

  // tell_changes lets the sessions tell what others did. It runs later, and once for many
  // changes: the session that changed something is in the middle of a call.
  void tell_changes() {
    if (store_.changes() == told_ || telling_) return;
    telling_ = true;
    asio::post(context_, [this] {
      telling_ = false;
      told_ = store_.changes();
      if (stopped_) return;
      for (const auto& connection : std::vector(connections_)) connection->on_store_changed();
    });
  }

  // forget runs later: somebody may be walking over the connections.
  void forget(Connection& connection) {
    asio::post(context_, [this, gone = connection.shared_from_this()] { std::erase(connections_, gone); });
  }

  // Sessions use what stands above them, so connections are declared after it. The context is
  // destroyed after the connections that its handlers keep.
  const ServerConfig config_;
  const TlsContext tls_;
  Store& store_;
  std::unique_ptr<Transcript> transcript_;
  Authentication authentication_;
  const SessionClock clock_{config_.time_scale};
  Surroundings surroundings_;
  asio::io_context context_{1};
  asio::steady_timer ticker_;
  std::optional<Port> plain_;
  std::optional<Port> implicit_tls_;
  std::vector<std::shared_ptr<Connection>> connections_;
  std::uint64_t told_ = 0;
  bool telling_ = false;
  bool stopped_ = false;
};

std::expected<std::unique_ptr<Server>, std::string> Server::create(Store& store, ServerConfig config) {
  auto tls = TlsContext::create(config.certificate, config.faults.has(Fault::Tls11Accepted), config.client_authority,
                                config.rsa_certificate);
  if (!tls) return std::unexpected(std::move(tls).error());
  auto mechanisms = make_gnu_sasl();
  if (!mechanisms) return std::unexpected("the SASL library cannot be initialized");
  auto users = prepared(config.session.users, *mechanisms);
  if (!users) return std::unexpected(std::move(users).error());
  config.session.users = *std::move(users);
  auto impl = std::make_unique<Impl>(store, std::move(config), *std::move(tls), std::move(mechanisms));
  if (auto opened = impl->open(); !opened) return std::unexpected(std::move(opened).error());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

const std::string& Server::host() const { return impl_->host_; }
std::uint16_t Server::port() const { return impl_->port_; }
std::uint16_t Server::tls_port() const { return impl_->tls_port_; }
std::size_t Server::most_waiting() const { return impl_->most_waiting_; }
void Server::run() { impl_->run(); }
void Server::call(std::function<void()> what) { impl_->call(std::move(what)); }
void Server::stop() { impl_->stop(); }

}  // namespace imapspec::server
