#include "runner/transport/relay.h"

#include <openssl/ssl.h>

#include <array>
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/redirect_error.hpp>
#include <asio/ssl/context.hpp>
#include <asio/ssl/host_name_verification.hpp>
#include <asio/ssl/stream.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <span>
#include <utility>

namespace imapspec::runner {
namespace {

using asio::awaitable;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto kPatience = 10s;  // for a connection, a handshake and its end

// Leg is one of the two connections.
class Leg {
 public:
  explicit Leg(tcp::socket socket) : socket_(std::move(socket)) {}

  awaitable<std::size_t> read(std::span<char> buffer, asio::error_code& error) {
    const auto into = asio::buffer(buffer.data(), buffer.size());
    if (tls_) co_return co_await tls_->async_read_some(into, redirect_error(use_awaitable, error));
    co_return co_await socket_.async_read_some(into, redirect_error(use_awaitable, error));
  }

  awaitable<void> write(std::string_view octets, asio::error_code& error) {
    const auto from = asio::buffer(octets.data(), octets.size());
    if (tls_) {
      co_await asio::async_write(*tls_, from, redirect_error(use_awaitable, error));
    } else {
      co_await asio::async_write(socket_, from, redirect_error(use_awaitable, error));
    }
  }

  awaitable<asio::error_code> handshake(asio::ssl::context& context, asio::ssl::stream_base::handshake_type side,
                                        const TlsOptions* verify) {
    asio::error_code error;
    tls_.emplace(socket_, context);
    if (verify != nullptr) {
      const std::string& name = verify->server_name;
      if (asio::ip::make_address(name, error); error) SSL_set_tlsext_host_name(tls_->native_handle(), name.c_str());
      tls_->set_verify_mode(verify->verify ? asio::ssl::verify_peer : asio::ssl::verify_none);
      tls_->set_verify_callback(asio::ssl::host_name_verification(name));
    }
    error = {};
    co_await tls_->async_handshake(side, redirect_error(use_awaitable, error));
    co_return error;
  }

  // end says goodbye as TLS does, and closes our half.
  awaitable<void> end() {
    asio::error_code error;
    if (tls_) {
      co_await tls_->async_shutdown(redirect_error(use_awaitable, error));
    } else {
      socket_.shutdown(tcp::socket::shutdown_send, error);
    }
  }

  void stop_reading() {
    asio::error_code error;
    socket_.cancel(error);
  }

  void close() {
    asio::error_code error;
    socket_.close(error);
  }

  [[nodiscard]] bool is_open() const { return socket_.is_open(); }
  [[nodiscard]] tcp::socket& socket() { return socket_; }

 private:
  tcp::socket socket_;
  std::optional<asio::ssl::stream<tcp::socket&>> tls_;
};

// Both is a client, its connection to the server, and who listens.
struct Both {
  Both(tcp::socket accepted, std::shared_ptr<RelayTap> listener)
      : client(std::move(accepted)),
        server(tcp::socket(client.socket().get_executor())),
        timer(client.socket().get_executor()),
        tap(std::move(listener)) {}

  void close() {
    client.close();
    server.close();
  }

  Leg client;
  Leg server;
  asio::steady_timer timer;
  std::shared_ptr<RelayTap> tap;
  bool upgrading = false;  // STARTTLS was agreed to
  bool client_paused = false;
};

std::string sentence(std::string_view what, const asio::error_code& error) {
  return std::string(what) + ": " + error.message();
}

}  // namespace

class Relay::Body {
 public:
  Body(const RelayOptions& options, std::function<std::shared_ptr<RelayTap>()> new_tap)
      : options_(options),
        new_tap_(std::move(new_tap)),
        context_(1),
        acceptor_(context_),
        to_clients_(asio::ssl::context::tls_server),
        to_server_(asio::ssl::context::tls_client),
        clock_(context_) {}

