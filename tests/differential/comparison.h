// One unit, seen by the hand-written parser and by the oracle.
//
// RFC 9051 section 9
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/abnf/grammar.h"
#include "parser/abnf/recogniser.h"
#include "parser/core/arena.h"
#include "parser/grammar/profile.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::differential {

using parser::test::UnitKind;

// Verdict is what both say of a unit, where they agree; Limit if one of them came to a limit of its own.
enum class Verdict : std::uint8_t { Accepted, Rejected, Limit };

// Difference is the way in which they do not.
enum class Difference : std::uint8_t {
  OnlyOracle,  // the oracle accepts and the parser does not
  OnlyParser,
  Offset,      // both reject, at different offsets
  RoundTrip,   // the accepted value is not the same after it was written and read
  Unfaithful,  // written as it was read it is not the same octets
  Spelling,    // another spelling of the accepted value is refused by the oracle
  Law,         // another law of units
  Unresolved,  // the rules of the RFCs do not have what both accept
};
inline constexpr std::size_t kDifferences = 8;

// difference_name says it in words, as in "only the oracle accepts".
std::string_view difference_name(Difference difference);

// Comparison is a verdict, or the way in which there is none.
struct Comparison {
  Verdict verdict = Verdict::Accepted;
  std::optional<Difference> difference;
};

// Oracle is a rule of a grammar.
struct Oracle {
  const abnf::Grammar* grammar = nullptr;
  abnf::RuleId root = 0;
};

// Comparer holds what both need for one kind of unit in one profile. The grammars must outlive it; `unresolved` is that
// of the RFCs as they are written, and may be left out.
class Comparer {
 public:
  Comparer(const Oracle& oracle, const Oracle& unresolved, UnitKind kind, const parser::Profile& profile);

  // compare asks both. Laws and other spellings cost time, so that the caller says when to look at them.
  Comparison compare(std::string_view octets, bool thorough = false);

  // parser_error is what the parser alone says.
  std::optional<parser::Error> parser_error(std::string_view octets);

  // explain puts what both say of a unit into words, a line each.
  std::string explain(std::string_view octets);

  // matches is for generators: whether a node of the grammar matches the octets.
  bool matches(abnf::NodeId node, std::string_view octets);

 private:
  // same_place says whether the parser stopped where the recogniser did.
  bool same_place(const parser::Error& error, std::string_view octets, std::size_t furthest);
  [[nodiscard]] std::optional<Difference> written(std::string_view octets, bool thorough);
  template <class Parse>
  [[nodiscard]] std::optional<Difference> written_by(std::string_view octets, bool thorough, Parse parse);

  abnf::RuleId root_;
  abnf::RuleId unresolved_root_;
  UnitKind kind_;
  parser::Profile profile_;
  abnf::Recogniser recogniser_;
  std::optional<abnf::Recogniser> unresolved_;
  parser::Arena arena_;
};

}  // namespace imapspec::differential
