// All derivations of some octets at once: which node of the grammar matches where, and over which ways.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "parser/abnf/automata.h"
#include "parser/abnf/program.h"

namespace imapspec::abnf {

// Occurrence is a node, or a rule, and the octets that it matches.
struct Occurrence {
  std::uint32_t id = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  auto operator<=>(const Occurrence&) const = default;
};

// Way is how a concatenation or a repetition gets from its begin to its end: a graph of states, in which each step is
// a child that matches. Steps go from a state to a later one.
struct Way {
  struct State {
    std::uint32_t position = 0;
    std::uint32_t taken = 0;  // children of a concatenation; copies of a repetition, as far as they count
    std::uint64_t count = 0;  // 1 + the number of octets that a Counted will have
    auto operator<=>(const State&) const = default;
  };
  struct Step {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    Occurrence child;
  };
  std::vector<State> states;
  std::vector<Step> steps;
  std::vector<bool> ends;       // by state: nothing has to follow
  bool loops_in_place = false;  // a repetition without an end, of what also matches nothing
};

// Forest knows the derivations of one sentence at a time. The facts must outlive it.
class Forest {
 public:
  Forest(const GrammarFacts& facts, RuleId start);

  // grow recognises the octets, and says whether they are a sentence; if not, the forest is empty.
  bool grow(std::string_view octets);

  // rules are the rules that match, and the octets they match: of those that are more than sets of octets, and not
  // inside of an @range. What matches nothing is listed at offset 0 only.
  [[nodiscard]] const std::vector<Occurrence>& rules() const { return rules_; }

  // listed: a rule is one whose matches `rules` lists.
  [[nodiscard]] bool listed(RuleId rule) const { return by_rule_[rule] != kNone; }

  // matches says whether a node matches the octets from `begin` to `end`.
  bool matches(NodeId node, std::uint32_t begin, std::uint32_t end);

  // way yields how a concatenation or a repetition that matches does so: what leads to its end only.
  Way way(const Occurrence& node);

 private:
  static constexpr NonterminalId kNone = 0xFFFFFFFFU;
  using Ends = std::vector<std::uint32_t>;

  void unlist(NodeId node);
  const Ends& ends(NodeId node, std::uint32_t begin);
  Ends find_ends(NodeId id, std::uint32_t begin);
  Ends ends_of_nonterminal(NonterminalId nonterminal, std::uint32_t begin) const;
  Ends ends_of_text(const Node& node, std::uint32_t begin) const;
  const Way& explore(NodeId node, std::uint32_t begin);
  void step_concatenation(const Node& node, Way& way, std::uint32_t from, std::map<Way::State, std::uint32_t>& known);
  void step_repetition(const Node& node, Way& way, std::uint32_t from, std::map<Way::State, std::uint32_t>& known);
  static void add_step(Way& way, std::uint32_t from, Way::State to, const Occurrence& child,
                       std::map<Way::State, std::uint32_t>& known);
  [[nodiscard]] std::uint64_t number(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] bool all_of_set(NodeId octet, std::uint32_t begin, std::uint64_t count) const;

  const GrammarFacts& facts_;
  const Grammar& grammar_;
  Program program_;
  std::vector<NonterminalId> by_rule_;
  std::unordered_map<NodeId, NonterminalId> by_node_;
  std::string_view octets_;
  std::vector<Occurrence> rules_;
  std::map<std::pair<NonterminalId, std::uint32_t>, Ends> matches_;  // by begin
  std::map<std::pair<NodeId, std::uint32_t>, Ends> ends_;
  std::map<std::pair<NodeId, std::uint32_t>, Way> ways_;
};

}  // namespace imapspec::abnf
