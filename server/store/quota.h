// What the mailboxes of an account may hold together.
//
// RFC 9208 sections 3, 5.1, 5.2
#pragma once

#include <cstdint>
#include <optional>

namespace imapspec::server {

// Quota is the limits of the resources STORAGE, in units of 1024 octets, and MESSAGE. Without a value there is none.
struct Quota {
  std::optional<std::uint64_t> storage;
  std::optional<std::uint64_t> messages;
};

// Usage is what is used, in octets of the messages and in messages.
struct Usage {
  std::uint64_t octets = 0;
  std::uint64_t messages = 0;
};

// storage_units is octets in units of 1024, of which the last may not be full.
constexpr std::uint64_t storage_units(std::uint64_t octets) { return octets / 1'024 + (octets % 1'024 != 0 ? 1 : 0); }

}  // namespace imapspec::server
