// Host names to addresses, without waiting longer than asked.
#pragma once

#include <asio/ip/tcp.hpp>
#include <cstdint>
#include <expected>
#include <mutex>
#include <string>
#include <vector>

#include "runner/run/link.h"

namespace imapspec::runner {

// Address is a host (a name, an IPv4 or an IPv6 address without brackets) and a TCP port.
struct Address {
  std::string host;
  std::uint16_t port = 0;
};

// is_loopback says whether a host is this machine whoever is asked: localhost, or an address of 127.0.0.0/8 or ::1. Any
// other name may lead anywhere, whatever it begins with.
bool is_loopback(const std::string& host);

// Resolver looks one address up and remembers a success. Thread-safe.
class Resolver {
 public:
  explicit Resolver(Address address) : address_(std::move(address)) {}

  [[nodiscard]] const Address& address() const { return address_; }

  // endpoints yields at least one endpoint, in the order in which they are to be tried.
  std::expected<std::vector<asio::ip::tcp::endpoint>, LinkError> endpoints(Deadline deadline);

 private:
  Address address_;
  std::mutex mutex_;
  std::vector<asio::ip::tcp::endpoint> known_;
};

}  // namespace imapspec::runner
