// One connection as the runner sees it: octets, TLS, an end. Sockets implement it, and tests do.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct ssl_session_st;

namespace imapspec::runner {

using Clock = std::chrono::steady_clock;

// Deadline is until when a call may block: a time, and a flag that ends all waiting shortly after it is raised.
class Deadline {
 public:
  // Deadline is made from a time alone where nothing interrupts. The flag must outlive it.
  Deadline(Clock::time_point at, const std::atomic<int>* interrupted = nullptr)  // NOLINT: a time is a deadline
      : at_(at), interrupted_(interrupted) {}

  // passed says that there is nothing to wait for any more.
  [[nodiscard]] bool passed() const { return interrupted() || Clock::now() >= at_; }

  // left is the longest that a call may block before it asks again; 0 when passed.
  [[nodiscard]] std::chrono::milliseconds left() const {
    using std::chrono::milliseconds;
    // How late an interruption may be noticed.
    constexpr milliseconds kSlice{50};
    constexpr milliseconds kLongest{3'600'000};
    if (interrupted()) return milliseconds(0);
    return std::clamp(std::chrono::ceil<milliseconds>(at_ - Clock::now()), milliseconds(0),
                      interrupted_ == nullptr ? kLongest : kSlice);
  }

  // put_off is this deadline, later.
  [[nodiscard]] Deadline put_off(Clock::duration time) const { return {at_ + time, interrupted_}; }

  // share is this deadline's part of the time that is left for the first of `parts` attempts.
  [[nodiscard]] Deadline share(int parts) const {
    const auto now = Clock::now();
    return {now + (at_ - now) / parts, interrupted_};
  }

 private:
  [[nodiscard]] bool interrupted() const { return interrupted_ != nullptr && interrupted_->load() != 0; }

  Clock::time_point at_;
  const std::atomic<int>* interrupted_;
};

// LinkError is why octets could not be moved.
struct LinkError {
  enum class Kind : std::uint8_t {
    Unreachable,     // no connection: refused, no route, unknown host
    Timeout,         // the deadline passed
    Closed,          // the peer closed or reset the connection
    TlsRefused,      // the peer ended the handshake: an alert from it, or it closed
    TlsUntrusted,    // we ended the handshake: the certificate did not verify
    TlsUnavailable,  // we could not offer what was asked for; says nothing about the peer
  };
  Kind kind = Kind::Closed;
  std::string message;  // one line for people
};

// TlsVersion bounds what a handshake offers.
enum class TlsVersion : std::uint8_t { Tls1_0, Tls1_1, Tls1_2, Tls1_3 };

// TlsSession is what a later handshake may resume.
using TlsSession = std::shared_ptr<ssl_session_st>;

struct TlsOptions {
  std::string server_name;  // what the certificate must name; also SNI when it is a host name
  std::string ca_file;      // PEM; empty means the system's
  bool verify = true;
  TlsVersion minimum = TlsVersion::Tls1_2;
  TlsVersion maximum = TlsVersion::Tls1_3;  // below 1.2 the security level is lowered to really offer it
  std::string ciphers;                      // of TLS 1.2 and older, as OpenSSL lists them; empty: its default
  std::string suites;                       // of TLS 1.3, likewise
  std::optional<std::string> indicated;     // SNI: another name, or "" for none
  std::vector<std::string> protocols;       // ALPN, each of 1 to 255 octets
  std::string certificate;                  // PEM of the client's certificate, chain and key; empty: none
  TlsSession session;                       // to resume

  bool operator==(const TlsOptions&) const = default;
};

struct TlsFacts {
  std::string version;  // "TLSv1.3"
  std::string cipher;
  std::string protocol = {};  // what ALPN selected; empty: nothing
  bool resumed = false;       // the session that was offered was taken

  // number is the version as scenarios have it: "1.3".
  [[nodiscard]] std::string number() const {
    if (version == "TLSv1") return "1.0";
    return version.starts_with("TLSv") ? version.substr(4) : version;
  }
};

// Link is one connection. Calls block until done or until the deadline; they are made from one
// thread.
class Link {
 public:
  Link() = default;
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  virtual ~Link() = default;

  // send writes all octets, in one segment where they fit.
  virtual std::expected<void, LinkError> send(std::string_view octets, Deadline deadline) = 0;

  // receive waits for octets and yields at least one.
  virtual std::expected<std::string, LinkError> receive(Deadline deadline) = 0;

  // start_tls performs a handshake. Octets already received in the clear are thrown away.
  // After a failure only close() is of use.
  virtual std::expected<TlsFacts, LinkError> start_tls(const TlsOptions& options, Deadline deadline) = 0;

  [[nodiscard]] virtual bool is_tls() const = 0;

  // session is what a later connection can resume; nullptr before the server gave anything to resume.
  [[nodiscard]] virtual TlsSession session() const = 0;

  // shut_down_sending closes our half (TCP FIN).
  virtual void shut_down_sending() = 0;

  // reset ends the connection without a goodbye (TCP RST). Idempotent.
  virtual void reset() = 0;

  // close ends the connection at once. Idempotent.
  virtual void close() = 0;
};

// Door is one of a server's ports.
enum class Door : std::uint8_t {
  Cleartext,    // starts without TLS; STARTTLS may follow
  ImplicitTls,  // TLS from the first octet; the caller calls start_tls()
};

// Dialer opens connections to one server. Thread-safe.
class Dialer {
 public:
  Dialer() = default;
  Dialer(const Dialer&) = delete;
  Dialer& operator=(const Dialer&) = delete;
  virtual ~Dialer() = default;

  [[nodiscard]] virtual bool has(Door door) const = 0;
  virtual std::expected<std::unique_ptr<Link>, LinkError> dial(Door door, Deadline deadline) = 0;
};

}  // namespace imapspec::runner
