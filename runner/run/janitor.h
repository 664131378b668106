// Who removes the scratch mailboxes of a run, on connections that are kept from scenario to scenario.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "parser/grammar/profile.h"
#include "runner/match/bindings.h"
#include "runner/run/context.h"

namespace imapspec::runner {

// Janitor has connections of its own, which nobody judges. One that did all it was asked for is used again, for the
// same user and revision; any other is closed. Where the server is to have a most of connections none is kept: those
// of the scenarios would wait for it. Thread-safe.
class Janitor {
 public:
  // Janitor opens nothing before it is needed. `context` must outlive it.
  explicit Janitor(const RunContext& context);
  Janitor(const Janitor&) = delete;
  Janitor& operator=(const Janitor&) = delete;
  // ~Janitor logs out what was kept, and waits no longer than a second for that.
  ~Janitor();

  // delete_scratch removes the scratch mailboxes of a scenario that a user has, which an interruption does not end.
  // When it returns the server has answered. It yields why it could not.
  std::optional<std::string> delete_scratch(const Bindings& bindings, parser::Profile profile, bool second_user);

  // left is a sentence about what may have stayed on the server so far; nullopt: nothing has.
  [[nodiscard]] std::optional<std::string> left();

 private:
  struct Visit;

  std::optional<std::string> try_to_delete(const Bindings& bindings, parser::Profile profile, bool second_user,
                                           bool interrupted);
  std::unique_ptr<Visit> take(parser::Profile profile, bool second_user);
  void keep_or_end(std::unique_ptr<Visit> visit);

  const RunContext& context_;
  const std::size_t most_kept_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Visit>> kept_;  // the one that was used last comes last
  std::size_t times_left_ = 0;                // that something may have stayed
  std::string first_left_;
};

}  // namespace imapspec::runner
