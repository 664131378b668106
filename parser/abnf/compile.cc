#include <algorithm>
#include <map>
#include <utility>

#include "parser/abnf/automata_facts.h"
#include "parser/abnf/program.h"

namespace imapspec::abnf {
namespace {

using Edge = Automata::Edge;

// A deterministic automaton may have this many states.
constexpr std::size_t kMostStates = 1024;
// From this size of a program on, no more automata are made deterministic.
constexpr std::size_t kLargeProgram = 65536;

class Compiler {
 public:
  explicit Compiler(Automata automata)
      : from_(std::move(automata)), facts_(analyse(from_)), in_closure_(from_.states.size()) {}

  Program take() {
    classify_octets();
    new_state(0);  // kDead
    out_.nonterminals.resize(from_.nonterminals.size());
    for (NonterminalId id = 0; id < from_.nonterminals.size(); ++id) convert(id);
    out_.sets = std::move(from_.sets);
    out_.labels = std::move(from_.labels);
    look_ahead();
    return std::move(out_);
  }

 private:
  // States of an automaton, sorted.
  using States = std::vector<std::uint32_t>;

  // What can be told apart by sets of octets is in different classes.
  void classify_octets() {
    std::map<std::vector<bool>, std::uint8_t> known;
    for (std::size_t octet = 0; octet < 256; ++octet) {
      std::vector<bool> membership;
      for (const OctetSet& set : from_.sets) membership.push_back(set[octet]);
      const auto [found, added] = known.emplace(std::move(membership), static_cast<std::uint8_t>(known.size()));
      out_.classes[octet] = found->second;
      if (added) representatives_.push_back(octet);
    }
    out_.class_count = known.size();
  }

  StateId new_state(NonterminalId owner) {
    out_.states.emplace_back().owner = owner;
    out_.table.resize(out_.table.size() + out_.class_count);
    return static_cast<StateId>(out_.states.size() - 1);
  }

  void convert(NonterminalId id) {
    const Automata::Nonterminal& from = from_.nonterminals[id];
    Program::Nonterminal& to = out_.nonterminals[id];
    to.nullable = facts_.nullable[id];
    to.range = from.range;
    to.excluded = from.excluded;
    to.rule = from.rule;
    to.node = from.node;
    if (!facts_.useful[from.initial]) return;
    const std::size_t first = out_.states.size();
    deterministic_ = first < kLargeProgram;
    if (deterministic_ && convert_states(id)) {
      to.plain = !to.range && !to.excluded &&
                 std::all_of(out_.states.begin() + static_cast<std::ptrdiff_t>(first), out_.states.end(),
                             [](const Program::State& state) {
                               return state.nonterminals.begin == state.nonterminals.end &&
                                      state.counted.begin == state.counted.end;
                             });
      return;
    }
    out_.states.resize(first);
    out_.table.resize(first * out_.class_count);
    deterministic_ = false;
    convert_states(id);
  }

  // False if there are too many.
  bool convert_states(NonterminalId id) {
    known_.clear();
    open_.clear();
    owner_ = id;
    const Automata::Nonterminal& from = from_.nonterminals[id];
    out_.nonterminals[id].initial = state_of({from.initial});
    while (!open_.empty()) {
      const auto [state, kernel] = std::move(open_.back());
      open_.pop_back();
      if (deterministic_ && known_.size() > kMostStates) return false;
      convert_state(state, closure(kernel), from.final);
    }
    return true;
  }

  StateId state_of(const States& kernel) {
    const auto [found, added] = known_.emplace(kernel, static_cast<StateId>(out_.states.size()));
    if (added) open_.emplace_back(new_state(owner_), kernel);
    return found->second;
  }

