// Search keys, made ready to be compared with many messages.
//
// RFC 9051 section 6.4.4
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/search.h"
#include "server/commands/search_text.h"
#include "server/faults/faults.h"
#include "server/session/number_set.h"
#include "server/store/mailbox_view.h"

namespace imapspec::server {

// Matcher is one search key with its inferiors. It does not depend on the command's octets; the
// view has to outlive it.
class Matcher {
 public:
  // A set's "*" and "$" are resolved against the view now. Strings are in `charset`, which is a
  // known one.
  Matcher(const parser::SearchKey& key, std::string_view charset, const MailboxView& view, const FaultSet& faults);

  [[nodiscard]] bool matches(parser::SequenceNumber number, const Message& message) const;

 private:
  [[nodiscard]] bool matches_text(const Message& message) const;
  [[nodiscard]] bool matches_sent(const Message& message) const;

  parser::SearchKey::Kind kind_;
  std::string field_;
  SearchText text_;
  parser::Date date_;
  std::uint64_t number_;
  std::string keyword_;
  std::optional<NumberSet> set_;
  std::optional<std::vector<std::uint32_t>> saved_;  // UIDs, of "$"
  std::vector<Matcher> inferiors_;
  const MailboxView* view_;
  FaultSet faults_;
};

}  // namespace imapspec::server
