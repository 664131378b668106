// Progress is what is written while a run goes on: one line per scenario, or one character each
// where lines would only fill a log.
#pragma once

#include <cstddef>
#include <string>

#include "reports/terminal.h"
#include "runner/result/result.h"

namespace imapspec::reports {

// Progress yields the octets to write when a scenario ends. It writes nothing itself; calls have
// to come one after the other.
class Progress {
 public:
  // Shape: Lines for people who watch, Marks for logs.
  enum class Shape { Lines, Marks };

  // total is how many scenarios will run, 0 when unknown.
  Progress(TerminalStyle style, Shape shape, std::size_t total) : style_(style), shape_(shape), total_(total) {}

  // ended is a line, or a mark: "." for pass, a letter for any other verdict.
  std::string ended(const runner::ScenarioResult& scenario);

  // finished ends a line of marks, and says what they mean.
  std::string finished();

 private:
  std::string counter() const;

  TerminalStyle style_;
  Shape shape_;
  std::size_t total_;
  std::size_t ended_ = 0;
};

}  // namespace imapspec::reports
