// Conversations with sessions, without sockets: lines in, lines out.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/witness.h"
#include "server/faults/faults.h"
#include "server/session/options.h"
#include "server/session/session.h"
#include "server/store/store.h"

namespace imapspec::server {

// World is one store and up to two sessions on it. Its clock stands still, but for LATER and for answers that wait for
// it: who takes the output of a session waits for them. Without faults all that a session says has to please a
// fuzz::Witness, or the test fails.
class World {
 public:
  explicit World(FaultSet faults = {}, SessionOptions options = {});

  // connect starts (again) the session of that number, 1 or 2. The greeting stays in its output.
  Session& connect(int number, bool tls);
  // ready starts the sessions under TLS, logs alice in and throws away what was said so far.
  void ready();

  // play runs lines and fails the test at the first answer that differs:
  //   "C: text"     session 1 is sent the text and CRLF ("C2: " session 2)
  //   "c: text"     the same without CRLF
  //   "S: text"     the next line of output; "~" at the end stands for any rest ("S2: ")
  //   "TLS"         the session wants a handshake, and it succeeds
  //   "LATER n minutes"  the clock goes on
  //   "NEWS"        the sessions are told that the store changed
  //   "CLOSED"      the session wants to be closed
  // Before a session is sent more, and at the end, all of its output has to be named.
  void play(const std::vector<std::string>& lines);

  // transcript runs the same lines without expectations (S lines are skipped) and yields all
  // that was sent and answered. With `split` the client's octets arrive in pieces of that size.
  std::string transcript(const std::vector<std::string>& lines, std::size_t split = 0);

  // take is the output of a session so far, which it is told was sent.
  std::string take(int number);
  // send gives octets to a session, which is connected under TLS if it was not.
  void send(int number, std::string_view octets, std::size_t split = 0);

  Store& store() { return store_; }

 private:
  Session& session(int number) { return *sessions_[static_cast<std::size_t>(number - 1)]; }
  void tls_done();
  void tell_news();
  void wait(std::string_view time);
  void expect_nothing_left(std::string_view before);

  FaultSet faults_;
  SessionOptions options_;
  Store store_;
  std::chrono::steady_clock::time_point clock_;
  std::unique_ptr<Session> sessions_[2];
  std::optional<fuzz::Witness> witnesses_[2];
  std::string output_[2];
};

}  // namespace imapspec::server
