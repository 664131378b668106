// One IMAP session, sans I/O: events go in, octets and one wish at a time come out.
//
// RFC 9051 sections 2, 3
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "server/auth/tls_facts.h"
#include "server/faults/faults.h"
#include "server/session/options.h"

namespace imapspec::server {

class Store;
struct Authentication;

// Wish is what the session wants done once its output is sent.
enum class Wish : std::uint8_t {
  None,
  StartTls,  // perform a handshake, then call on_tls()
  Close,     // close the connection
};

// Session speaks IMAP over any transport. It never blocks and reads no clock. All that it is made with
// must outlive it. Not thread-safe: all sessions of a store live on one thread.
class Session {
 public:
  // Without `authentication`, which the sessions of a server share, the session has one of its own, whose
  // mechanisms leave nothing to chance: for tests.
  Session(Store& store, const SessionOptions& options, const FaultSet& faults,
          Authentication* authentication = nullptr);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  // on_connected starts the session and queues the greeting. `tls` tells implicit TLS.
  void on_connected(bool tls, const Peer& peer = {});

  // on_refused says BYE instead of a greeting: the server takes no more clients.
  void on_refused(std::string_view text);

  // on_octets takes what the client sent. Octets that come after STARTTLS was accepted and
  // before on_tls() are thrown away (section 6.2.1).
  void on_octets(std::string_view octets);

  // on_tls says that the handshake after Wish::StartTls is done.
  void on_tls(const TlsFacts& facts = {});

  // on_time lets time pass: login delays (section 11.7) and auto-logout (section 5.4). A session that was never told
  // the time lives at the clock's epoch.
  void on_time(std::chrono::steady_clock::time_point now);

  // wake_at is when on_time() will have an answer to send that waits for it, if there is one. Auto-logout
  // needs no exact time.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> wake_at() const;

  // on_store_changed lets an idling session tell its news (section 6.3.13).
  void on_store_changed();

  // output is the octets waiting to be sent, at most `most` of them; sent() takes `octets` of
  // them off.
  [[nodiscard]] std::string_view output(std::size_t most) const;
  void sent(std::size_t octets);

  // wants_input is false while so much output waits, or an answer waits for its time, that no more input
  // should be read.
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
