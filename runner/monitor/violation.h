// What the monitor has to say: a check that did not hold.
#pragma once

#include <string>
#include <vector>

#include "runner/monitor/check.h"
#include "runner/result/result.h"

namespace imapspec::runner {

// Violation is something that no server may do, or that is worth telling.
struct Violation {
  std::string requirement;
  std::string deviation;  // short, without values of one run
  std::string message;
  std::string check;     // MonitorCheck::name
  std::string expected;  // MonitorCheck::text
  std::string rfc;       // what says so under the revision that is spoken
  std::string section;
  Level level = Level::Must;
  Verdict verdict = Verdict::Fail;
};

// make_violation is a finding of a check; `rev1` says that IMAP4rev1 is spoken.
Violation make_violation(CheckId id, bool rev1, std::string deviation, std::string message);

// Reports collects violations, of one connection and bounded in number.
class Reports {
 public:
  // speak says which revision is spoken: a check that it does not have is not heard.
  void speak(bool rev1) { rev1_ = rev1; }
  [[nodiscard]] bool rev1() const { return rev1_; }

  void add(CheckId id, std::string deviation, std::string message);

  // hears says whether a check counts under the revision that is spoken.
  [[nodiscard]] bool hears(CheckId id) const;

  // take hands over the violations since the last call.
  std::vector<Violation> take();

 private:
  bool rev1_ = false;
  std::vector<Violation> violations_;
};

}  // namespace imapspec::runner
