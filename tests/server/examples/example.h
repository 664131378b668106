// The examples of RFC 9051 sections 6 and 7, as conversations with the server.
//
// The units come from tests/parser/examples/rfc9051.txt, by their lines in the RFC. A case says how the store has to
// look before, and where the server may choose otherwise.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/session/options.h"
#include "server/store/store.h"

namespace imapspec::server::examples {

// Mails puts messages into a mailbox of alice's, which it makes if it is missing.
class Mails {
 public:
  Mails(Store& store, std::string_view mailbox);

  // add appends `count` messages with these flags.
  Mails& add(std::size_t count = 1, const FlagNames& flags = {}, std::string_view octets = "x\r\n");
  // uid makes that the next message's UID.
  Mails& uid(std::uint32_t next);
  Mails& validity(std::uint32_t uid_validity);
  // expunge removes the message with that number.
  Mails& expunge(std::size_t number);
  Mailbox& box() { return *box_; }

 private:
  Store& store_;
  std::shared_ptr<Mailbox> box_;
};

// Where a conversation starts.
enum class Start { Clear, Tls, LoggedIn };

using Prepare = std::function<void(Store&)>;

struct Case {
  std::size_t first = 0;  // lines of the RFC
  std::size_t last = 0;
  Start start = Start::LoggedIn;
  Prepare prepare = {};
  std::vector<std::string> commands = {};                         // that the client gives before, without tag
  std::vector<std::pair<std::string, std::string>> instead = {};  // other octets, where the RFC's cannot be
  std::vector<std::string> extra = {};            // beginnings of what the server may say besides, without "* "
  std::vector<std::size_t> optional = {};         // lines that the server need not say
  std::map<std::size_t, Prepare> meanwhile = {};  // what another client does before that line is heard
  Prepare before = {};                            // what another client does before the first line
  std::function<void(SessionOptions&)> options = {};
};

// Omitted is lines of the RFC that are no conversation with this server, and why.
struct Omitted {
  std::size_t first = 0;
  std::size_t last = 0;
  std::string_view reason;
};

// The tables, in order of the RFC's lines.
std::vector<Case> session_cases();  // sections 6.1, 6.2, 7.1
std::vector<Case> mailbox_cases();  // section 6.3 but LIST
std::vector<Case> list_cases();     // section 6.3.9
std::vector<Case> message_cases();  // section 6.4 but SEARCH
std::vector<Case> search_cases();   // section 6.4.4
std::span<const Omitted> omitted();

// Unit is one unit of the RFC's examples.
struct Unit {
  std::size_t line = 0;
  bool from_client = false;
  std::string octets;  // with CRLF
};

// units_between yields those that begin on one of the lines.
std::vector<Unit> units_between(std::size_t first, std::size_t last);

// play holds the conversation and fails the test where it differs in meaning.
void play(const Case& one);

}  // namespace imapspec::server::examples
