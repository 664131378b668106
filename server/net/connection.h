// One client's connection: moves octets between a socket, TLS and a Session.
#pragma once

#include <array>
#include <asio/ip/address.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/auth/authentication.h"
#include "server/net/session_clock.h"
#include "server/net/tls_server.h"
#include "server/net/transcript.h"
#include "server/session/session.h"

namespace imapspec::server {

// Surroundings is what the connections of a server share; it outlives them.
struct Surroundings {
  Store* store = nullptr;
  const SessionOptions* options = nullptr;
  Authentication* authentication = nullptr;
  const FaultSet* faults = nullptr;
  const TlsContext* tls = nullptr;
  Transcript* transcript = nullptr;  // of what is said, if there is one
  const SessionClock* clock = nullptr;
  std::atomic<std::size_t>* most_waiting = nullptr;  // the most octets that waited in one connection to be sent
  std::function<void()> handled_input;               // a session has taken octets, and may have changed the store
  std::function<void(class Connection&)> closed;     // called once; may forget the connection only later
};

// Connection lives as long as an operation on its socket is pending or its server keeps it. All
// calls are made on the one thread that runs the socket's context.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;

  Connection(asio::ip::tcp::socket socket, bool implicit_tls, const Surroundings& surroundings);

  // start greets, or waits for the handshake of implicit TLS.
  void start();

  // refuse says BYE instead of a greeting. Not for implicit TLS, where nothing can be said yet.
  void refuse(std::string_view text);

  // refused says whether it was; address is the client's; logged_in says whether its session is past the login.
  [[nodiscard]] bool refused() const { return refused_; }
  [[nodiscard]] const asio::ip::address& address() const { return address_; }
  [[nodiscard]] bool logged_in() const;

  // on_store_changed and on_time pass the event to the session and send what it has to say.
  void on_store_changed();
  void on_time(Clock::time_point now);

  // close ends the connection at once.
  void close();

 private:
  enum class Phase : std::uint8_t {
    Talking,      // octets belong to the session
    Handshaking,  // octets belong to TLS; the session waits for it
    Closing,      // all was sent and our direction is shut; the client's octets are thrown away
    Closed,
  };

  void pump();
  void fulfil(Wish wish);
  bool fill_outbox();
  void note_waiting();
  void write();
  void wait_to_wake();
  void on_written(const asio::error_code& error, std::size_t octets);
  void read();
  void on_read(const asio::error_code& error, std::size_t octets);
  void take_cleartext(std::string_view octets);
  void take_ciphertext(std::string_view octets);
  void hand_over(std::string_view octets);
  void hand_over_decrypted();
  void begin_handshake();
  void advance_handshake();
  void begin_closing();
  void shut_down_sending();
  [[nodiscard]] bool may_read() const;
  [[nodiscard]] const Limits& limits() const { return surroundings_.options->limits; }

  asio::ip::tcp::socket socket_;
  const Surroundings& surroundings_;
  Session session_;
  Peer peer_;
  asio::ip::address address_;
  bool implicit_tls_;
  std::uint64_t number_;  // in the transcript
  bool refused_ = false;
  asio::steady_timer wake_;
  std::optional<Clock::time_point> wake_at_;  // what wake_ waits for
  Phase phase_ = Phase::Talking;
  std::optional<TlsConnection> tls_;
  std::array<char, 16'384> inbox_{};
  std::string outbox_;  // being written
  std::size_t outbox_sent_ = 0;
  bool reading_ = false;
  bool writing_ = false;
  bool client_done_ = false;  // the client closed its direction
  bool handshake_failed_ = false;
  Clock::time_point phase_since_;
  Clock::time_point write_progress_;
};

}  // namespace imapspec::server
