// What one client knows of the mailbox it has selected, from what it was told.
//
// RFC 9051 sections 2.3.1.2, 5.2, 7.4, 7.5
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "parser/grammar/response.h"
#include "parser/grammar/sequence_set.h"
#include "tests/server/model/mailboxes.h"

namespace imapspec::server::model {

// flags_of writes them in lower case.
Flags flags_of(parser::List<parser::Flag> flags);

// Numbers are sequence numbers, ascending.
using Numbers = std::vector<std::uint32_t>;

struct View {
  // Entry is a message with a sequence number.
  struct Entry {
    MailPtr mail;
    std::uint64_t told = 0;  // Mail::changes, when the client was told the flags
  };

  View(BoxPtr box_, bool read_only_) : box(std::move(box_)), read_only(read_only_) {}

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries.size()); }
  [[nodiscard]] Entry& entry(std::uint32_t number) { return entries[number - 1]; }
  [[nodiscard]] const Mail& mail(std::uint32_t number) const { return *entries[number - 1].mail; }
  // unannounced is the messages that the client has no numbers for.
  [[nodiscard]] std::vector<MailPtr> unannounced() const;
  // resolve finds the messages of a set; nullopt where it names a number that is not there.
  [[nodiscard]] std::optional<Numbers> resolve(const parser::SequenceSet& set, bool uid) const;
  // contains says the same of one message; a number that is not there is nobody's.
  [[nodiscard]] bool contains(const parser::SequenceSet& set, bool uid, std::uint32_t number) const;

  // These take what the client is told, and throw where it is wrong.
  void on_exists(std::uint32_t count);
  void on_expunge(std::uint32_t number);
  void on_flags(parser::List<parser::Flag> flags);
  void on_fetch(const parser::Fetch& fetch);
  void on_uid_validity(std::uint32_t validity);

  // require_all_told throws where the client does not know everything; expunges only where they could be told.
  void require_all_told(bool with_expunges) const;

  BoxPtr box;
  bool read_only;
  std::vector<Entry> entries;
  std::set<std::uint32_t> saved;  // "$", as UIDs
  Flags applicable;               // the last FLAGS response
};

}  // namespace imapspec::server::model
