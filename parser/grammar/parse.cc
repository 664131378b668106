#include "parser/grammar/parse.h"

#include <fmt/format.h>

#include <type_traits>

#include "parser/grammar/char_class.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

// The error to show: our own limit where it was met, else the furthest that was reached.
Error error_of(const Cursor& in, const Error& last) {
  if (last.kind == ErrorKind::LimitExceeded || last.offset > in.furthest().offset) return last;
  return in.furthest();
}

// whole_unit runs a rule that has to consume all octets.
template <class Rule>
auto whole_unit(std::string_view octets, Arena& arena, const Limits& limits, Name name, Rule rule)
    -> std::invoke_result_t<Rule, Cursor&> {
  Cursor in(octets, arena, limits);
  auto value = rule(in);
  if (!value) return std::unexpected(error_of(in, value.error()));
  // What is left over is a fact about the unit, however far a refused alternative went.
  if (!in.at_end()) return in.fail(name, "the end of the unit");
  return value;
}

Profile from_server(Profile profile) {
  profile.from_server = true;
  return profile;
}

char hex_digit(unsigned value) { return "0123456789ABCDEF"[value & 0xF]; }

// What stands at `offset`, named where naming helps more than an escape does.
std::string found(std::string_view octets, std::size_t offset) {
  if (offset >= octets.size()) return "the end";
  const auto at = [&](std::size_t index) { return index < octets.size() ? octets[index] : '\0'; };
  const char octet = octets[offset];
  const char before = offset > 0 ? octets[offset - 1] : '\0';
  switch (octet) {
    case '\r':
      return at(offset + 1) == '\n' ? "CRLF" : "a bare CR";
    case '\n':
      return before == '\r' ? "LF" : "a bare LF";
    case '\0':
      return "NUL";
    case '\t':
      return "TAB";
    case '"':
      return "DQUOTE";
    case ' ':
      if (before == ' ' || at(offset + 1) == ' ') return "a double space";
      return at(offset + 1) == '\r' || at(offset + 1) == '\n' ? "a space before the line end" : "a space";
    default:
      break;
  }
  constexpr std::size_t kLongestShown = 24;
  std::size_t size = 1;
  if (is_atom_char(static_cast<unsigned char>(octet))) {
    while (size < kLongestShown && offset + size < octets.size() &&
           is_atom_char(static_cast<unsigned char>(octets[offset + size]))) {
      ++size;
    }
  }
  return "\"" + escape_octets(octets.substr(offset, size)) + "\"";
}

}  // namespace

std::expected<Command, Error> parse_command(std::string_view octets, Arena& arena, const Profile& profile,
                                            const Limits& limits) {
  return whole_unit(octets, arena, limits, "command", [&](Cursor& in) { return command(in, profile); });
}

std::expected<Response, Error> parse_response(std::string_view octets, Arena& arena, const Profile& profile,
                                              const Limits& limits) {
  const Profile servers = from_server(profile);
  return whole_unit(octets, arena, limits, "response", [&](Cursor& in) { return response(in, servers); });
}

std::expected<StatusResponse, Error> parse_greeting(std::string_view octets, Arena& arena, const Profile& profile,
                                                    const Limits& limits) {
  const Profile servers = from_server(profile);
  return whole_unit(octets, arena, limits, "greeting", [&](Cursor& in) { return greeting(in, servers); });
}

std::expected<std::optional<std::string_view>, Error> parse_authenticate_data(std::string_view octets) {
  Arena arena;
  return whole_unit(octets, arena, Limits(), "base64", [](Cursor& in) { return authenticate_data(in); });
}

std::expected<void, Error> parse_idle_done(std::string_view octets) {
  Arena arena;
  return whole_unit(octets, arena, Limits(), "idle", [](Cursor& in) { return idle_done(in); });
}

std::string_view tag_of(std::string_view octets) {
  std::size_t size = 0;
  while (size < octets.size() && is_tag_char(static_cast<unsigned char>(octets[size]))) ++size;
  if (size == octets.size()) return octets;
  const char next = octets[size];
  return next == ' ' || next == '\r' || next == '\n' ? octets.substr(0, size) : std::string_view();
}

std::string describe(const Error& error, std::string_view octets) {
  if (error.kind == ErrorKind::LimitExceeded) {
    return fmt::format("offset {}: {}: more than this parser takes: {}", error.offset, error.rule.text(),
                       error.expected.text());
  }
  const bool bare_cr = error.expected == kLfAfterCr && error.offset < octets.size();
  return fmt::format("offset {}: {}: expected {}, found {}{}", error.offset, error.rule.text(), error.expected.text(),
                     found(octets, error.offset), bare_cr ? " behind a bare CR" : "");
}

std::string escape_octets(std::string_view octets) {
  std::string escaped;
  escaped.reserve(octets.size());
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const auto octet = static_cast<unsigned char>(octets[i]);
    const bool looks_escaped = octet == '\\' && i + 1 < octets.size() && octets[i + 1] == 'x';
    if (octet >= 0x20 && octet < 0x7f && !looks_escaped) {
      escaped += octets[i];
      continue;
    }
    escaped += "\\x";
    escaped += hex_digit(octet >> 4);
    escaped += hex_digit(octet);
  }
  return escaped;
}

}  // namespace imapspec::parser
