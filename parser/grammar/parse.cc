#include "parser/grammar/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "parser/grammar/authenticate.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

// whole_unit runs a rule that has to consume all octets.
template <class Rule>
auto whole_unit(std::string_view octets, Arena& arena, const Limits& limits, Trace* trace, Name name, Rule rule)
    -> std::invoke_result_t<Rule, Cursor&> {
  Cursor in(octets, arena, limits, trace);
  auto value = rule(in);
  if (!value) return value;
  // What is left over is a fact about the unit, however far a refused alternative went.
  if (!in.at_end()) return in.fail(name, "the end of the unit");
  return value;
}

Profile from_server(Profile profile) {
  profile.from_server = true;
  return profile;
}

char hex_digit(unsigned value) { return "0123456789ABCDEF"[value & 0xF]; }

std::string quote(std::string_view octets) { return "\"" + escape_octets(octets) + "\""; }

constexpr std::size_t kLongestShown = 24;

bool is_atom_char_at(std::string_view octets, std::size_t at) {
  return is_atom_char(static_cast<unsigned char>(octets[at]));
}

std::string_view atom_in_front(std::string_view octets) {
  std::size_t size = 0;
  while (size < std::min(octets.size(), kLongestShown) && is_atom_char_at(octets, size)) ++size;
  return octets.substr(0, size);
}

std::string_view atom_behind(std::string_view octets) {
  std::size_t start = octets.size();
  while (start > 0 && octets.size() - start < kLongestShown && is_atom_char_at(octets, start - 1)) --start;
  return octets.substr(start);
}

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
  if (!is_atom_char(static_cast<unsigned char>(octet))) return quote(octets.substr(offset, 1));
  // In the middle of a word it says what was right of it.
  const std::string_view wrong = atom_in_front(octets.substr(offset));
  const std::string_view right = atom_behind(octets.substr(0, offset));
  return right.empty() ? quote(wrong) : quote(wrong) + " after " + quote(right);
}

}  // namespace

std::expected<Command, Error> parse_command(std::string_view octets, Arena& arena, const Profile& profile,
                                            const Limits& limits, Trace* trace) {
  return whole_unit(octets, arena, limits, trace, "command", [&](Cursor& in) { return command(in, profile); });
}

std::expected<Response, Error> parse_response(std::string_view octets, Arena& arena, const Profile& profile,
                                              const Limits& limits, Trace* trace) {
  const Profile servers = from_server(profile);
  return whole_unit(octets, arena, limits, trace, "response", [&](Cursor& in) { return response(in, servers); });
}

std::expected<StatusResponse, Error> parse_greeting(std::string_view octets, Arena& arena, const Profile& profile,
                                                    const Limits& limits, Trace* trace) {
  const Profile servers = from_server(profile);
  return whole_unit(octets, arena, limits, trace, "greeting", [&](Cursor& in) { return greeting(in, servers); });
}

std::expected<std::optional<Base64>, Error> parse_authenticate_data(std::string_view octets, Trace* trace) {
  Arena arena;
  return whole_unit(octets, arena, Limits(), trace, "authenticate-data",
                    [](Cursor& in) { return authenticate_data(in); });
}

std::expected<void, Error> parse_idle_done(std::string_view octets, Trace* trace) {
  Arena arena;
  return whole_unit(octets, arena, Limits(), trace, "idle-done", [](Cursor& in) { return idle_done(in); });
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

std::optional<std::string> unescape_octets(std::string_view text) {
  std::string octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.substr(i).starts_with("\\x")) {
      octets += text[i];
      continue;
    }
    const auto octet = hex_octet(text.substr(i + 2));
    if (!octet) return std::nullopt;
    octets += *octet;
    i += 3;
  }
  return octets;
}

}  // namespace imapspec::parser
