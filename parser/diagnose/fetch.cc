// FETCH responses: body structures, envelopes, dates (RFC 9051 sections 7.5.2, 9: body, envelope, msg-att).
#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/diagnose/repairs.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser::repairs {

namespace {

constexpr std::string_view kEmptyPart = R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0))";
constexpr std::string_view kEmptyEnvelope = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";

// Where the last item of this name begins before the error, or npos.
std::size_t last_item(const Place& place, std::string_view item) { return to_upper(place.before()).rfind(item); }

bool is_alnum(char octet) {
  const auto value = static_cast<unsigned char>(octet);
  return is_alpha(value) || is_digit(value);
}

bool is_in_body(const Place& place) { return last_item(place, "BODY") != std::string::npos; }

// After the digits of body-fld-octets, where a TEXT or MESSAGE part goes on: at the ")" or SP right behind
// them, or at what stands behind the SP.
bool is_after_octets(const Place& place) {
  if (!is_in_body(place)) return false;
  if (place.at(0) == ')') return is_digit(place.at(-1));
  return place.at(-1) == ' ' && is_digit(place.at(-2));
}

// The part that the error is in, by its innermost "(" that is open outside of quotes.
std::string part_head(const Place& place) {
  std::string_view before = place.before();
  std::size_t depth = 0;
  for (std::size_t i = before.size(); i-- > 0;) {
    if (before[i] == ')') ++depth;
    if (before[i] == '(' && depth-- == 0) return to_upper(before.substr(i, 32));
  }
  return {};
}

Attempted insert_field(const Place& place, std::string_view field) {
  return insert(place.offset(), place.at(0) == ')' ? " " + std::string(field) : std::string(field) + " ");
}

}  // namespace

Attempted empty_multipart(const Place& place) {
  if (!is_in_body(place)) return std::nullopt;
  // ( "MIXED" ...): the error is at the SP.
  if (place.at(0) == ' ' && place.at(-1) == '(') return insert(place.offset(), kEmptyPart);
  // ("MIXED") and ("MIXED" ("BOUNDARY" ...) ...): what was read as the type has no subtype.
  std::size_t end = place.offset();
  if (place.at(-1) == ' ') --end;
  if (end < 2 || place.octets[end - 1] != '"') return std::nullopt;
  const std::size_t quote = place.octets.rfind('"', end - 2);
  if (quote == std::string_view::npos || quote == 0 || place.octets[quote - 1] != '(') return std::nullopt;
  return insert(quote, std::string(kEmptyPart) + " ");
}

Attempted text_without_lines(const Place& place) {
  if (!is_after_octets(place) || !part_head(place).starts_with("(\"TEXT\"")) return std::nullopt;
  return insert_field(place, "0");
}

Attempted message_without_contents(const Place& place) {
  if (!is_after_octets(place) || !part_head(place).starts_with("(\"MESSAGE\"")) return std::nullopt;
  return insert_field(place, std::string(kEmptyEnvelope) + " " + std::string(kEmptyPart) + " 0");
}

Attempted literal_media_type(const Place& place) {
  // The error is behind the subtype: what is a literal may be either.
  if (place.error.resolution != Name("T30")) return std::nullopt;
  const std::size_t brace = place.before().rfind('{');
  const std::size_t text = place.octets.find('\n', brace);
  if (brace == std::string_view::npos || text == std::string_view::npos) return std::nullopt;
  std::size_t end = text + 1;
  while (end < place.octets.size() && is_alnum(place.octets[end])) ++end;
  const std::string_view word = place.octets.substr(text + 1, end - text - 1);
  return replace(brace, end - brace, "\"" + std::string(word) + "\"");
}

Attempted extension_data_in_body(const Place& place) {
  constexpr std::string_view kBody = "BODY ";
  const std::size_t body = last_item(place, kBody);
  if (body == std::string::npos || (place.at(0) != ' ' && place.at(-1) != ' ')) return std::nullopt;
  return insert(body + kBody.size() - 1, "STRUCTURE");
}

Attempted envelope_cut_short(const Place& place) {
  constexpr std::size_t kFields = 10;
  constexpr std::string_view kEnvelope = "ENVELOPE (";
  const std::size_t start = last_item(place, kEnvelope);
  if (place.at(0) != ')' || start == std::string_view::npos) return std::nullopt;
  // Note: quotes may have parentheses and spaces, and so may literals, which are rare here.
  std::size_t fields = 1;
  std::size_t depth = 0;
  bool quoted = false;
  const std::string_view before = place.before().substr(start + kEnvelope.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == '"' && (i == 0 || before[i - 1] != '\\')) quoted = !quoted;
    if (quoted) continue;
    if (before[i] == '(') ++depth;
    if (before[i] == ')' && depth-- == 0) return std::nullopt;
    if (before[i] == ' ' && depth == 0) ++fields;
  }
  if (depth > 0 || fields >= kFields) return std::nullopt;
  std::string missing;
  for (; fields < kFields; ++fields) missing += " NIL";
  return insert(place.offset(), missing);
}

Attempted binary_origin(const Place& place) {
  if (place.at(0) != '<' || place.at(-1) != ']') return std::nullopt;
  const std::size_t close = place.octets.find('>', place.offset());
  if (close == std::string_view::npos) return std::nullopt;
  return erase(place.offset(), close + 1 - place.offset());
}

Attempted single_digit_day(const Place& place) {
  // "1-Feb-1994 ...": at the hyphen where a second digit should be, or at the digit.
  const std::size_t digit = place.at(0) == '-' ? place.offset() - 1 : place.offset();
  if (place.offset() == 0 || digit == 0 || place.piece(digit + 1, 1) != "-" || place.octets[digit - 1] != '"' ||
      !is_digit(static_cast<unsigned char>(place.octets[digit]))) {
    return std::nullopt;
  }
  return insert(digit, " ");
}

Attempted date_without_zone(const Place& place) {
  // " 1-Feb-1994 21:52:25": at the DQUOTE.
  if (place.at(0) != '"' || !is_digit(place.at(-1)) || place.at(-3) != ':') return std::nullopt;
  return insert(place.offset(), " +0000");
}

}  // namespace imapspec::parser::repairs
