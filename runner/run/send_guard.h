// What a scenario must not send: looked for in the octets of a connection, before they are written.
//
// RFC 9051 sections 2.2.1, 4.3
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/framing/framer.h"

namespace imapspec::runner {

// SendRules is what a scenario may do.
struct SendRules {
  // Login is an account of the run, which a scenario that never logs in must not use.
  struct Login {
    std::string user;
    std::string password;
    std::string plain;  // the base64 of its PLAIN message
  };
  bool inbox = false;          // INBOX may be named
  bool account = true;         // it may log in, and change what it then finds
  std::string mailbox_prefix;  // of names in the run
  std::string run_id;
  std::vector<Login> logins;
};

// SendGuard follows what is sent on one connection, in any pieces, and stops a command at the octets that make it one
// which the rules forbid. It reads as leniently as a server may: what it cannot read it lets pass.
class SendGuard {
 public:
  explicit SendGuard(SendRules rules);

  // begin says that a command begins: what was sent before, and was no whole command, may be over.
  void begin();

  // why_not yields why these octets must not be sent now, and nullopt where they may. They are taken for sent.
  std::optional<std::string> why_not(std::string_view octets);

  // The server asked for more: the literal, if one was announced.
  void invited();

  // The server completed the command of this tag.
  void completed(std::string_view tag, bool ok);

  // entered says that the connection is logged in, as PREAUTH says it is.
  void entered() { entered_ = true; }
  [[nodiscard]] bool has_entered() const { return entered_; }

  // reset is for TLS: nobody goes on with what was sent before.
  void reset();

 private:
  // View is one way in which the server may take the octets.
  struct View {
    parser::Framer framer{parser::Direction::FromClient};
    bool waits = false;  // at a literal that was announced, and not asked for
  };

  static View new_view();
  std::optional<std::string> follow(View& view, std::string_view octets, bool may_be_refused);
  std::optional<std::string> judge(std::string_view unit);
  [[nodiscard]] std::optional<std::string> judge_mailbox(const std::string& command, const std::string& name,
                                                         bool removes) const;
  [[nodiscard]] bool is_scratch(std::string_view name) const;

  SendRules rules_;
  View view_;
  std::optional<View> refused_;  // as if the last literal had been refused: what came after it was a command
  std::string login_;            // the tag of the last LOGIN or AUTHENTICATE
  bool entered_ = false;
};

}  // namespace imapspec::runner
