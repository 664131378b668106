// A position in a grammar file, and what is the same everywhere in one: white space, comments, line ends, numbers.
//
// RFC 5234 section 4
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/reader.h"

namespace imapspec::abnf {

// The octets that the notation tells apart.
constexpr bool is_alpha(char octet) { return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z'); }
constexpr bool is_digit(char octet) { return octet >= '0' && octet <= '9'; }
constexpr bool is_name_char(char octet) { return is_alpha(octet) || is_digit(octet) || octet == '-'; }
constexpr bool is_white(char octet) { return octet == ' ' || octet == '\t'; }
constexpr bool is_printable(char octet) { return octet >= ' ' && octet <= '~'; }

// SourceCursor reads a source from its begin. What yields an optional or false has reported an error. The source and
// the errors must outlive it.
class SourceCursor {
 public:
  SourceCursor(const Source& source, std::size_t index, std::vector<ReadError>& errors)
      : source_(source), text_(source.text), index_(index), errors_(errors) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  // peek is the octet `ahead` of the position, NUL beyond the end.
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool sees(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  [[nodiscard]] Place here() const { return {index_, line_, at_ - line_start_ + 1}; }

  // take consumes what it is given, if that is next.
  bool take(std::string_view what);

  // take_while consumes the octets that `predicate` is true of.
  template <class Predicate>
  std::string_view take_while(Predicate predicate) {
    const std::size_t begin = at_;
    while (!at_end() && predicate(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // fail reports an error, here or elsewhere; expected says what should be here.
  std::nullopt_t fail_at(const Place& place, std::string message);
  std::nullopt_t fail(std::string message) { return fail_at(here(), std::move(message)); }
  std::nullopt_t expected(std::string_view what);

  // at_line_end: a comment, a line's end or the file's end is next.
  [[nodiscard]] bool at_line_end() const;

  // c-nl = comment / CRLF, or the end of the file
  bool line_end();

  // white_space consumes *c-wsp, up to the line end that is not continued; was there any?
  std::optional<bool> white_space();

  // number consumes digits of a base, of a value up to `most`. `what` names a digit.
  std::optional<std::uint64_t> number(unsigned base, std::uint64_t most, std::string_view what);

  // skip_statement goes to the next line that does not begin with white space.
  void skip_statement();

 private:
  bool take_newline();

  const Source& source_;
  std::string_view text_;
  std::size_t index_;
  std::vector<ReadError>& errors_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
};

}  // namespace imapspec::abnf
