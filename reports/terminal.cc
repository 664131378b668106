#include "reports/terminal.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/escape.h"

namespace imapspec::reports {
namespace {

std::string_view colour_of(runner::Verdict verdict) {
  switch (verdict) {
    case runner::Verdict::Pass:
      return "\x1b[32m";  // green
    case runner::Verdict::Fail:
    case runner::Verdict::XPass:
      return "\x1b[1;31m";  // bold red
    case runner::Verdict::Error:
      return "\x1b[1;35m";  // bold magenta
    case runner::Verdict::Warn:
    case runner::Verdict::Weakness:
      return "\x1b[33m";  // yellow
    case runner::Verdict::Info:
      return "\x1b[36m";  // cyan
    case runner::Verdict::Skip:
    case runner::Verdict::Unimplemented:
    case runner::Verdict::XFail:
      return "\x1b[2m";  // faint
  }
  return {};
}

constexpr std::string_view kPlain = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kCut = "...";

// head_octets is how many octets of safe text fill at most width columns. At least one character:
// who calls it in a loop gets to the end.
std::size_t head_octets(std::string_view shown, std::size_t width) {
  std::size_t used = 0;
  std::size_t octets = 0;
  while (octets < shown.size()) {
    const std::string_view character =
        shown.substr(octets, std::max<std::size_t>(first_scalar(shown.substr(octets)).octets, 1));
    used += columns(character);
    if (used > width && octets > 0) break;
    octets += character.size();
  }
  return octets;
}

// sentence_octets is where to break a sentence of which head octets fit: before the last space, but
// a line is at least half full.
std::size_t sentence_octets(std::string_view shown, std::size_t head) {
  const std::size_t space = shown.rfind(' ', head);
  return space == std::string_view::npos || space < head / 2 ? head : space;
}

}  // namespace

std::size_t width_of(const TerminalStyle& style) { return std::max<std::size_t>(style.width, 40); }

std::string painted(const TerminalStyle& style, runner::Verdict verdict, std::string_view text) {
  return style.colour ? fmt::format("{}{}{}", colour_of(verdict), text, kPlain) : std::string(text);
}

std::string emphasized(const TerminalStyle& style, std::string_view text) {
  return style.colour ? fmt::format("{}{}{}", kBold, text, kPlain) : std::string(text);
}

std::string fitted(std::string_view octets, std::size_t width) {
  // Four octets take one column at least, so this is more than there is room for.
  const std::string shown = terminal_text(octets.substr(0, width * 4 + 4));
  if (columns(shown) <= width) return shown;
  if (width <= kCut.size()) return std::string(kCut.substr(0, width));
  return shown.substr(0, head_octets(shown, width - kCut.size())) + std::string(kCut);
}

std::vector<std::string> wrapped(std::string_view octets, std::size_t width, std::size_t max_lines, Break where) {
  std::vector<std::string> lines;
  const std::size_t size = octets.size();
  for (bool more = true; more;) {
    const std::size_t end = octets.find('\n');
    const std::string_view line = octets.substr(0, end);
    more = end != std::string_view::npos;

    // Only what there is room for is escaped: a line may have megabytes.
    const std::size_t most = (max_lines + 1) * width * 4;
    const std::string shown = terminal_text(line.substr(0, most));
    std::string_view rest = shown;
    do {
      if (lines.size() == max_lines) {
        lines.back() = fmt::format("... ({} octets)", size).substr(0, width);
        return lines;
      }
      std::size_t head = head_octets(rest, width);
      if (where == Break::AtSpaces && head < rest.size()) head = sentence_octets(rest, head);
      lines.emplace_back(rest.substr(0, head));
      rest.remove_prefix(head);
      if (where == Break::AtSpaces && rest.starts_with(' ')) rest.remove_prefix(1);
    } while (!rest.empty());
    if (more) octets.remove_prefix(end + 1);
  }
  return lines;
}

std::string padded(std::string_view shown, std::size_t width) {
  const std::size_t used = columns(shown);
  return std::string(shown) + std::string(used < width ? width - used : 0, ' ');
}

}  // namespace imapspec::reports
