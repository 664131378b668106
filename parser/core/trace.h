// Which rule matched which octets, and which rules were open at a failure.
#pragma once

#include <cstddef>
#include <vector>

#include "parser/core/error.h"

namespace imapspec::parser {

// TraceNode is one rule that matched the octets [begin, end) of the unit.
struct TraceNode {
  Name rule;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t depth = 0;  // 0 for the outermost rule
  friend bool operator==(const TraceNode&, const TraceNode&) = default;
};

// Trace is the syntax tree of one parse: the span of every rule, and the path to the furthest
// failure. Parsing without one costs nothing for it; with one it allocates.
class Trace {
 public:
  // nodes is the tree: a rule before those inside it, in the order of the octets.
  [[nodiscard]] const std::vector<TraceNode>& nodes() const { return nodes_; }

  // failure_path is the rules that were open at the furthest failure, the outermost first.
  [[nodiscard]] const std::vector<Name>& failure_path() const { return failure_path_; }

  // steps is how much work the tree was: a rule that was begun is a step, whether it matched or not, and so is one
  // that was moved into another.
  [[nodiscard]] std::size_t steps() const { return steps_; }

  // enter opens a rule at `begin`; enclose does so around the rules that were closed since there.
  // leave closes the one opened last, forgetting it and what is inside it unless it matched. fail
  // notes the path.
  void enter(Name rule, std::size_t begin);
  void enclose(Name rule, std::size_t begin);
  void leave(bool matched, std::size_t end);
  void fail();

  // forget drops the rules that were closed since `begin`, of a reading that was given up.
  void forget(std::size_t begin);

  // flatten forgets what is inside the rule opened last: it matched by words of its own, not by
  // the wider rule that was used to read them.
  void flatten();

 private:
  std::vector<TraceNode> nodes_;
  std::vector<std::size_t> open_;  // indices into nodes_
  std::vector<Name> failure_path_;
  std::size_t steps_ = 0;
};

}  // namespace imapspec::parser
