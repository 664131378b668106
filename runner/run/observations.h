// What the monitor and the grammar found on one connection, each with what was said when it was found.
//
// RFC 9051 section 2.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runner/monitor/monitor.h"
#include "runner/result/result.h"
#include "runner/run/reply_parser.h"
#include "runner/run/transcript.h"

namespace imapspec::runner {

// Observed is one violation and its evidence. All octets are shown: escaped, cut, without secrets.
struct Observed {
  Violation violation;
  Check check = Check::Monitor;
  Where where;                         // the step
  std::string sent;                    // the commands in progress
  std::string actual;                  // the response; empty where none came
  std::vector<TranscriptLine> before;  // the last lines before it
};

// Occasion is when something was found.
struct Occasion {
  std::string_view response;   // one unit as it came; empty where none did
  std::string_view completes;  // the tag that it has; empty for others
  const Where& where;
};

// Observations collects them, each (requirement, deviation) the first time only, and bounded in number.
class Observations {
 public:
  // collect takes what was found since the last call.
  void collect(Monitor& monitor, ReplyParser& replies, const Transcript& transcript, const Occasion& occasion);

  // take hands over what was collected since the last call.
  std::vector<Observed> take();

 private:
  [[nodiscard]] bool has(Check check, const Violation& violation) const;

  std::vector<Observed> observed_;
};

// finding_of is what is observed as a result tells it.
Finding finding_of(Observed observed);

}  // namespace imapspec::runner
