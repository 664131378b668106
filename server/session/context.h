// What a command may see and change.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/core/arena.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/response.h"
#include "parser/grammar/sequence_set.h"
#include "server/auth/authentication.h"
#include "server/auth/authenticator.h"
#include "server/faults/faults.h"
#include "server/mime/anatomy.h"
#include "server/session/options.h"
#include "server/session/replies.h"
#include "server/session/session.h"
#include "server/store/mailbox_view.h"
#include "server/store/store.h"

namespace imapspec::server {

// Completion is how a command ended. What `code` views lives in Context::arena.
struct Completion {
  parser::Status status = parser::Status::Ok;
  std::optional<parser::ResponseCode> code;
  std::string text;
  bool failed_login = false;  // it is answered later (section 11.7)
};

Completion ok(std::string_view text);
Completion ok(const parser::ResponseCode& code, std::string_view text);
Completion no(std::string_view text);
Completion no(const parser::ResponseCode& code, std::string_view text);
Completion bad(std::string_view text);

// flag_list views the flags, which must stay as they are until the reply is sent.
parser::List<parser::Flag> flag_list(const FlagNames& flags, parser::Arena& arena);

// Context is one session's state. `arena` and the command's octets live until the command has
// completed.
struct Context {
  Context(Store& store_, const SessionOptions& options_, const FaultSet& faults_, Authentication& authentication_)
      : store(store_),
        session_number(store_.next_session()),
        options(options_),
        faults(faults_),
        authentication(authentication_),
        authenticator(options_.users, faults_),
        profile(options_.offer.profile(false)) {}

  Store& store;
  const std::uint64_t session_number;  // in its store
  const SessionOptions& options;
  const FaultSet& faults;
  Authentication& authentication;
  PasswordAuthenticator authenticator;
  parser::Profile profile;  // the grammar that is in force; ENABLE changes it
  Replies replies;
  parser::Arena arena;
  mime::LastAnatomy anatomy;

  bool tls = false;
  Peer peer;
  Session::State state = Session::State::NotAuthenticated;
  Wish wish = Wish::None;
  Account* account = nullptr;                // not null once authenticated
  std::optional<MailboxView> view;           // set in the selected state
  bool rev2_enabled = false;                 // ENABLE IMAP4rev2 was given
  bool condstore_enabled = false;            // a CONDSTORE enabling command was given (RFC 7162 section 3.1)
  bool qresync_enabled = false;              // ENABLE QRESYNC was given (RFC 7162 section 3.2.3)
  std::string tried_user;                    // under a fault, the first that LOGIN named
  std::vector<std::uint32_t> saved_numbers;  // under a fault, the search result as it was found
  bool holds_expunges = false;               // the command in progress must not tell what is expunged
  bool idling = false;                       // IDLE is in progress
  std::string tag;                           // of the command in progress

  // A command that is not done yet sets one of these. `steps` is called again and again, while
  // little output waits, until it yields a completion; `on_line` is given the next line that the
  // client sends, with its CRLF.
  std::function<std::optional<Completion>()> steps;
  std::function<std::optional<Completion>(std::string_view)> on_line;

  // keep copies text to where a reply's views may point.
  std::string_view keep(std::string_view text);

  // offers says whether the extension was not switched off.
  [[nodiscard]] bool offers(parser::Extension extension) const { return options.offer.has(extension); }

  // name_of is the canonical name that a client means, empty where it means none: IMAP4rev1 writes names in
  // modified UTF-7 (RFC 9051 Appendix A.1). pattern_of does the same for a reference with a LIST pattern.
  [[nodiscard]] std::string name_of(const parser::Mailbox& mailbox) const;
  [[nodiscard]] std::optional<std::string> pattern_of(std::string_view pattern) const;

  // capabilities is what the server offers in the present state (section 6.1.1).
  parser::List<parser::AtomName> capabilities();
  parser::ResponseCode capability_code();
  // append_limit is how many octets a message may have, for every mailbox (RFC 7889).
  [[nodiscard]] std::uint32_t append_limit() const;

  // log_in enters the authenticated state (section 3.2).
  void log_in(std::string_view user);
  // log_out goes back to how the connection began, but for TLS; nothing is expunged (RFC 8437 section 2).
  void log_out();
  // enable_condstore notes that the client knows mod-sequences. Where a mailbox is selected it is told HIGHESTMODSEQ
  // when it first does (RFC 7162 section 3.1).
  void enable_condstore();
  // deselect leaves the selected state; nothing is expunged.
  void deselect();

  // tell sends the responses that make up the news (section 5.2); send_news takes them from the
  // selected mailbox first, where there is one.
  void tell(const News& news);
  void send_news(bool with_expunges);
  // send_keywords sends FLAGS and PERMANENTFLAGS where the mailbox has new keywords.
  void send_keywords();
  // flags_of is a message's flags as FETCH sends them; they live in `to`.
  [[nodiscard]] parser::List<parser::Flag> flags_of(parser::SequenceNumber number, parser::Arena& to) const;
  // send_flags sends a FETCH response with a message's flags, which the client then knows, and with the UID and the
  // mod-sequence where the client wants mod-sequences (RFC 7162 section 3.2.4). send_mod_sequence sends those alone.
  void send_flags(parser::SequenceNumber number, bool with_uid);
  void send_mod_sequence(parser::SequenceNumber number);
  // highest_code is the code HIGHESTMODSEQ; send_highest_mod_sequence sends it.
  static parser::ResponseCode highest_code(std::uint64_t mod_sequence);
  void send_highest_mod_sequence(std::uint64_t mod_sequence);
  // send_vanished sends a VANISHED response, if there is anything to tell (RFC 7162 section 3.2.10).
  void send_vanished(const std::vector<UidRange>& uids, bool earlier);
  // adds_uid says whether a command's FETCH responses carry the UID unasked (section 6.4.9).
  [[nodiscard]] bool adds_uid(bool uid_command) const;
  // applicable_flags is the content of FLAGS; permanent_flags that of PERMANENTFLAGS.
  parser::List<parser::Flag> applicable_flags(const Mailbox& mailbox);
  parser::List<parser::Flag> permanent_flags(const Mailbox& mailbox, bool read_only);

  // numbers resolves a set against the view. Without `uid` a number beyond the end, or "*" in an
  // empty mailbox, makes the command BAD (section 9, seq-number).
  std::expected<std::vector<parser::SequenceNumber>, Completion> numbers(const parser::SequenceSet& set, bool uid);

 private:
  void send_flag_lists();
  void send_fetch(parser::SequenceNumber number, bool with_uid, bool with_flags);
  [[nodiscard]] bool says_recent() const { return !profile.rev2; }

  parser::Arena scratch_;       // for one response at a time
  bool was_told_less_ = false;  // than HIGHESTMODSEQ, since expunges were not told
};

}  // namespace imapspec::server
