// Expected responses: IMAP with typed holes, compared by meaning.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "parser/grammar/response.h"
#include "runner/match/bindings.h"
#include "runner/match/term.h"

namespace imapspec::runner {

// Pattern is one expected response. Holes never enter the parser: each is replaced by a
// sentinel that is right for its rule, the strict parser parses the result, and the sentinel is
// found again in the tree.
class Pattern {
 public:
  enum class Kind : std::uint8_t {
    Closed,    // the server closed the connection
    Continue,  // a continuation request, whatever its text
    Tagged,    // the completion of the command, or of the tag that is given
    Untagged,  // an untagged status
    Data,      // any other untagged response
  };

  // parse fills in references and parses. The error is a sentence.
  static std::expected<Pattern, std::string> parse(std::string_view text, const Bindings& bindings);

  // check says what is wrong with a pattern before anything is bound: nullopt if it is IMAP.
  static std::optional<std::string> check(std::string_view text);

  [[nodiscard]] Kind kind() const { return kind_; }

  // status is what a Tagged or Untagged pattern asks for.
  [[nodiscard]] parser::Status status() const { return status_; }

  // matches compares; on success the holes are bound, otherwise `bindings` is unchanged.
  // `tag` is that of the command in progress. Never true for Kind::Closed.
  bool matches(const parser::Response& response, std::string_view tag, Bindings& bindings) const;

 private:
  Pattern() = default;
  std::expected<void, std::string> parse_status(std::string_view line);

  Kind kind_ = Kind::Data;
  std::string tag_;  // of a Tagged pattern that names one
  parser::Status status_ = parser::Status::Ok;
  std::optional<Term> code_;
  Term data_;
};

}  // namespace imapspec::runner
