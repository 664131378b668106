// A grammar as automata, one for each nonterminal: the form between the rules and the Program that is run.
//
// Rules that are small and do not recur have no automaton of their own: they are parts of those that refer to them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "parser/abnf/grammar.h"
#include "parser/abnf/octet_set.h"
#include "parser/abnf/rule_order.h"

namespace imapspec::abnf {

using NonterminalId = std::uint32_t;

// Inlining says whether rules may be parts of those that refer to them.
enum class Inlining : bool { No, Yes };

// Automata are nondeterministic. Their states have numbers of their own, no automaton shares a state with another.
struct Automata {
  struct Edge {
    enum class Kind : std::uint8_t { Empty, Octets, Nonterminal, Counted };
    Kind kind = Kind::Empty;
    bool captures = false;    // Nonterminal: its value is the count of the Counted that follows
    std::uint32_t what = 0;   // Octets, Counted: index into sets; Nonterminal: its id
    std::uint32_t label = 0;  // Octets, Counted: index into labels
    std::uint32_t target = 0;
  };
  struct Nonterminal {
    std::uint32_t initial = 0;
    std::uint32_t final = 0;
    std::optional<NumericRange> range;
    std::optional<NonterminalId> excluded;  // what must not match the same octets
    std::optional<RuleId> rule;             // whose matches these are
    std::optional<NodeId> node;             // the same, of a node that is not a rule's definition
  };
  std::vector<std::vector<Edge>> states;
  std::vector<Nonterminal> nonterminals;  // the first is the start
  std::vector<OctetSet> sets;
  std::vector<std::string> labels;  // terminals, for people
};

// GrammarFacts is what many Automata of one grammar have in common.
struct GrammarFacts {
  explicit GrammarFacts(const Grammar& grammar);
  const Grammar& grammar;
  RuleOrder order;
  OctetSets sets;
  std::vector<bool> inlined;  // by rule
};

// Start is what is to be matched: a rule with its range, or a node by itself.
struct Start {
  enum class Kind : bool { Rule, Node };
  Kind kind = Kind::Rule;
  std::uint32_t id = 0;  // a RuleId or a NodeId
  auto operator<=>(const Start&) const = default;
};

// build_automata makes the automata that `start` needs.
Automata build_automata(const GrammarFacts& facts, Start start, Inlining inlining);

}  // namespace imapspec::abnf
