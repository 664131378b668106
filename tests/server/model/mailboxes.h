// The naive model of an account: mailboxes by name, their messages, subscriptions.
//
// RFC 9051 sections 2.3, 5.1, 6.3.4 to 6.3.8. It shares no code with server/store.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/grammar/date_time.h"

namespace imapspec::server::model {

// Flags are in lower case.
using Flags = std::set<std::string>;

struct Mail {
  std::uint32_t uid = 0;
  Flags flags;
  std::string octets;
  std::optional<parser::DateTime> date;  // where APPEND gave one
  std::uint64_t changes = 0;             // of the flags
  bool gone = false;                     // expunged; views may not know yet

  void set_flags(Flags now);
};
using MailPtr = std::shared_ptr<Mail>;

struct Box {
  std::uint32_t next_uid = 1;
  std::vector<MailPtr> mails;
  std::optional<std::uint32_t> validity;  // once the server has told it
  bool renamed = false;                   // since then, so that it may be another one

  // add puts a copy of the mail's content at the end.
  MailPtr add(const Mail& mail);
  // remove takes these out.
  void remove(const std::vector<MailPtr>& mails_now);
  [[nodiscard]] std::vector<MailPtr> with_flag(const std::string& flag) const;
  // learn holds a UIDVALIDITY that the server told against what is known.
  void learn(std::uint32_t told);
};
using BoxPtr = std::shared_ptr<Box>;

// canonical writes INBOX, the first level, in upper case.
std::string canonical(std::string_view name);
// may_exist says whether a mailbox can have that canonical name.
bool may_exist(std::string_view name);
// below says whether a name lies below another one.
bool below(std::string_view name, std::string_view superior);
// matches is LIST's: "*" is anything, "%" anything but "/".
bool matches(std::string_view name, std::string_view pattern);

// Mailboxes is the names. The functions that change them say whether the command succeeds.
class Mailboxes {
 public:
  Mailboxes() { names["INBOX"] = std::make_shared<Box>(); }

  // find is null where there is nothing that can be selected.
  [[nodiscard]] BoxPtr find(std::string_view name) const;
  [[nodiscard]] bool has_children(const std::string& name) const;
  bool create(std::string_view name);
  bool remove(std::string_view name);
  bool rename(std::string_view from, std::string_view to);
  // learn holds a UIDVALIDITY that the server told for a name against all it ever told: for another mailbox of the
  // same name it has to be greater (section 2.3.1.1).
  void learn(const std::string& name, std::uint32_t told);

  std::map<std::string, BoxPtr> names;  // null where the name cannot be selected
  std::set<std::string> subscriptions;

 private:
  void put(const std::string& name, BoxPtr box);

  std::map<std::string, std::pair<BoxPtr, std::uint32_t>> told_;  // the last mailbox and the greatest value
};

}  // namespace imapspec::server::model
