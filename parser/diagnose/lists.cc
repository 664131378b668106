// Lists that are empty where NIL stands, or hold what they must not (RFC 9051 section 9: flag, flag-perm,
// mbx-list-flags, status-att-list, envelope, body-fld-param, tagged-ext-val).
#include <algorithm>
#include <charconv>
#include <system_error>

#include "parser/core/ascii.h"
#include "parser/diagnose/repairs.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser::repairs {

namespace {

// "()" where NIL would be, with the error at ")".
Attempted empty_list(const Place& place) {
  if (place.at(0) != ')' || place.at(-1) != '(') return std::nullopt;
  return replace(place.offset() - 1, 2, "NIL");
}

std::string upper_before(const Place& place) { return to_upper(place.before()); }

// Takes the word [begin, end) off, with one SP beside it.
Attempted erase_word(std::string_view octets, std::size_t begin, std::size_t end) {
  if (begin > 0 && octets[begin - 1] == ' ') return erase(begin - 1, end - begin + 1);
  return erase(begin, end - begin + (octets.substr(end, 1) == " " ? 1 : 0));
}

// The flag that the error is in, from its backslash on.
struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::optional<Word> flag_at(const Place& place) {
  std::size_t begin = place.offset();
  while (begin > 0 && place.octets[begin - 1] != ' ' && place.octets[begin - 1] != '(') --begin;
  const std::size_t end = std::min(place.octets.find_first_of(" )\r\n", begin), place.octets.size());
  if (begin == end || place.octets[begin] != '\\') return std::nullopt;
  return Word{begin, end};
}

std::string_view text_of(const Place& place, const Word& word) {
  return place.octets.substr(word.begin, word.end - word.begin);
}

bool is_selectability(std::string_view flag) {
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"\\NonExistent", "\\Noselect", "\\Marked", "\\Unmarked"},
      [&](std::string_view each) { return equal_ignoring_case(flag, each); });
}

bool is_list_response(const Place& place) {
  const std::string upper = to_upper(place.octets.substr(0, 7));
  return upper.starts_with("* LIST ") || upper.starts_with("* LSUB ");
}

// Where the string that begins at `at` ends: a quoted one with its line at the latest. A "{" that is not in the
// header of a literal is an octet like another.
std::size_t string_end(std::string_view octets, std::size_t at) {
  if (octets[at] == '"') {
    std::size_t end = at + 1;
    while (end < octets.size() && octets[end] != '"' && octets[end] != '\n') end += octets[end] == '\\' ? 2U : 1U;
    return end + 1;
  }
  const std::size_t digits = std::min(octets.find_first_not_of("0123456789", at + 1), octets.size());
  std::size_t size = 0;
  const std::string_view header = octets.substr(digits, octets.substr(digits, 1) == "+" ? 4 : 3);
  const auto read = std::from_chars(octets.data() + at + 1, octets.data() + digits, size);
  if (read.ec != std::errc() || !header.ends_with("}\r\n")) return at + 1;
  const std::size_t begin = digits + header.size();
  return begin + std::min(size, octets.size() - begin);
}

// How many more ")" than "(" there are outside of strings.
std::size_t closed_too_often(std::string_view octets) {
  std::size_t opened = 0;
  std::size_t closed = 0;
  for (std::size_t at = 0; at < octets.size();) {
    if (octets[at] == '(') ++opened;
    if (octets[at] == ')') ++closed;
    at = octets[at] == '"' || octets[at] == '{' ? string_end(octets, at) : at + 1;
  }
  return closed > opened ? closed - opened : 0;
}

}  // namespace

Attempted empty_address_list(const Place& place) {
  return upper_before(place).find("ENVELOPE (") != std::string::npos ? empty_list(place) : std::nullopt;
}

Attempted empty_parameter_list(const Place& place) {
  // body-fld-param follows the subtype, a string; in body-fld-dsp the type; in a multipart the subtype too.
  if (upper_before(place).find("BODY") == std::string::npos || place.at(-2) != ' ' || place.at(-3) != '"') {
    return std::nullopt;
  }
  return empty_list(place);
}

Attempted empty_language_list(const Place& place) {
  return upper_before(place).find("BODY") != std::string::npos ? empty_list(place) : std::nullopt;
}

Attempted star_in_flags(const Place& place) {
  const auto word = flag_at(place);
  if (!word || text_of(place, *word) != "\\*") return std::nullopt;
  return erase_word(place.octets, word->begin, word->end);
}

Attempted recent_in_flags(const Place& place) {
  const auto word = flag_at(place);
  if (!word || !equal_ignoring_case(text_of(place, *word), "\\Recent")) return std::nullopt;
  return erase_word(place.octets, word->begin, word->end);
}

Attempted bracket_in_flag(const Place& place) {
  if (place.at(0) != ']' || !is_atom_char(place.at(-1))) return std::nullopt;
  return replace(place.offset(), 1, "_");
}

Attempted several_selectabilities(const Place& place) {
  const auto word = flag_at(place);
  if (!is_list_response(place) || !word || !is_selectability(text_of(place, *word))) return std::nullopt;
  return erase_word(place.octets, word->begin, word->end);
}

Attempted repeated_attribute(const Place& place) {
  // The error is at the end of the list, wherever the attribute stands in it.
  const std::size_t open = place.before().rfind('(');
  if (!is_list_response(place) || place.at(0) != ')' || open == std::string_view::npos) return std::nullopt;
  const std::string list = upper_before(place) + " ";
  for (std::size_t begin = open + 1; begin < list.size(); begin = list.find(' ', begin) + 1) {
    const std::string word = list.substr(begin, list.find(' ', begin) + 1 - begin);
    const std::size_t first = list.find(word, open + 1);
    if (first < begin) return erase_word(place.octets, begin, begin + word.size() - 1);
  }
  return std::nullopt;
}

Attempted unknown_status_item(const Place& place) {
  if (!upper_before(place).starts_with("* STATUS ")) return std::nullopt;
  // NAME SP number; the error may be anywhere in the name, which can begin like a known one.
  std::size_t begin = place.offset();
  while (begin > 0 && is_atom_char(static_cast<unsigned char>(place.octets[begin - 1]))) --begin;
  std::size_t end = begin;
  const auto skip_while = [&](auto in_class) {
    while (end < place.octets.size() && in_class(static_cast<unsigned char>(place.octets[end]))) ++end;
  };
  skip_while(is_atom_char);
  if (end == begin || place.piece(end, 1) != " ") return std::nullopt;
  const std::size_t number = ++end;
  skip_while(is_digit);
  if (end == number) return std::nullopt;
  return erase_word(place.octets, begin, end);
}

Attempted string_as_extension_value(const Place& place) {
  if (!is_list_response(place) || place.at(0) != '"' || place.at(-1) != ' ') return std::nullopt;
  const std::size_t close = place.octets.find('"', place.offset() + 1);
  if (close == std::string_view::npos) return std::nullopt;
  const std::size_t size = close + 1 - place.offset();
  return replace(place.offset(), size, "(" + std::string(place.rest().substr(0, size)) + ")");
}

Attempted missing_parenthesis(const Place& place) {
  if (place.at(0) != '\r' && place.at(0) != '\n') return std::nullopt;
  return insert(place.offset(), ")");
}

Attempted extra_parenthesis(const Place& place) {
  const std::size_t end = std::min(place.octets.find_first_not_of(')', place.offset()), place.octets.size());
  const std::size_t extra = std::min(closed_too_often(place.octets), end - place.offset());
  return extra == 0 ? std::nullopt : erase(place.offset(), extra);
}

}  // namespace imapspec::parser::repairs
