#include "parser/core/cursor.h"

#include "parser/core/ascii.h"

namespace imapspec::parser {

bool Cursor::take_word(Name word, Name rule) {
  const std::size_t shared = common_prefix(rest(), word.text());
  if (shared == word.text().size()) {
    offset_ += shared;
    return true;
  }
  if (shared > 0) static_cast<void>(fail_at(offset_ + shared, rule, word));
  return false;
}

std::unexpected<Error> Cursor::fail_at(std::size_t offset, Name rule, Name expected, Name resolution) {
  const ErrorKind kind = offset >= octets_.size() ? ErrorKind::Incomplete : ErrorKind::Invalid;
  return record({kind, rule, expected, offset, resolution});
}

std::unexpected<Error> Cursor::fail_pending(Name rule, Name expected) {
  return record({ErrorKind::LiteralPending, rule, expected, octets_.size(), {}});
}

std::unexpected<Error> Cursor::fail_limit(Name rule, Name expected) {
  const Error error{ErrorKind::LimitExceeded, rule, expected, offset_, {}};
  static_cast<void>(record(error));
  return std::unexpected(error);
}

std::unexpected<Error> Cursor::record(const Error& error) {
  if (error.offset >= furthest_.offset) {
    furthest_ = error;
    if (trace_ != nullptr) trace_->fail();
  }
  return std::unexpected(furthest_);
}

}  // namespace imapspec::parser
