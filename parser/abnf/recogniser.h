// Whether octets are a sentence of a grammar.
//
// Any context-free grammar in time polynomial in the octets: rules may be ambiguous, cyclic, recursive on any side.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/grammar.h"

namespace imapspec::abnf {

// Recognition is what is known of some octets.
struct Recognition {
  bool accepted = false;

  // furthest is the number of octets that some derivation consumed: octets[0, furthest) is the longest prefix of the
  // octets that is a prefix of a sentence. Texts count letter by letter. Of what ABNF cannot say,
  // - @range stops a derivation at the digit that makes the value exceed its most, not counting that digit; that a
  // value
  //   is below its least counts when the digits end;
  // - @octets counts octet by octet, as far as they are of the class;
  // - an exclusion counts when what is left of it ends: until then a derivation goes on, even if all that could
  //   follow is excluded.
  std::size_t furthest = 0;

  // expected names the terminals that could stand at `furthest`, and kEndOfInput if nothing has to. Sorted. Only on
  // request.
  std::vector<std::string> expected;

  // gave_up is the number of states from which on the recogniser did not go on. Then nothing else is known: the octets
  // are neither accepted nor rejected.
  std::optional<std::size_t> gave_up;
};

inline constexpr std::string_view kEndOfInput = "end of input";

// Recogniser compiles what a rule or a node needs when it is asked for it first, and keeps its memory from one sentence
// to the next. It is for one thread.
class Recogniser {
 public:
  // kMostStates of them take about 150 MB. Of ambiguous rules, the states grow with the square of the octets.
  static constexpr std::size_t kMostStates = 4'000'000;

  // The grammar must outlive the recogniser, which gives up where it would have to hold more states than `most_states`.
  explicit Recogniser(const Grammar& grammar, std::size_t most_states = kMostStates);
  ~Recogniser();
  Recogniser(Recogniser&&) noexcept;
  Recogniser& operator=(Recogniser&&) noexcept;

  // recognise says whether `start` matches the octets as a whole. 4 GiB and more are not accepted.
  Recognition recognise(RuleId start, std::string_view octets, bool with_expected = false);

  // matches says whether a node matches the octets as a whole, as far as is known.
  bool matches(NodeId node, std::string_view octets);

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace imapspec::abnf
