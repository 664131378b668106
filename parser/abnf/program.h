// A grammar as tables to recognise with.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "parser/abnf/automata.h"

namespace imapspec::abnf {

using StateId = std::uint32_t;

// LookAhead is a set of what may come next: classes of octets, the end of the input, or kAnything.
class LookAhead {
 public:
  static constexpr std::size_t kEnd = 256;
  // kAnything is what comes next when it is not known, and asked for.
  static constexpr std::size_t kAnything = 257;

  [[nodiscard]] bool has(std::size_t next) const { return (words_[next / 64] >> (next % 64) & 1) != 0; }
  void add(std::size_t next) { words_[next / 64] |= std::uint64_t{1} << (next % 64); }

  // add yields whether the set grew.
  bool add(const LookAhead& other) {
    bool grew = false;
    for (std::size_t word = 0; word < words_.size(); ++word) {
      grew = grew || (other.words_[word] & ~words_[word]) != 0;
      words_[word] |= other.words_[word];
    }
    return grew;
  }

 private:
  std::array<std::uint64_t, 5> words_{};
};

// Program is one automaton for each nonterminal. An automaton is deterministic unless that would take too many
// states; nonterminals that match nothing at all are matched by leaving them out, so that none has to.
struct Program {
  static constexpr StateId kDead = 0;

  struct NonterminalEdge {
    NonterminalId nonterminal = 0;
    StateId target = kDead;
    bool captures = false;  // its value is the count for the CountedEdge that follows
  };
  struct CountedEdge {
    std::uint32_t set = 0;
    std::uint32_t label = 0;
    StateId target = kDead;
  };
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct State {
    NonterminalId owner = 0;
    bool accepts = false;
    Range nonterminals;  // in nonterminal_edges
    Range counted;       // in counted_edges
    Range labels;        // in state_labels: what octets to go on with are called
    LookAhead live;      // with these next, something may come of the state
    LookAhead busy;      // with these next, it takes more than going on to the next state
  };
  struct Nonterminal {
    StateId initial = kDead;
    bool nullable = false;
    bool plain = false;  // deterministic, octets only: can be run by itself
    std::optional<NumericRange> range;
    std::optional<NonterminalId> excluded;
    std::optional<RuleId> rule;
    std::optional<NodeId> node;
    LookAhead first;   // octets that it begins with
    LookAhead follow;  // what comes after it
  };

  // next is the state after an octet of a class: kDead, a StateId, or kMany + an index into `lists`.
  static constexpr std::uint32_t kMany = 0x80000000U;
  [[nodiscard]] std::uint32_t next(StateId state, std::size_t octet_class) const {
    return table[state * class_count + octet_class];
  }
  [[nodiscard]] std::span<const StateId> list(std::uint32_t many) const {
    const Range& range = lists[many - kMany];
    return std::span(list_states).subspan(range.begin, range.end - range.begin);
  }
  [[nodiscard]] std::size_t class_of(char octet) const { return classes[static_cast<unsigned char>(octet)]; }

  std::array<std::uint8_t, 256> classes{};
  std::size_t class_count = 0;
  std::vector<State> states;  // the first is kDead
  std::vector<std::uint32_t> table;
  std::vector<Range> lists;
  std::vector<StateId> list_states;
  std::vector<NonterminalEdge> nonterminal_edges;
  std::vector<CountedEdge> counted_edges;
  std::vector<std::uint32_t> state_labels;
  std::vector<Nonterminal> nonterminals;  // the first is the start
  std::vector<OctetSet> sets;
  std::vector<std::string> labels;
};

// compile makes the program of `start`.
Program compile(const GrammarFacts& facts, Start start, Inlining inlining);

}  // namespace imapspec::abnf
