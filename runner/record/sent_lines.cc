#include "runner/record/sent_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>

namespace imapspec::runner {
namespace {

std::string reference(const Argument& argument, std::string_view name) {
  const bool quoted = argument.form == Argument::Form::Quoted;
  return fmt::format("{{{}{}}}", name, quoted ? ":quoted" : "");
}

}  // namespace

WireLine SentLines::of(const Turn& turn) {
  const std::string& unit = turn.said->octets;
  const auto arguments = command_arguments(unit, turn.said->name);
  Replaced replaced;
  if (turn.said->name == "LOGIN") {
    const auto replace = [&](const Argument& argument, std::string_view name) {
      replaced[argument.offset] = {argument.size, WireLine(reference(argument, name))};
    };
    replace(arguments[0], "user");
    replace(arguments[1], turn.ok() ? "password" : "wrong-password");
  }
  for (const std::size_t place : mailbox_arguments(turn.said->name, arguments)) {
    if (place >= arguments.size() || (turn.said->name == "GETMETADATA" && arguments[place].value.empty())) continue;
    const std::string name = mailbox_name(arguments[place].value);
    // A name that leads nowhere leads nowhere in the scratch mailboxes either.
    replaced[arguments[place].offset] = {arguments[place].size, WireLine(names_.mailbox(name))};
  }
  if (turn.said->name.starts_with("LIST") || turn.said->name == "LSUB") {
    for (const Argument& argument : arguments) {
      const std::string name = mailbox_name(argument.value);
      if (names_.knows_mailbox(name)) replaced[argument.offset] = {argument.size, WireLine(names_.mailbox(name))};
    }
  }
  for (const LiteralPiece& literal : literals_of(unit)) {
    if (replaced.contains(literal.offset)) continue;
    const auto let = names_.octets(literal.octets, "message");
    if (!let) continue;
    replaced[literal.offset] = {literal.size, WireLine(fmt::format("{}{{{}:literal{}}}", literal.binary ? "~" : "",
                                                                   *let, literal.synchronizing ? "" : "+"))};
  }
  replace_numbers(turn, arguments, replaced);

  WireLine line;
  std::size_t at = unit.find(' ') + 1;
  for (auto& [offset, replacement] : replaced) {
    if (offset < at) continue;
    line.add_octets(std::string_view(unit).substr(at, offset - at));
    line.add(replacement.second);
    at = offset + replacement.first;
  }
  line.add_octets(std::string_view(unit).substr(std::min(at, unit.size())));
  return line;
}

void SentLines::replace_numbers(const Turn& turn, const std::vector<Argument>& arguments, Replaced& replaced) const {
  const std::string& unit = turn.said->octets;
  const std::string& mailbox = model_.selected(turn);
  const auto replace = [&](std::size_t offset, std::size_t end, const std::string& known) {
    Capture* const capture = captures_.find(known);
    if (capture == nullptr || !capture->bound) return false;
    WireLine line;
    line.add_value(*capture);
    replaced[offset] = {end - offset, std::move(line)};
    return true;
  };
  const auto each_number = [&](std::size_t from, std::size_t to, const auto& use) {
    for (std::size_t at = from; at < to; ++at) {
      if (std::isdigit(static_cast<unsigned char>(unit[at])) == 0) continue;
      std::size_t end = at;
      while (end < to && std::isdigit(static_cast<unsigned char>(unit[end])) != 0) ++end;
      use(at, end, unit.substr(at, end - at));
      at = end;
    }
  };
  if (turn.said->name.starts_with("UID ") && !arguments.empty() && turn.said->name != "UID SEARCH") {
    const Argument& set = arguments.front();
    each_number(set.offset, set.offset + set.size, [&](std::size_t at, std::size_t end, const std::string& digits) {
      if (!replace(at, end, fmt::format("uid {} {}", digits, mailbox))) {
        replace(at, end, fmt::format("next {} {}", digits, mailbox));
      }
    });
  }
  for (const std::string_view word : {"CHANGEDSINCE ", "UNCHANGEDSINCE ", "QRESYNC ("}) {
    const std::size_t found = unit.find(word);
    if (found == std::string::npos) continue;
    const std::size_t from = found + word.size();
    each_number(from, std::min(unit.find(')', from), unit.size()),
                [&](std::size_t at, std::size_t end, const std::string& digits) {
                  if (!replace(at, end, "modseq " + digits)) replace(at, end, "validity " + mailbox);
                });
  }
}

}  // namespace imapspec::runner
