// Mail of the second user that nobody else may be told of.
//
// RFC 9051 section 11
#pragma once

#include <string>
#include <vector>

#include "parser/grammar/profile.h"
#include "runner/match/bindings.h"
#include "runner/run/context.h"
#include "runner/run/janitor.h"

namespace imapspec::runner {

// CanaryMail is a scratch mailbox of the second user, with one message, for as long as the object lives. Its name and
// its text come nowhere else.
class CanaryMail {
 public:
  // CanaryMail makes the mailbox where a second user is known. Where that fails there is none, and nothing to tell.
  // `janitor` must outlive it.
  CanaryMail(const RunContext& context, parser::Profile profile, Janitor& janitor);
  CanaryMail(const CanaryMail&) = delete;
  CanaryMail& operator=(const CanaryMail&) = delete;
  ~CanaryMail();

  // canaries is what the monitor of every connection is to look for.
  [[nodiscard]] const std::vector<Canary>& canaries() const { return canaries_; }

 private:
  parser::Profile profile_;
  Janitor& janitor_;
  Bindings bindings_;
  bool made_ = false;
  std::vector<Canary> canaries_;
};

}  // namespace imapspec::runner