  std::expected<void, std::string> prepare() {
    asio::error_code error;
    if (options_.tls.server_name.empty()) options_.tls.server_name = options_.server.host;
    to_clients_.use_certificate_chain(asio::buffer(options_.certificate), error);
    if (!error) to_clients_.use_private_key(asio::buffer(options_.key), asio::ssl::context::pem, error);
    if (error) return std::unexpected(sentence("the certificate cannot be used", error));
    if (options_.tls.ca_file.empty()) {
      to_server_.set_default_verify_paths(error);
    } else {
      to_server_.load_verify_file(options_.tls.ca_file, error);
    }
    if (error) return std::unexpected(sentence("the certificates to trust cannot be read", error));

    tcp::resolver resolver(context_);
    const auto found =
        resolver.resolve(options_.listen.host, std::to_string(options_.listen.port), tcp::resolver::passive, error);
    if (!error) acceptor_.open(found.begin()->endpoint().protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(found.begin()->endpoint(), error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return std::unexpected(
          sentence("cannot listen on " + options_.listen.host + ":" + std::to_string(options_.listen.port), error));
    }
    return {};
  }

  [[nodiscard]] std::uint16_t port() const {
    asio::error_code error;
    return acceptor_.local_endpoint(error).port();
  }

  void run(const std::atomic<int>& stop) {
    asio::co_spawn(context_, accept(), asio::detached);
    asio::co_spawn(context_, watch(stop), asio::detached);
    context_.run();
  }

 private:
  // A signal handler can do no more than set the flag.
  awaitable<void> watch(const std::atomic<int>& stop) {
    while (stop.load() == 0) {
      clock_.expires_after(50ms);
      asio::error_code error;
      co_await clock_.async_wait(redirect_error(use_awaitable, error));
    }
    context_.stop();
  }

  awaitable<void> accept() {
    while (true) {
      asio::error_code error;
      tcp::socket socket = co_await acceptor_.async_accept(redirect_error(use_awaitable, error));
      if (error) {
        // No descriptors left, or a client that left again: a moment later is better than at once.
        asio::steady_timer pause(context_, 50ms);
        co_await pause.async_wait(redirect_error(use_awaitable, error));
        continue;
      }
      if (open_ >= options_.connections) continue;  // closes it
      auto tap = new_tap_();
      if (!tap) continue;
      auto both = std::make_shared<Both>(std::move(socket), std::move(tap));
      asio::co_spawn(context_, serve(std::move(both)), asio::detached);
    }
  }

  awaitable<void> serve(std::shared_ptr<Both> both) {
    ++open_;
    // Note: one co_await a statement: GCC 12 loses what others of an expression need.
    bool ready = co_await connect(both);
    if (ready && options_.implicit_tls) ready = co_await handshakes(both);
    if (ready) co_await pass(both);
    both->close();
    both->tap->on_closed();
    --open_;
  }

  awaitable<bool> connect(std::shared_ptr<Both> both) {
    asio::error_code error;
    tcp::resolver resolver(context_);
    const auto found = co_await resolver.async_resolve(options_.server.host, std::to_string(options_.server.port),
                                                       redirect_error(use_awaitable, error));
    if (!error) {
      error = asio::error::host_not_found;
      for (const auto& entry : found) {
        both->server.close();
        limit(both);
        co_await both->server.socket().async_connect(entry.endpoint(), redirect_error(use_awaitable, error));
        both->timer.cancel();
        if (!error) break;
      }
    }
    if (error) {
      both->tap->on_note(sentence("the server cannot be reached", error));
      co_return false;
    }
    both->server.socket().set_option(tcp::no_delay(true), error);
    both->client.socket().set_option(tcp::no_delay(true), error);
    co_return true;
  }

  // limit closes everything unless the timer is cancelled in time. What has expired already cannot be cancelled, and
  // may outlive the connection.
  static void limit(const std::shared_ptr<Both>& both) {
    both->timer.expires_after(kPatience);
    both->timer.async_wait([both](const asio::error_code& error) {
      if (!error) both->close();
    });
  }

  awaitable<bool> handshakes(std::shared_ptr<Both> both) {
    limit(both);
    auto error = co_await both->server.handshake(to_server_, asio::ssl::stream_base::client, &options_.tls);
    if (error) {
      both->tap->on_note(sentence("no TLS with the server", error));
    } else {
      error = co_await both->client.handshake(to_clients_, asio::ssl::stream_base::server, nullptr);
      if (error) both->tap->on_note(sentence("no TLS with the client", error));
    }
    both->timer.cancel();
    if (error) co_return false;
    both->tap->on_tls();
    co_return true;
  }

  awaitable<void> pass(std::shared_ptr<Both> both) {
    asio::co_spawn(context_, pass_client(both), asio::detached);
    std::array<char, 16'384> buffer;
    while (true) {
      asio::error_code error;
      const std::size_t size = co_await both->server.read(buffer, error);
      if (error) {
        if (both->server.is_open()) both->tap->on_note("the server closed the connection");
        break;
      }
      const std::string_view octets(buffer.data(), size);
      const auto before_tls = both->tap->on_server(octets);
      if (before_tls) {
        const bool upgraded = co_await upgrade(both, octets.substr(0, *before_tls));
        if (!upgraded) co_return;
        continue;
      }
      co_await both->client.write(octets, error);
      if (error) break;
    }
    limit(both);
    co_await both->client.end();
    both->timer.cancel();
  }

  // upgrade hands on the answer to STARTTLS when nobody reads the client's handshake as commands any more.
  awaitable<bool> upgrade(std::shared_ptr<Both> both, std::string_view answer) {
    both->upgrading = true;
    limit(both);  // the server may read nothing any more, and then nobody stops writing to it
    both->client.stop_reading();
    asio::error_code error;
    while (!both->client_paused && both->client.is_open()) {
      asio::steady_timer pause(context_, 1ms);
      co_await pause.async_wait(redirect_error(use_awaitable, error));
    }
    co_await both->client.write(answer, error);
    if (error) co_return false;
    const bool secured = co_await handshakes(both);
    if (!secured) co_return false;
    both->upgrading = both->client_paused = false;
    asio::co_spawn(context_, pass_client(both), asio::detached);
    co_return true;
  }

  awaitable<void> pass_client(std::shared_ptr<Both> both) {
    std::array<char, 16'384> buffer;
    while (!both->upgrading) {
      asio::error_code error;
      const std::size_t size = co_await both->client.read(buffer, error);
      if (error) {
        if (both->upgrading) break;
        if (both->client.is_open()) both->tap->on_note("the client closed the connection");
        limit(both);  // the server has this long to end it too
        co_await both->server.end();
        break;
      }
      const std::string_view octets(buffer.data(), size);
      both->tap->on_client(octets);
      co_await both->server.write(octets, error);
      if (error) break;
    }
    both->client_paused = true;
  }

  RelayOptions options_;
  std::function<std::shared_ptr<RelayTap>()> new_tap_;
  asio::io_context context_;
  tcp::acceptor acceptor_;
  asio::ssl::context to_clients_;
  asio::ssl::context to_server_;
  asio::steady_timer clock_;
  std::size_t open_ = 0;
};

Relay::Relay(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Relay::Relay(Relay&&) noexcept = default;
Relay& Relay::operator=(Relay&&) noexcept = default;
Relay::~Relay() = default;

std::expected<Relay, std::string> Relay::create(const RelayOptions& options,
                                                std::function<std::shared_ptr<RelayTap>()> new_tap) {
  auto body = std::make_unique<Body>(options, std::move(new_tap));
  if (auto ready = body->prepare(); !ready) return std::unexpected(ready.error());
  return Relay(std::move(body));
}

std::uint16_t Relay::port() const { return body_->port(); }

void Relay::run(const std::atomic<int>& stop) { body_->run(stop); }

}  // namespace imapspec::runner
