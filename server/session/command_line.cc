#include "server/session/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "parser/core/ascii.h"
#include "parser/framing/framer.h"

namespace imapspec::server {

namespace {

std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of(" \r\n"), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end < text.size() && text[end] == ' ' ? end + 1 : end);
  return word;
}

}  // namespace

Words words_of(std::string_view unit) {
  Words words;
  take_word(unit);
  words.command = take_word(unit);
  if (parser::equal_ignoring_case(words.command, "UID")) {
    words.uid = true;
    words.command = take_word(unit);
  }
  words.arguments = unit;
  return words;
}

std::string syntax_error(const parser::Error& error) {
  return fmt::format("Syntax error in {} at octet {}: {} expected", error.rule.text(), error.offset,
                     error.expected.text());
}

bool names_nil(const Words& words) {
  std::string_view arguments = words.arguments;
  return parser::equal_ignoring_case(take_word(arguments), "NIL");
}

bool asks_recursivematch_alone(const Words& words) {
  if (!parser::equal_ignoring_case(words.command, "LIST") || !words.arguments.starts_with('(')) return false;
  const std::string options = parser::to_upper(words.arguments.substr(0, words.arguments.find(')')));
  return options.find("RECURSIVEMATCH") != std::string::npos && options.find("SUBSCRIBED") == std::string::npos;
}

void misread(std::string& unit, const FaultSet& faults) {
  const std::size_t line_end = unit.find('\n');
  const auto literal = parser::announced_literal(std::string_view(unit).substr(0, unit.find("\r\n")));
  if (literal && !literal->synchronizing && faults.has(Fault::OctetAfterLiteralLost)) {
    unit.erase(line_end + 1 + literal->octets, 1);
  }
  if (!literal && faults.has(Fault::NulIgnored)) std::erase(unit, '\0');
}

bool has_lower_case(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool has_upper_case(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool has_initial_response(std::string_view arguments) {
  take_word(arguments);
  const std::string_view response = take_word(arguments);
  return !response.empty() && arguments == "\r\n";
}

}  // namespace imapspec::server
