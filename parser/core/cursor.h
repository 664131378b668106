// The reading position in one unit of octets, shared by all grammar functions.
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>
#include <utility>

#include "parser/core/arena.h"
#include "parser/core/error.h"
#include "parser/core/limits.h"
#include "parser/core/trace.h"

namespace imapspec::parser {

// Cursor walks over octets that must outlive every node parsed from them. A failed rule leaves
// it where it was. It remembers the furthest failure, which is the one worth showing. With a
// Trace, which must outlive it, it also records which rule matched where.
class Cursor {
 public:
  Cursor(std::string_view octets, Arena& arena, const Limits& limits, Trace* trace = nullptr)
      : octets_(octets), arena_(&arena), depth_left_(limits.depth), trace_(trace) {}

  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] bool at_end() const { return offset_ == octets_.size(); }
  [[nodiscard]] std::string_view rest() const { return octets_.substr(offset_); }
  [[nodiscard]] std::string_view octets() const { return octets_; }
  [[nodiscard]] Arena& arena() const { return *arena_; }
  [[nodiscard]] const Error& furthest() const { return furthest_; }
  [[nodiscard]] Trace* trace() const { return trace_; }

  // peek yields the octet `ahead` of the position, or -1 past the end.
  [[nodiscard]] int peek(std::size_t ahead = 0) const {
    const std::size_t at = offset_ + ahead;
    return at < octets_.size() ? static_cast<unsigned char>(octets_[at]) : -1;
  }

  void skip(std::size_t count) { offset_ += count; }
  void rewind(std::size_t offset) { offset_ = offset; }

  // since yields the octets from `start` up to the position.
  [[nodiscard]] std::string_view since(std::size_t start) const { return octets_.substr(start, offset_ - start); }

  // take consumes one given octet.
  bool take(char octet) {
    if (at_end() || octets_[offset_] != octet) return false;
    ++offset_;
    return true;
  }

  // take_word consumes a keyword, ASCII letters in either case.
  bool take_word(std::string_view word);

  // fail makes the error for `rule` at the position: Incomplete when the octets end here. Where
  // the ABNF would go on and a resolution refuses, `resolution` is its id.
  std::unexpected<Error> fail(Name rule, Name expected, Name resolution = {}) {
    return fail_at(offset_, rule, expected, resolution);
  }

  // fail_at is fail for a position other than the current one.
  std::unexpected<Error> fail_at(std::size_t offset, Name rule, Name expected, Name resolution = {});

  // fail_word is fail where a keyword is expected: also Incomplete when the octets end inside
  // what could still become `word`.
  std::unexpected<Error> fail_word(Name rule, Name word);

  // fail_pending says that the octets end inside or right before a literal's octets.
  std::unexpected<Error> fail_pending(Name rule, Name expected);

  // fail_limit says that one of our own limits was exceeded.
  std::unexpected<Error> fail_limit(Name rule, Name expected);

  // Nesting counts one level of recursion while it lives; `ok` is false beyond the limit.
  class Nesting {
   public:
    explicit Nesting(Cursor& in) : in_(&in), ok_(in.depth_left_ > 0) {
      if (ok_) --in_->depth_left_;
    }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    ~Nesting() {
      if (ok_) ++in_->depth_left_;
    }
    [[nodiscard]] bool ok() const { return ok_; }

   private:
    Cursor* in_;
    bool ok_;
  };

 private:
  std::unexpected<Error> record(const Error& error);

  std::string_view octets_;
  std::size_t offset_ = 0;
  Arena* arena_;
  std::size_t depth_left_;
  Trace* trace_;
  Error furthest_;
};

// Attempt is one rule at work, from the cursor's position on. It puts the cursor back unless the
// rule accepts.
class Attempt {
 public:
  Attempt(Cursor& in, Name rule) : in_(&in), start_(in.offset()) {
    if (in.trace() != nullptr) in.trace()->enter(rule, start_);
  }
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  ~Attempt() {
    if (in_->trace() != nullptr) in_->trace()->leave(accepted_, in_->offset());
    if (!accepted_) in_->rewind(start_);
  }

  [[nodiscard]] std::size_t start() const { return start_; }

  void accept() { accepted_ = true; }
  template <class T>
  T accept(T value) {
    accept();
    return value;
  }

 private:
  Cursor* in_;
  std::size_t start_;
  bool accepted_ = false;
};

}  // namespace imapspec::parser

// IMAPSPEC_TRY evaluates an expected and returns its error from the enclosing function, or
// binds its value: GCC 12's std::expected has no and_then.
#define IMAPSPEC_CONCAT_(a, b) a##b
#define IMAPSPEC_CONCAT(a, b) IMAPSPEC_CONCAT_(a, b)
#define IMAPSPEC_TRY(declaration, expression) \
  IMAPSPEC_TRY_(IMAPSPEC_CONCAT(outcome_, __LINE__), declaration, expression)
#define IMAPSPEC_TRY_(outcome, declaration, expression)  \
  auto outcome = (expression);                           \
  if (!outcome) return std::unexpected(outcome.error()); \
  declaration = *std::move(outcome)
