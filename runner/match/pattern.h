// Expected responses: IMAP with typed holes, compared by meaning.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "parser/grammar/response.h"
#include "runner/match/bindings.h"
#include "runner/match/matcher.h"
#include "runner/match/term.h"

namespace imapspec::runner {

// kNamedValues is the kinds of value that a name can have whose forms in a pattern differ.
inline constexpr std::array kNamedValues = {Term::Kind::Octets, Term::Kind::Number, Term::Kind::Keyword};

// values_for adds bindings in which every name of a pattern has a value of one kind: what can be told of a pattern
// before anything is bound is told with these.
Bindings values_for(std::string_view text, Term::Kind kind, Bindings bindings = {});

// Pattern is one expected response. Holes never enter the parser: for each stands something that is
// right for the grammar at its place, the strict parser parses the result, and the hole is put back
// into the tree.
class Pattern {
 public:
  enum class Kind : std::uint8_t {
    Closed,    // the server closed the connection
    Continue,  // a continuation request, whatever its text
    Tagged,    // the completion of the command, or of the tag that is given
    Untagged,  // an untagged status
    Data,      // any other untagged response
  };

  // parse fills in references and parses: by `profile`, or by everything that some profile admits. The error is a
  // sentence.
  static std::expected<Pattern, std::string> parse(std::string_view text, const Bindings& bindings,
                                                   const parser::Profile* profile = nullptr);

  // check says what is wrong with a pattern before anything is bound: nullopt if it is IMAP.
  static std::optional<std::string> check(std::string_view text);

  [[nodiscard]] Kind kind() const { return kind_; }

  // status is what a Tagged or Untagged pattern asks for.
  [[nodiscard]] parser::Status status() const { return status_; }

  // tag is that of the command that a Tagged pattern is about, where it names one.
  [[nodiscard]] std::string_view tag() const { return tag_; }
  [[nodiscard]] bool names_a_tag() const { return !tag_.empty(); }

  // word is what a Data pattern is about: "FETCH", "LIST". Empty for the others.
  [[nodiscard]] std::string_view word() const;

  // tree is what a Data pattern compares, or nullptr.
  [[nodiscard]] const Term* tree() const { return kind_ == Kind::Data ? &data_ : nullptr; }

  // code is the response code that a Tagged or Untagged pattern asks for, or nullptr.
  [[nodiscard]] const Term* code() const { return code_ ? &*code_ : nullptr; }

  // matches compares; on success the holes are bound, otherwise `bindings` is unchanged.
  // `tag` is that of the command in progress. Never true for Kind::Closed. Where the
  // budget is spent it would take too long to know, and false means nothing. nullptr: a budget of its own.
  bool matches(const parser::Response& response, std::string_view tag, Bindings& bindings,
               MatchBudget* budget = nullptr) const;

  // may_share says whether some response could match both patterns. It compares what is plain in
  // them: it says yes in every doubt.
  [[nodiscard]] bool may_share(const Pattern& other) const;

 private:
  friend class PatternReader;
  Pattern() = default;

  Kind kind_ = Kind::Data;
  std::string tag_;  // of a Tagged pattern that names one
  parser::Status status_ = parser::Status::Ok;
  std::optional<Term> code_;
  Term data_;
};

}  // namespace imapspec::runner
