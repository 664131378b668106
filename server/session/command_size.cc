#include "server/session/command_size.h"

#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/framing/framer.h"
#include "parser/grammar/parse.h"
#include "server/session/command_line.h"

namespace imapspec::server {

namespace {

// end_of_quoted is behind the closing quote, or where the line ends without one.
std::size_t end_of_quoted(std::string_view unit, std::size_t at) {
  for (++at; at < unit.size() && unit[at] != '\n'; ++at) {
    if (unit[at] == '\\') {
      ++at;
    } else if (unit[at] == '"') {
      return at + 1;
    }
  }
  return std::min(at, unit.size());
}

// end_of_line is where the next line begins: behind the literal that this one announces.
std::size_t end_of_line(std::string_view unit, std::size_t line, std::size_t at) {
  std::string_view text = unit.substr(line, at - line);
  if (text.ends_with('\r')) text.remove_suffix(1);
  const auto literal = parser::announced_literal(text);
  const std::size_t left = unit.size() - (at + 1);
  return at + 1 + (literal ? static_cast<std::size_t>(std::min<std::uint64_t>(literal->octets, left)) : 0);
}

}  // namespace

CommandSize size_of(std::string_view unit) {
  CommandSize size;
  std::size_t commas = 0;
  bool in_word = false;
  for (std::size_t line = 0, at = 0; at < unit.size();) {
    const char c = unit[at];
    if (c == '\n') {
      at = line = end_of_line(unit, line, at);
      continue;
    }
    if (c == ' ' || c == '(' || c == ')' || c == '\r') {
      in_word = false;
      commas = 0;
      ++at;
      continue;
    }
    if (!in_word) ++size.words;
    in_word = true;
    if (c == ',') ++commas;
    size.ranges = std::max(size.ranges, commas + 1);
    at = c == '"' ? end_of_quoted(unit, at) : at + 1;
  }
  return size;
}

std::optional<Completion> beyond(std::string_view unit, const Limits& limits) {
  const std::string_view tag = parser::tag_of(unit);
  if (tag.empty()) return std::nullopt;
  if (tag.size() > limits.tag) return bad("Tag too long");
  const CommandSize size = size_of(unit);
  if (size.words > limits.words) return no(code("LIMIT"), "Too many words");
  if (size.ranges > limits.set_ranges) return no(code("LIMIT"), "Too many ranges");
  return std::nullopt;
}

parser::Limits nesting_of(std::string_view unit, const Limits& limits) {
  const bool search = parser::equal_ignoring_case(words_of(unit).command, "SEARCH");
  return {.depth = search ? limits.search_depth : limits.list_depth};
}

}  // namespace imapspec::server
