#include "parser/abnf/source_cursor.h"

#include <utility>

namespace imapspec::abnf {
namespace {

// The value of a digit, 16 for what is none.
unsigned digit_value(char octet) {
  if (is_digit(octet)) return static_cast<unsigned>(octet - '0');
  if (octet >= 'A' && octet <= 'F') return static_cast<unsigned>(octet - 'A') + 10;
  if (octet >= 'a' && octet <= 'f') return static_cast<unsigned>(octet - 'a') + 10;
  return 16;
}

}  // namespace

bool SourceCursor::take(std::string_view what) {
  if (!sees(what)) return false;
  at_ += what.size();
  return true;
}

bool SourceCursor::take_newline() {
  if (!take("\n") && !take("\r\n")) return false;
  ++line_;
  line_start_ = at_;
  return true;
}

std::nullopt_t SourceCursor::fail_at(const Place& place, std::string message) {
  errors_.push_back({source_.name, place.line, place.column, std::move(message)});
  return std::nullopt;
}

std::nullopt_t SourceCursor::expected(std::string_view what) {
  return fail("expected " + std::string(what) + (at_end() ? ", not the end of the file" : ""));
}

bool SourceCursor::at_line_end() const { return at_end() || peek() == ';' || peek() == '\n' || peek() == '\r'; }

bool SourceCursor::line_end() {
  if (take(";")) {
    if (sees(" @")) {
      fail("a resolution stands on lines of its own, in front of a rule");
      return false;
    }
    take_while([](char octet) { return is_printable(octet) || octet == '\t'; });
  }
  if (at_end() || take_newline()) return true;
  expected("the end of the line");
  return false;
}

std::optional<bool> SourceCursor::white_space() {
  bool any = false;
  while (true) {
    any = !take_while(is_white).empty() || any;
    if (!at_line_end() || at_end()) return any;
    const std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos || end + 1 == text_.size() || !is_white(text_[end + 1])) return any;
    if (!line_end()) return std::nullopt;
  }
}

std::optional<std::uint64_t> SourceCursor::number(unsigned base, std::uint64_t most, std::string_view what) {
  const Place place = here();
  const std::string_view digits = take_while([&](char octet) { return digit_value(octet) < base; });
  if (digits.empty()) return expected(what);
  std::uint64_t value = 0;
  for (const char octet : digits) {
    const std::uint64_t digit = digit_value(octet);
    if (value > (most - digit) / base) return fail_at(place, "the number is larger than " + std::to_string(most));
    value = value * base + digit;
  }
  return value;
}

void SourceCursor::skip_statement() {
  while (!at_end()) {
    at_ = text_.find('\n', at_);
    if (at_ == std::string_view::npos) at_ = text_.size();
    if (!take_newline() || !is_white(peek())) return;
  }
}

}  // namespace imapspec::abnf