  // With all states that can be reached without an octet.
  States closure(States states) {
    ++closure_;
    for (const std::uint32_t state : states) in_closure_[state] = closure_;
    for (std::size_t index = 0; index < states.size(); ++index) {
      for (const Edge& edge : from_.states[states[index]]) {
        const bool nothing =
            edge.kind == Edge::Kind::Empty || (edge.kind == Edge::Kind::Nonterminal && facts_.nullable[edge.what]);
        if (!nothing || in_closure_[edge.target] == closure_ || !facts_.useful[edge.target]) continue;
        in_closure_[edge.target] = closure_;
        states.push_back(edge.target);
      }
    }
    std::ranges::sort(states);
    return states;
  }

  // Calls `add` for the states that an edge's symbol leads to: for one state, or one by one.
  template <class Add>
  void for_targets(States& targets, Add add) {
    std::ranges::sort(targets);
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    if (deterministic_) return add(state_of(targets));
    for (const std::uint32_t target : targets) add(state_of({target}));
  }

  void convert_state(StateId state, const States& members, std::uint32_t final) {
    by_class_.resize(out_.class_count);
    for (States& targets : by_class_) targets.clear();
    std::map<std::pair<NonterminalId, bool>, States> by_nonterminal;
    std::map<std::pair<std::uint32_t, std::uint32_t>, States> by_count;
    States labels;
    for (const std::uint32_t member : members) {
      for (const Edge& edge : from_.states[member]) {
        if (!facts_.useful[edge.target]) continue;
        if (edge.kind == Edge::Kind::Octets) {
          labels.push_back(edge.label);
          for (std::size_t one = 0; one < out_.class_count; ++one) {
            if (from_.sets[edge.what][representatives_[one]]) by_class_[one].push_back(edge.target);
          }
        } else if (edge.kind == Edge::Kind::Nonterminal) {
          if (facts_.useful[from_.nonterminals[edge.what].initial]) {
            by_nonterminal[{edge.what, edge.captures}].push_back(edge.target);
          }
        } else if (edge.kind == Edge::Kind::Counted) {
          by_count[{edge.what, edge.label}].push_back(edge.target);
        }
      }
    }
    // New states are added below, so that a reference would not last.
    out_.states[state].accepts = std::ranges::binary_search(members, final);
    std::ranges::sort(labels);
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    out_.states[state].labels = append(out_.state_labels, labels);
    for (std::size_t one = 0; one < out_.class_count; ++one) {
      if (!by_class_[one].empty()) set_next(state, one, by_class_[one]);
    }
    std::vector<Program::NonterminalEdge> nonterminals;
    for (auto& [symbol, targets] : by_nonterminal) {
      for_targets(targets,
                  [&, which = symbol](StateId target) { nonterminals.push_back({which.first, target, which.second}); });
    }
    out_.states[state].nonterminals = append(out_.nonterminal_edges, nonterminals);
    std::vector<Program::CountedEdge> counted;
    for (auto& [symbol, targets] : by_count) {
      for_targets(targets,
                  [&, which = symbol](StateId target) { counted.push_back({which.first, which.second, target}); });
    }
    out_.states[state].counted = append(out_.counted_edges, counted);
  }

  template <class Element>
  static Program::Range append(std::vector<Element>& all, const std::vector<Element>& more) {
    const auto begin = static_cast<std::uint32_t>(all.size());
    all.insert(all.end(), more.begin(), more.end());
    return {begin, static_cast<std::uint32_t>(all.size())};
  }

  void set_next(StateId state, std::size_t octet_class, States& targets) {
    States to;
    for_targets(targets, [&](StateId target) { to.push_back(target); });
    std::uint32_t& entry = out_.table[state * out_.class_count + octet_class];
    entry = to.front();
    if (to.size() == 1) return;
    entry = Program::kMany + static_cast<std::uint32_t>(out_.lists.size());
    out_.lists.push_back(append(out_.list_states, to));
  }

  // Look-ahead.

  template <class Visit>
  void for_each_nonterminal(const Program::State& state, Visit visit) const {
    for (std::uint32_t edge = state.nonterminals.begin; edge < state.nonterminals.end; ++edge) {
      visit(out_.nonterminal_edges[edge]);
    }
  }

