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

  // take_keyword is skip for a keyword, and keyword_start where the last one began.
  void take_keyword(std::size_t size) {
    keyword_start_ = offset_;
    skip(size);
  }
  [[nodiscard]] std::size_t keyword_start() const { return keyword_start_; }

  // since yields the octets from `start` up to the position.
  [[nodiscard]] std::string_view since(std::size_t start) const { return octets_.substr(start, offset_ - start); }

  // take consumes one given octet.
  bool take(char octet) {
    if (at_end() || octets_[offset_] != octet) return false;
    ++offset_;
    return true;
  }

  // take_word consumes a keyword of `rule`, ASCII letters in either case. Where only its first
  // letters are there, the next octet counts as a failure, though other words may fit.
  bool take_word(Name word, Name rule);

  // Each fail notes an error and yields the one at the furthest offset so far: what a caller sees
  // is the octet up to which some derivation fits.

  // fail is for `rule` at the position: Incomplete when the octets end here. Where the ABNF would
  // go on and a resolution refuses, `resolution` is its id.
  std::unexpected<Error> fail(Name rule, Name expected, Name resolution = {}) {
    return fail_at(offset_, rule, expected, resolution);
  }

  // fail_at is fail for a position other than the current one.
  std::unexpected<Error> fail_at(std::size_t offset, Name rule, Name expected, Name resolution = {});

  // fail_pending says that the octets end inside or right before a literal's octets.
  std::unexpected<Error> fail_pending(Name rule, Name expected);

  // fail_limit says that one of our own limits was exceeded. It yields just that.
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
  std::size_t keyword_start_ = 0;
  Arena* arena_;
  std::size_t depth_left_;
  Trace* trace_;
  Error furthest_;
};

// Attempt is one rule at work. It puts the cursor back unless the rule accepts, and shows in a
// Trace. Without a rule it only puts the cursor back.
class Attempt {
 public:
  // The rule begins at the position, or at `start` where its first octets have been read.
  Attempt(Cursor& in, Name rule) : in_(&in), rule_(rule), start_(in.offset()) {
    if (in.trace() != nullptr && !rule.empty()) [[unlikely]]
      in.trace()->enter(rule, start_);
  }
  Attempt(Cursor& in, Name rule, std::size_t start) : in_(&in), rule_(rule), start_(start) {
    if (in.trace() != nullptr && !rule.empty()) [[unlikely]]
      in.trace()->enclose(rule, start);
  }
  explicit Attempt(Cursor& in) : Attempt(in, Name()) {}
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  ~Attempt() {
    if (in_->trace() != nullptr) [[unlikely]]
      leave();
    if (!accepted_) in_->rewind(start_);
  }

  [[nodiscard]] std::size_t start() const { return start_; }

  // octets is what the rule has read so far.
  [[nodiscard]] std::string_view octets() const { return in_->since(start_); }

  template <class T>
  T accept(T value) {
    accepted_ = true;
    return value;
  }
  std::expected<void, Error> accept() {
    accepted_ = true;
    return {};
  }

  // fail and fail_at are the cursor's, for this rule.
  std::unexpected<Error> fail(Name expected, Name resolution = {}) { return in_->fail(rule_, expected, resolution); }
  std::unexpected<Error> fail_at(std::size_t offset, Name expected, Name resolution = {}) {
    return in_->fail_at(offset, rule_, expected, resolution);
  }

 private:
  void leave() {
    if (!rule_.empty()) {
      in_->trace()->leave(accepted_, in_->offset());
    } else if (!accepted_) {
      in_->trace()->forget(start_);
    }
  }

  Cursor* in_;
  Name rule_;
  std::size_t start_;
  bool accepted_ = false;
};

}  // namespace imapspec::parser

// IMAPSPEC_TRY evaluates an expected and returns its error from the enclosing function, or
// binds its value: GCC 12's std::expected has no and_then. IMAPSPEC_CHECK is for one without a value.
#define IMAPSPEC_CONCAT_(a, b) a##b
#define IMAPSPEC_CONCAT(a, b) IMAPSPEC_CONCAT_(a, b)
#define IMAPSPEC_TRY(declaration, expression) \
  IMAPSPEC_TRY_(IMAPSPEC_CONCAT(outcome_, __LINE__), declaration, expression)
#define IMAPSPEC_TRY_(outcome, declaration, expression)  \
  auto outcome = (expression);                           \
  if (!outcome) return std::unexpected(outcome.error()); \
  declaration = *std::move(outcome)
#define IMAPSPEC_CHECK(expression) IMAPSPEC_CHECK_(IMAPSPEC_CONCAT(outcome_, __LINE__), expression)
#define IMAPSPEC_CHECK_(outcome, expression) \
  if (auto outcome = (expression); !outcome) return std::unexpected(outcome.error())
