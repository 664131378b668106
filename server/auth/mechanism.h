// The SASL mechanisms that this server can have, and what each of them needs.
//
// RFC 9051 sections 6.2.2, 11.7; RFC 4422 section 5
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::server {

// FirstWord is who begins an exchange.
enum class FirstWord : std::uint8_t {
  Client,  // without an initial response it is asked for with an empty challenge
  Server,  // an initial response is an error
  Either,  // the server does; an initial response answers what it would have said
};

// Mechanism is one row of the table.
struct Mechanism {
  std::string_view name;
  FirstWord first = FirstWord::Client;
  bool plaintext = false;    // the password itself is sent: only under TLS
  bool binding = false;      // needs channel binding data
  bool certificate = false;  // needs a client certificate
};

// mechanisms is the table, the strongest first.
std::span<const Mechanism> mechanisms();

// mechanism_named compares without regard to case; nullptr where there is none.
const Mechanism* mechanism_named(std::string_view name);

// usual_mechanisms is what a server offers that nobody configured: SCRAM with SHA-256, with and
// without channel binding, and PLAIN, which RFC 9051 section 6.2.2 demands.
std::vector<std::string> usual_mechanisms();

}  // namespace imapspec::server
