// A server on a thread of its own, and clients of it.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "runner/run/link.h"
#include "server/net/private_folder.h"
#include "server/net/server.h"
#include "server/store/store.h"

namespace imapspec::server {

inline runner::Deadline within(std::chrono::milliseconds time) { return runner::Clock::now() + time; }
// soon is a deadline that only passes when a test fails.
inline runner::Deadline soon() { return within(std::chrono::seconds(20)); }

// Served serves until stop() or its end.
class Served {
 public:
  explicit Served(FaultSet faults = {}, Limits limits = {}, double time_scale = 1);
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;
  ~Served();

  void stop();

  // dial connects, and performs the handshake of implicit TLS. It does not read the greeting.
  std::unique_ptr<runner::Link> dial(runner::Door door);

  // dial_raw connects to the port of implicit TLS and says nothing.
  std::unique_ptr<runner::Link> dial_raw(runner::Door door);

  [[nodiscard]] const Server& server() const { return *server_; }
  [[nodiscard]] runner::TlsOptions trusting() const;

 private:
  Store store_;
  PrivateFolder folder_;
  std::string authority_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

// read_to receives until the octets end with a line that begins with `prefix`, and yields all of
// them; what was received so far when the connection ends first.
std::string read_to(runner::Link& link, std::string_view prefix);

// ask sends "TAG COMMAND" and yields all up to its tagged response.
std::string ask(runner::Link& link, const std::string& tag, const std::string& command);

// read_to_end receives until the server closes. Any other end fails the test.
std::string read_to_end(runner::Link& link);

}  // namespace imapspec::server