  void look_ahead() {
    std::vector<LookAhead> first(out_.states.size());
    std::vector<bool> may_end(out_.states.size());
    find_first(first, may_end);
    find_follow(first, may_end);
    for (StateId id = 1; id < out_.states.size(); ++id) {
      Program::State& state = out_.states[id];
      state.live = first[id];
      state.live.add(LookAhead::kAnything);
      state.busy.add(LookAhead::kAnything);
      const LookAhead& follow = out_.nonterminals[state.owner].follow;
      if (may_end[id]) state.live.add(follow);
      if (state.accepts) state.busy.add(follow);
      // A range is looked at with every octet.
      const bool in_range = out_.nonterminals[state.owner].range.has_value();
      if (in_range || state.counted.begin != state.counted.end) state.busy.add(state.live);
      for_each_nonterminal(state, [&](const auto& edge) { state.busy.add(out_.nonterminals[edge.nonterminal].first); });
    }
  }

  // What states and nonterminals begin with. A Counted may be empty, which is all the same here.
  void find_first(std::vector<LookAhead>& first, std::vector<bool>& may_end) {
    for (StateId id = 1; id < out_.states.size(); ++id) {
      may_end[id] = out_.states[id].accepts;
      for (std::size_t one = 0; one < out_.class_count; ++one) {
        if (out_.next(id, one) != Program::kDead) first[id].add(one);
      }
    }
    for (bool grew = true; grew;) {
      grew = false;
      for (StateId id = static_cast<StateId>(out_.states.size() - 1); id > 0; --id) {
        const Program::State& state = out_.states[id];
        for_each_nonterminal(
            state, [&](const auto& edge) { grew = first[id].add(out_.nonterminals[edge.nonterminal].first) || grew; });
        for (std::uint32_t edge = state.counted.begin; edge < state.counted.end; ++edge) {
          const Program::CountedEdge& counted = out_.counted_edges[edge];
          for (std::size_t one = 0; one < out_.class_count; ++one) {
            if (out_.sets[counted.set][representatives_[one]]) first[id].add(one);
          }
          grew = first[id].add(first[counted.target]) || grew;
          if (may_end[counted.target] && !may_end[id]) may_end[id] = grew = true;
        }
        Program::Nonterminal& owner = out_.nonterminals[state.owner];
        if (owner.initial == id) grew = owner.first.add(first[id]) || grew;
      }
    }
  }

  void find_follow(const std::vector<LookAhead>& first, const std::vector<bool>& may_end) {
    for (Program::Nonterminal& nonterminal : out_.nonterminals) {
      nonterminal.follow.add(LookAhead::kEnd);
      nonterminal.follow.add(LookAhead::kAnything);
      nonterminal.first.add(LookAhead::kAnything);
    }
    for (bool grew = true; grew;) {
      grew = false;
      for (const Program::State& state : out_.states) {
        for_each_nonterminal(state, [&](const auto& edge) {
          LookAhead& follow = out_.nonterminals[edge.nonterminal].follow;
          grew = follow.add(first[edge.target]) || grew;
          if (may_end[edge.target]) grew = follow.add(out_.nonterminals[state.owner].follow) || grew;
        });
      }
    }
  }

  Automata from_;
  AutomataFacts facts_;
  Program out_;
  std::vector<std::size_t> representatives_;  // an octet of each class
  std::vector<std::uint32_t> in_closure_;     // by state: the number of the closure that it was in last
  std::uint32_t closure_ = 0;
  // Of the automaton that is being converted:
  NonterminalId owner_ = 0;
  bool deterministic_ = true;
  std::map<States, StateId> known_;
  std::vector<std::pair<StateId, States>> open_;
  std::vector<States> by_class_;  // the targets of the state that is being converted
};

}  // namespace

Program compile(const GrammarFacts& facts, Start start, Inlining inlining) {
  return Compiler(build_automata(facts, start, inlining)).take();
}

}  // namespace imapspec::abnf
