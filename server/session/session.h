// One IMAP session, sans I/O: events go in, octets and one wish at a time come out.
//
// RFC 9051 sections 2, 3
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

#include "server/faults/faults.h"
#include "server/session/options.h"

namespace imapspec::server {

class Store;

// Wish is what the session wants done once its output is sent.
enum class Wish : std::uint8_t {
  None,
  StartTls,  // perform a handshake, then call on_tls()
  Close,     // close the connection
};

// Session speaks IMAP over any transport. It never blocks and reads no clock. The store, and the
// options, must outlive it. Not thread-safe: all sessions of a store live on one thread.
class Session {
 public:
  Session(Store& store, const SessionOptions& options, const FaultSet& faults);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  // on_connected starts the session and queues the greeting. `tls` tells implicit TLS.
  void on_connected(bool tls);

  // on_octets takes what the client sent. Octets that come after STARTTLS was accepted and
  // before on_tls() are thrown away (section 6.2.1).
  void on_octets(std::string_view octets);

  // on_tls says that the handshake after Wish::StartTls is done.
  void on_tls();

  // on_time lets time pass: login delays and auto-logout (section 5.4).
  void on_time(std::chrono::steady_clock::time_point now);

  // on_store_changed lets an idling session tell its news (section 6.3.13).
  void on_store_changed();

  // output is the octets waiting to be sent, at most `most` of them; sent() takes `octets` of
  // them off.
  [[nodiscard]] std::string_view output(std::size_t most) const;
  void sent(std::size_t octets);

  // wants_input is false while so much output waits that no more input should be read.
  [[nodiscard]] bool wants_input() const;

  // wish is what to do when output() is empty.
  [[nodiscard]] Wish wish() const;

  // state is a small number for fuzzing feedback: the protocol state (section 3).
  enum class State : std::uint8_t { NotAuthenticated, Authenticated, Selected, Logout };
  [[nodiscard]] State state() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace imapspec::server
