// Search keys, made ready to be compared with many messages.
//
// RFC 9051 section 6.4.4
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parser/grammar/search.h"
#include "server/faults/faults.h"
#include "server/session/number_set.h"
#include "server/store/mailbox_view.h"

namespace imapspec::server {

// Matcher is one search key with its inferiors. It does not depend on the command's octets; the
// view has to outlive it.
class Matcher {
 public:
  // A set's "*" and "$" are resolved against the view now.
  Matcher(const parser::SearchKey& key, const MailboxView& view, const FaultSet& faults);

  [[nodiscard]] bool matches(parser::SequenceNumber number, const Message& message) const;

 private:
  [[nodiscard]] bool matches_text(const Message& message) const;
  [[nodiscard]] bool matches_sent(const Message& message) const;

  parser::SearchKey::Kind kind_;
  std::string field_;
  std::string text_;  // ASCII letters in lower case
  parser::Date date_;
  std::uint64_t number_;
  std::string keyword_;
  std::optional<NumberSet> set_;
  std::optional<std::vector<std::uint32_t>> saved_;  // UIDs, of "$"
  std::vector<Matcher> inferiors_;
  const MailboxView* view_;
  bool intersects_ = false;  // OR is AND, under a fault
};

// contains_ignoring_case looks for `wanted`, whose ASCII letters are in lower case, in time
// linear in both.
bool contains_ignoring_case(std::string_view text, std::string_view wanted);

}  // namespace imapspec::server
