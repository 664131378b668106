#include "parser/core/cursor.h"

#include "parser/core/ascii.h"

namespace imapspec::parser {

bool Cursor::take_word(std::string_view word) {
  const std::string_view here = rest();
  if (here.size() < word.size() || !equal_ignoring_case(here.substr(0, word.size()), word)) return false;
  offset_ += word.size();
  return true;
}

std::unexpected<Error> Cursor::fail_at(std::size_t offset, Name rule, Name expected, Name resolution) {
  const ErrorKind kind = offset >= octets_.size() ? ErrorKind::Incomplete : ErrorKind::Invalid;
  return record({kind, rule, expected, offset, resolution});
}

std::unexpected<Error> Cursor::fail_word(Name rule, Name word) {
  const std::string_view here = rest();
  if (here.size() < word.text().size() && equal_ignoring_case(here, word.text().substr(0, here.size()))) {
    return record({ErrorKind::Incomplete, rule, word, octets_.size(), {}});
  }
  return fail(rule, word);
}

std::unexpected<Error> Cursor::fail_pending(Name rule, Name expected) {
  return record({ErrorKind::LiteralPending, rule, expected, octets_.size(), {}});
}

std::unexpected<Error> Cursor::fail_limit(Name rule, Name expected) {
  return record({ErrorKind::LimitExceeded, rule, expected, offset_, {}});
}

std::unexpected<Error> Cursor::record(const Error& error) {
  if (error.offset >= furthest_.offset) {
    furthest_ = error;
    if (trace_ != nullptr) trace_->fail();
  }
  return std::unexpected(error);
}

}  // namespace imapspec::parser
