#include "runner/record/command_pieces.h"

#include <algorithm>
#include <optional>

#include "parser/framing/framer.h"

namespace imapspec::runner {
namespace {

// The literal that begins at `offset`, where one does.
std::optional<LiteralPiece> literal_at(std::string_view unit, std::size_t offset) {
  const std::size_t brace = unit.substr(offset).starts_with("~{") ? offset + 1 : offset;
  if (brace >= unit.size() || unit[brace] != '{') return std::nullopt;
  const std::size_t end = unit.find('\n', brace);
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  std::string_view line = unit.substr(offset, end - offset);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.find('}') != line.size() - 1) return std::nullopt;
  const auto announced = parser::announced_literal(line);
  if (!announced || announced->octets > unit.size() - end - 1) return std::nullopt;
  const auto octets = static_cast<std::size_t>(announced->octets);
  return LiteralPiece{.offset = offset,
                      .size = end + 1 + octets - offset,
                      .octets = std::string(unit.substr(end + 1, octets)),
                      .synchronizing = announced->synchronizing,
                      .binary = brace != offset};
}

// The end of the quoted string that begins at `offset`, and what it holds.
std::size_t end_of_quoted(std::string_view unit, std::size_t offset, std::string& value) {
  std::size_t at = offset + 1;
  while (at < unit.size() && unit[at] != '"') {
    if (unit[at] == '\\' && at + 1 < unit.size()) ++at;
    value += unit[at++];
  }
  return std::min(at + 1, unit.size());
}

// The end of the argument that begins at `offset`: at the next space outside strings and parentheses.
std::size_t end_of_argument(std::string_view unit, std::size_t offset) {
  std::size_t depth = 0;
  std::size_t at = offset;
  while (at < unit.size() && (depth > 0 || unit[at] != ' ')) {
    if (unit[at] == '"') {
      std::string ignored;
      at = end_of_quoted(unit, at, ignored);
    } else if (const auto literal = literal_at(unit, at)) {
      at += literal->size;
    } else {
      if (unit[at] == '(' || unit[at] == '[') ++depth;
      if ((unit[at] == ')' || unit[at] == ']') && depth > 0) --depth;
      ++at;
    }
  }
  return at;
}

}  // namespace

std::vector<Argument> command_arguments(std::string_view unit, std::string_view name) {
  std::vector<Argument> arguments;
  const auto words = static_cast<std::size_t>(1 + std::ranges::count(name, ' '));
  std::size_t at = 0;
  for (std::size_t i = 0; i <= words && at < unit.size(); ++i) at = std::min(unit.find(' ', at), unit.size() - 1) + 1;
  while (at < unit.size()) {
    Argument argument{.form = Argument::Form::Plain, .offset = at, .size = 0, .value = {}};
    const std::size_t end = end_of_argument(unit, at);
    argument.size = end - at;
    argument.value = unit.substr(at, argument.size);
    if (unit[at] == '"') {
      std::string value;
      if (end_of_quoted(unit, at, value) == end && end > at + 1 && unit[end - 1] == '"') {
        argument.form = Argument::Form::Quoted;
        argument.value = std::move(value);
      }
    } else if (auto literal = literal_at(unit, at); literal && literal->size == argument.size) {
      argument.form = Argument::Form::Literal;
      argument.value = std::move(literal->octets);
    } else if (unit[at] == '(') {
      argument.form = Argument::Form::List;
    }
    arguments.push_back(std::move(argument));
    at = end + 1;
  }
  return arguments;
}

std::vector<LiteralPiece> literals_of(std::string_view unit) {
  std::vector<LiteralPiece> found;
  std::size_t at = 0;
  while (at < unit.size()) {
    if (unit[at] == '"') {
      std::string ignored;
      at = end_of_quoted(unit, at, ignored);
    } else if (auto literal = literal_at(unit, at)) {
      at += literal->size;
      found.push_back(*std::move(literal));
    } else {
      ++at;
    }
  }
  return found;
}

}  // namespace imapspec::runner
