#include "parser/abnf/forest.h"

#include <algorithm>
#include <limits>

#include "parser/abnf/earley.h"
#include "parser/abnf/recogniser.h"

namespace imapspec::abnf {
namespace {

bool is_counted(const Grammar& grammar, NodeId id) { return grammar.node(id).kind == Node::Kind::Counted; }

// The child that says how many octets the Counted of a concatenation has: the nearest before it. kNowhere if there is
// no Counted.
constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

std::size_t counting_child(const Grammar& grammar, const Node& concatenation) {
  const auto& children = concatenation.children;
  const auto counted = std::ranges::find_if(children, [&](NodeId child) { return is_counted(grammar, child); });
  if (counted == children.end()) return kNowhere;
  auto index = static_cast<std::size_t>(counted - children.begin());
  const RuleId rule = grammar.node(*counted).rule;
  const Node* node = nullptr;
  do {
    node = &grammar.node(children[--index]);
  } while (node->kind != Node::Kind::Reference || node->rule != rule);
  return index;
}

}  // namespace

Forest::Forest(const GrammarFacts& facts, RuleId start)
    : facts_(facts),
      grammar_(facts.grammar),
      program_(compile(facts, {Start::Kind::Rule, start}, Inlining::No)),
      by_rule_(facts.grammar.rules().size(), kNone) {
  for (NonterminalId id = 0; id < program_.nonterminals.size(); ++id) {
    const Program::Nonterminal& nonterminal = program_.nonterminals[id];
    if (nonterminal.rule) by_rule_[*nonterminal.rule] = id;
    if (nonterminal.node) by_node_.emplace(*nonterminal.node, id);
  }
  for (const Rule& rule : grammar_.rules()) {
    if (rule.range) unlist(rule.definition);
  }
}

// The automaton of a rule with a range goes through other rules without telling where they match.
void Forest::unlist(NodeId node) {
  for (const RuleId rule : references(grammar_, node)) {
    by_rule_[rule] = kNone;
    unlist(grammar_.rule(rule).definition);
  }
}

bool Forest::grow(std::string_view octets) {
  octets_ = octets;
  rules_.clear();
  matches_.clear();
  ends_.clear();
  ways_.clear();
  std::vector<Match> found;
  if (!Earley(program_, Recogniser::kMostStates).run(0, octets, {.matches = &found})) return false;
  for (const Program::Nonterminal& nonterminal : program_.nonterminals) {
    const auto& rule = nonterminal.rule;
    if (rule && listed(*rule) && nonterminal.nullable) rules_.push_back({*rule, 0, 0});
  }
  for (const Match& match : found) {
    matches_[{match.nonterminal, match.begin}].push_back(match.end);
    const auto& rule = program_.nonterminals[match.nonterminal].rule;
    if (rule && listed(*rule)) rules_.push_back({*rule, match.begin, match.end});
  }
  return true;
}

bool Forest::matches(NodeId node, std::uint32_t begin, std::uint32_t end) {
  return std::ranges::binary_search(ends(node, begin), end);
}

const Forest::Ends& Forest::ends(NodeId node, std::uint32_t begin) {
  const auto found = ends_.find({node, begin});
  if (found != ends_.end()) return found->second;
  Ends all = find_ends(node, begin);
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return ends_.emplace(std::pair(node, begin), std::move(all)).first->second;
}

Forest::Ends Forest::find_ends(NodeId id, std::uint32_t begin) {
  if (const auto set = facts_.sets.of_node(id)) {
    const bool matched = begin < octets_.size() && (*set)[static_cast<unsigned char>(octets_[begin])];
    return matched ? Ends{begin + 1} : Ends{};
  }
  const Node& node = grammar_.node(id);
  Ends all;
  switch (node.kind) {
    case Node::Kind::Alternation:
      for (const NodeId child : node.children) {
        const Ends& some = ends(child, begin);
        all.insert(all.end(), some.begin(), some.end());
      }
      return all;
    case Node::Kind::Concatenation:
    case Node::Kind::Repetition: {
      const Way& way = explore(id, begin);
      for (std::size_t state = 0; state < way.states.size(); ++state) {
        if (way.ends[state]) all.push_back(way.states[state].position);
      }
      return all;
    }
    case Node::Kind::Reference:
      if (listed(node.rule)) return ends_of_nonterminal(by_rule_[node.rule], begin);
      return ends(grammar_.rule(node.rule).definition, begin);
    case Node::Kind::Exclusion:
      return ends_of_nonterminal(by_node_.at(id), begin);
    case Node::Kind::Text:
      return ends_of_text(node, begin);
    case Node::Kind::Octet:    // a set
    case Node::Kind::Counted:  // only in concatenations, see step_concatenation
    case Node::Kind::Prose:
      return {};
  }
  return {};
}

Forest::Ends Forest::ends_of_nonterminal(NonterminalId nonterminal, std::uint32_t begin) const {
  const auto found = matches_.find({nonterminal, begin});
  Ends all = found == matches_.end() ? Ends{} : found->second;
  if (program_.nonterminals[nonterminal].nullable) all.push_back(begin);
  return all;
}

Forest::Ends Forest::ends_of_text(const Node& node, std::uint32_t begin) const {
  if (octets_.size() - begin < node.text.size()) return {};
  for (std::size_t at = 0; at < node.text.size(); ++at) {
    const auto octet = static_cast<unsigned char>(octets_[begin + at]);
    if (!octets_of(node.text[at], node.case_sensitive)[octet]) return {};
  }
  return {begin + static_cast<std::uint32_t>(node.text.size())};
}

const Way& Forest::explore(NodeId id, std::uint32_t begin) {
  const auto found = ways_.find({id, begin});
  if (found != ways_.end()) return found->second;
  const Node& node = grammar_.node(id);
  const bool repeats = node.kind == Node::Kind::Repetition;
  Way way;
  std::map<Way::State, std::uint32_t> known;
  way.states.push_back({begin});
  known.emplace(way.states.front(), 0);
  for (std::uint32_t from = 0; from < way.states.size(); ++from) {
    const std::uint32_t taken = way.states[from].taken;
    way.ends.push_back(repeats ? taken >= node.least : taken == node.children.size());
    if (repeats) {
      step_repetition(node, way, from, known);
    } else if (taken < node.children.size()) {
      step_concatenation(node, way, from, known);
    }
  }
  return ways_.emplace(std::pair(id, begin), std::move(way)).first->second;
}

void Forest::add_step(Way& way, std::uint32_t from, Way::State to, const Occurrence& child,
                      std::map<Way::State, std::uint32_t>& known) {
  const auto [state, added] = known.emplace(to, static_cast<std::uint32_t>(way.states.size()));
  if (added) way.states.push_back(to);
  way.steps.push_back({from, state->second, child});
}

void Forest::step_concatenation(const Node& node, Way& way, std::uint32_t from,
                                std::map<Way::State, std::uint32_t>& known) {
  const Way::State state = way.states[from];
  const NodeId child = node.children[state.taken];
  if (is_counted(grammar_, child)) {
    const std::uint64_t count = state.count - 1;
    if (!all_of_set(grammar_.node(child).children.front(), state.position, count)) return;
    const std::uint32_t end = state.position + static_cast<std::uint32_t>(count);
    return add_step(way, from, {end, state.taken + 1}, {child, state.position, end}, known);
  }
  const bool counts = state.taken == counting_child(grammar_, node);
  for (const std::uint32_t end : ends(child, state.position)) {
    const std::uint64_t count = counts ? number(state.position, end) + 1 : state.count;
    add_step(way, from, {end, state.taken + 1, count}, {child, state.position, end}, known);
  }
}

void Forest::step_repetition(const Node& node, Way& way, std::uint32_t from,
                             std::map<Way::State, std::uint32_t>& known) {
  const Way::State state = way.states[from];
  const bool endless = node.most == kUnbounded;
  if (!endless && state.taken == node.most) return;
  const NodeId child = node.children.front();
  for (const std::uint32_t end : ends(child, state.position)) {
    // Once there are enough copies, more of them make no difference.
    const bool enough = endless && state.taken == node.least;
    if (enough && end == state.position) {
      way.loops_in_place = true;
      continue;
    }
    add_step(way, from, {end, enough ? state.taken : state.taken + 1}, {child, state.position, end}, known);
  }
}

// The value of digits, or one that is too large for anything.
std::uint64_t Forest::number(std::uint32_t begin, std::uint32_t end) const {
  std::uint64_t value = 0;
  for (; begin < end; ++begin) {
    value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(octets_[begin] - '0'), 1ULL << 40);
  }
  return value;
}

