// Addresses in header fields, as ENVELOPE shows them.
//
// RFC 5322 section 3.4; RFC 9051 section 7.5.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::server::mime {

// Address is an address, or (host nullopt) the start of a group, whose name `mailbox` is, or
// (mailbox nullopt too) its end.
struct Address {
  std::optional<std::string> name;
  std::optional<std::string> route;
  std::optional<std::string> mailbox;
  std::optional<std::string> host;
};

// parse_addresses reads what it can; it accepts the obsolete forms of RFC 5322 section 4.4.
std::vector<Address> parse_addresses(std::string_view field_value);

}  // namespace imapspec::server::mime
