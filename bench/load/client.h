// An IMAP client that is only as good as a load needs it: it sends commands and waits for their ends.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "runner/run/link.h"

namespace imapspec::bench {

// Failure is what a server should not have done.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Server is where the load goes.
struct Server {
  std::string host;
  std::uint16_t port = 0;  // of implicit TLS
  std::string ca;
};

// Client is one session under TLS. What goes wrong is thrown as a Failure.
class Client {
 public:
  // The session is logged in.
  Client(const Server& server, const std::string& user, const std::string& password);

  // run sends a command and yields all that is said to its end, which has to be OK.
  std::string run(std::string_view command);
  // spend is run, but only counts the octets.
  std::size_t spend(std::string_view command);
  // append adds a message, without waiting for leave to send it.
  void append(std::string_view mailbox, std::string_view message);
  // idle idles for that long.
  void idle(std::chrono::milliseconds time);

 private:
  std::string read_line();
  // finish reads to the end of the command, and hands every line before it to `each`.
  template <class Each>
  void finish(std::string_view tag, const Each& each);
  std::string next_tag() { return "t" + std::to_string(++commands_); }
  void send(std::string_view octets);

  std::unique_ptr<runner::Link> link_;
  std::string waiting_;
  std::size_t at_ = 0;  // the next line in waiting_
  std::size_t commands_ = 0;
};

}  // namespace imapspec::bench
