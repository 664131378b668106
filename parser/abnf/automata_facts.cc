#include "parser/abnf/automata_facts.h"

#include <cstddef>

#include "parser/abnf/reader.h"

namespace imapspec::abnf {
namespace {

using Edge = Automata::Edge;

// Walks back from final states.
class Backwards {
 public:
  explicit Backwards(const Automata& automata)
      : automata_(automata),
        incoming_(automata.states.size()),
        started_by_(automata.states.size()),
        uses_(automata.nonterminals.size()) {
    for (std::uint32_t state = 0; state < automata.states.size(); ++state) {
      for (const Edge& edge : automata.states[state]) {
        incoming_[edge.target].push_back({state, &edge});
        if (edge.kind == Edge::Kind::Nonterminal) uses_[edge.what].push_back({state, &edge});
      }
    }
    for (NonterminalId id = 0; id < automata.nonterminals.size(); ++id) {
      started_by_[automata.nonterminals[id].initial].push_back(id);
    }
  }

  // The states with a way to a final state, over edges of octets or without them, and over nonterminals with such a
  // way from their initial state, unless they are `blocked`.
  std::vector<bool> walk(bool over_octets, const std::vector<bool>& blocked) {
    std::vector<bool> reached(automata_.states.size());
    std::vector<std::uint32_t> open;
    const auto reach = [&](std::uint32_t state) {
      if (!reached[state]) open.push_back(state);
      reached[state] = true;
    };
    const auto passes = [&](const Edge& edge) {
      switch (edge.kind) {
        case Edge::Kind::Empty:
          return true;
        case Edge::Kind::Octets:
          return over_octets && automata_.sets[edge.what].any();
        case Edge::Kind::Counted:
          return over_octets;
        case Edge::Kind::Nonterminal:
          return reached[automata_.nonterminals[edge.what].initial] && !blocked[edge.what];
      }
      return false;
    };
    for (const Automata::Nonterminal& nonterminal : automata_.nonterminals) reach(nonterminal.final);
    while (!open.empty()) {
      const std::uint32_t state = open.back();
      open.pop_back();
      for (const Use& use : incoming_[state]) {
        if (passes(*use.edge)) reach(use.from);
      }
      for (const NonterminalId id : started_by_[state]) {
        for (const Use& use : uses_[id]) {
          if (reached[use.edge->target] && passes(*use.edge)) reach(use.from);
        }
      }
    }
    return reached;
  }

 private:
  struct Use {
    std::uint32_t from;
    const Edge* edge;
  };

  const Automata& automata_;
  std::vector<std::vector<Use>> incoming_;              // by state
  std::vector<std::vector<NonterminalId>> started_by_;  // by state
  std::vector<std::vector<Use>> uses_;                  // by nonterminal
};

}  // namespace

AutomataFacts analyse(const Automata& automata) {
  Backwards backwards(automata);
  const std::size_t count = automata.nonterminals.size();
  AutomataFacts facts;
  facts.useful = backwards.walk(true, std::vector<bool>(count));
  facts.nullable.resize(count);
  // An exclusion matches nothing where its left side does and its right side does not. Right sides do not depend on
  // their exclusion, so that after as many rounds as exclusions are deep, all is decided.
  for (std::size_t round = 0; round <= kMaxExclusionDepth; ++round) {
    std::vector<bool> blocked(count);
    for (NonterminalId id = 0; id < count; ++id) {
      const auto& excluded = automata.nonterminals[id].excluded;
      blocked[id] = excluded && facts.nullable[*excluded];
    }
    const std::vector<bool> reached = backwards.walk(false, blocked);
    for (NonterminalId id = 0; id < count; ++id) {
      facts.nullable[id] = reached[automata.nonterminals[id].initial] && !blocked[id];
    }
  }
  return facts;
}

}  // namespace imapspec::abnf
