// What a session is allowed to do and how much it takes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "server/session/limits.h"
#include "server/session/offer.h"

namespace imapspec::server {

// Greeting is how a connection begins (section 7.1).
struct Greeting {
  enum class Kind : std::uint8_t { Ok, PreAuth, Bye };
  Kind kind = Kind::Ok;
  std::string text = "IMAP server ready";
  std::string user;  // whom PREAUTH has logged in
};

struct SessionOptions {
  Offer offer;
  Greeting greeting;
  bool starttls = true;                          // the transport can do a handshake
  bool plaintext_login = false;                  // LOGIN and PLAIN also without TLS
  std::vector<std::string> mechanisms{"PLAIN"};  // of SASL; offered where they can be used
  // Names and passwords as SaslMechanisms::prepare leaves them.
  std::map<std::string, std::string> users{{"alice", "secret-alice"}, {"bob", "secret-bob"}};
  Limits limits;
};

}  // namespace imapspec::server
