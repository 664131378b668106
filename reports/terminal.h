// Text on a terminal: its width, its colours, and how long text gets into lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"

namespace imapspec::reports {

// TerminalStyle is what the caller knows about the terminal (isatty, NO_COLOR, TERM, COLUMNS).
struct TerminalStyle {
  std::size_t width = 80;  // columns; less than 40 is taken for 40
  bool colour = false;
};

// width_of is the usable number of columns.
std::size_t width_of(const TerminalStyle& style);

// painted is text in the colour of a verdict, or text itself without colours. The text is ours.
std::string painted(const TerminalStyle& style, runner::Verdict verdict, std::string_view text);

// emphasized is text in bold, or text itself without colours. The text is safe already.
std::string emphasized(const TerminalStyle& style, std::string_view text);

// fitted is hostile text as one line of at most width columns; "..." at its end says it was cut.
std::string fitted(std::string_view octets, std::size_t width);

// wrapped is hostile text as lines of at most width columns each: line feeds begin lines, and
// long lines go on in the next. Never empty. Instead of more than max_lines lines (at least one) the
// last one says how many octets the whole has.
// AtSpaces is for sentences; octets of the wire are better broken wherever the line is full.
enum class Break { Anywhere, AtSpaces };
std::vector<std::string> wrapped(std::string_view octets, std::size_t width, std::size_t max_lines,
                                 Break where = Break::Anywhere);

// padded is safe text with spaces behind it up to width columns.
std::string padded(std::string_view shown, std::size_t width);

}  // namespace imapspec::reports