bool Forest::all_of_set(NodeId octet, std::uint32_t begin, std::uint64_t count) const {
  if (count > octets_.size() - begin) return false;
  const OctetSet set = facts_.sets.of_node(octet).value_or(OctetSet());
  const std::string_view counted = octets_.substr(begin, static_cast<std::size_t>(count));
  return std::ranges::all_of(counted, [&](char one) { return set[static_cast<unsigned char>(one)]; });
}

Way Forest::way(const Occurrence& node) {
  const Way& all = explore(node.id, node.begin);
  std::vector<bool> useful(all.states.size());
  Way some;
  some.states = all.states;
  some.ends.resize(all.states.size());
  some.loops_in_place = all.loops_in_place;
  std::vector<std::vector<std::uint32_t>> incoming(all.states.size());  // steps
  for (std::uint32_t step = 0; step < all.steps.size(); ++step) incoming[all.steps[step].to].push_back(step);
  std::vector<std::uint32_t> open;
  for (std::uint32_t state = 0; state < all.states.size(); ++state) {
    some.ends[state] = all.ends[state] && all.states[state].position == node.end;
    useful[state] = some.ends[state];
    if (useful[state]) open.push_back(state);
  }
  while (!open.empty()) {
    const std::uint32_t to = open.back();
    open.pop_back();
    for (const std::uint32_t step : incoming[to]) {
      some.steps.push_back(all.steps[step]);
      const std::uint32_t from = all.steps[step].from;
      if (!useful[from]) open.push_back(from);
      useful[from] = true;
    }
  }
  std::ranges::sort(some.steps, {}, [](const Way::Step& step) { return std::pair(step.from, step.to); });
  return some;
}

}  // namespace imapspec::abnf
