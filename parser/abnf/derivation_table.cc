#include "parser/abnf/derivation_table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "parser/abnf/ascii.h"
#include "parser/abnf/rule_order.h"

namespace imapspec::abnf {

namespace {

// Right of a "-" one goes only if there is no other way. Left of one between character classes some
// octets are missing, so that a way around is better.
constexpr std::uint32_t kRightOfMinus = 100'000;
constexpr std::uint32_t kLeftOfMinus = 100;
// The number in front of counted octets is what there will be.
constexpr std::uint32_t kHasCount = 100;

std::uint64_t sum(std::uint64_t a, std::uint64_t b) { return a >= kUnbounded - b ? kUnbounded : a + b; }

std::uint64_t product(std::uint64_t times, std::uint64_t each) {
  if (times == 0 || each == 0) return 0;
  return each >= kUnbounded / times ? kUnbounded : times * each;
}

}  // namespace

DerivationTable::DerivationTable(const Grammar& grammar, NodeId root, const Matches& matches)
    : grammar_(&grammar), root_(root), facts_(grammar.nodes().size()) {
  for (RuleId id = 0; id < grammar.rules().size(); ++id) place_nodes(grammar.rule(id).definition, id);
  find_octets();
  find_costs();
  find_reached();
  find_numbers(matches);
  find_counts(matches);
  number_points();
  find_live();
  find_detours();
  find_hops();
}

void DerivationTable::place_nodes(NodeId node, RuleId rule) {
  facts_[node].rule = rule;
  facts_[node].order = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(node);
  for (const NodeId child : grammar_->node(node).children) place_nodes(child, rule);
  facts_[node].order_end = static_cast<std::uint32_t>(nodes_.size());
  if (grammar_->node(node).kind == Node::Kind::Concatenation) find_counted(node);
}

void DerivationTable::find_counted(NodeId concatenation) {
  Facts& facts = facts_[concatenation];
  const std::vector<NodeId>& children = grammar_->node(concatenation).children;
  for (const NodeId child : children) {
    if (grammar_->node(child).kind == Node::Kind::Counted) facts.counted = child;
  }
  if (facts.counted == kNoNode) return;
  for (const NodeId child : children) {
    if (child == facts.counted) break;
    const Node& at = grammar_->node(child);
    if (at.kind == Node::Kind::Reference && at.rule == grammar_->node(facts.counted).rule) facts.count = child;
  }
  if (facts.count != kNoNode) facts_[facts.count].is_count = true;
}

void DerivationTable::find_octets() {
  const OctetSets sets(*grammar_, rule_order(*grammar_));
  for (const NodeId node : nodes_) {
    const auto set = sets.of_node(node);
    if (!set) continue;
    octet_sets_.push_back(*set);
    facts_[node].octets = static_cast<std::uint32_t>(octet_sets_.size());
  }
}

DerivationTable::Facts DerivationTable::costs_of(NodeId node) const {
  const Node& at = grammar_->node(node);
  Facts found;
  found.cost = 1;
  found.size = 0;
  const auto add = [&](NodeId child, std::uint64_t times) {
    found.cost = sum(found.cost, product(times, facts_[child].cost));
    found.size = sum(found.size, product(times, facts_[child].size));
  };
  switch (at.kind) {
    case Node::Kind::Alternation:
      add(*std::ranges::min_element(at.children, {}, [&](NodeId child) { return facts_[child].cost; }), 1);
      break;
    case Node::Kind::Concatenation:
      for (const NodeId child : at.children) add(child, 1);
      break;
    case Node::Kind::Repetition:
      add(at.children[0], at.least);
      break;
    case Node::Kind::Reference:
      add(grammar_->rule(at.rule).definition, 1);
      break;
    case Node::Kind::Exclusion:
      add(at.children[0], 1);
      break;
    case Node::Kind::Text:
      found.size = at.text.size();
      break;
    case Node::Kind::Octet:
      found.size = 1;
      break;
    case Node::Kind::Counted:
      break;
    case Node::Kind::Prose:
      return {};
  }
  return found;
}

void DerivationTable::find_costs() {
  for (bool changed = true; changed;) {
    changed = false;
    for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node) {
      const Facts found = costs_of(*node);
      Facts& facts = facts_[*node];
      if (found.cost >= facts.cost) continue;
      facts.cost = found.cost;
      facts.size = found.size;
      changed = true;
    }
  }
}

void DerivationTable::find_reached() {
  std::vector<NodeId> open{root_};
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    if (std::exchange(facts_[node].reached, true)) continue;
    const Node& at = grammar_->node(node);
    open.insert(open.end(), at.children.begin(), at.children.end());
    if (at.kind == Node::Kind::Reference) open.push_back(grammar_->rule(at.rule).definition);
  }
}

void DerivationTable::find_detours() {
  for (const NodeId node : nodes_) {
    const Node& at = grammar_->node(node);
    for (std::size_t i = 0; i < at.children.size(); ++i) {
      facts_[at.children[i]].detour = facts_[node].detour;
      if (at.children[i] == facts_[node].count) facts_[at.children[i]].detour += kHasCount;
      if (at.kind != Node::Kind::Exclusion) continue;
      if (i == 1) facts_[at.children[i]].detour += kRightOfMinus;
      if (i == 0 && octets(node) != nullptr) facts_[at.children[i]].detour += kLeftOfMinus;
    }
  }
}

void DerivationTable::find_hops() {
  std::vector<std::vector<NodeId>> references(grammar_->rules().size());  // by the rule they refer to
  for (const NodeId node : nodes_) {
    const Node& at = grammar_->node(node);
    if (facts_[node].live && at.kind == Node::Kind::Reference) references[at.rule].push_back(node);
  }
  hops_.resize(grammar_->rules().size() * grammar_->rules().size());
  std::set<std::pair<std::uint32_t, RuleId>> open;
  for (RuleId goal = 0; goal < grammar_->rules().size(); ++goal) {
    open.emplace(0, goal);
    while (!open.empty()) {
      const auto [distance, rule] = *open.begin();
      open.erase(open.begin());
      for (const NodeId reference : references[rule]) {
        const RuleId from = facts_[reference].rule;
        const std::uint32_t longer = distance + 1 + facts_[reference].detour;
        Hop& found = hop(from, goal);
        if (from == goal || longer >= found.distance) continue;
        open.erase({found.distance, from});
        found = {longer, reference};
        open.emplace(longer, from);
      }
    }
  }
}

NodeId DerivationTable::waypoint(RuleId rule, NodeId goal) const {
  if (facts_[goal].rule == rule) return goal;
  return hop(rule, facts_[goal].rule).reference;
}

NodeId DerivationTable::first_waypoint(NodeId goal) const {
  if (contains(root_, goal)) return goal;
  const RuleId goal_rule = facts_[goal].rule;
  Hop best;
  for (std::uint32_t order = facts_[root_].order; order < facts_[root_].order_end; ++order) {
    const NodeId node = nodes_[order];
    const Node& at = grammar_->node(node);
    if (!facts_[node].live || at.kind != Node::Kind::Reference) continue;
    std::uint32_t distance = 1 + facts_[node].detour;
    if (at.rule != goal_rule) {
      const Hop& next = hop(at.rule, goal_rule);
      if (next.reference == kNoNode) continue;
      distance += next.distance;
    }
    if (distance < best.distance) best = {distance, node};
  }
  return best.reference;
}

std::vector<std::uint8_t> DerivationTable::class_ends(NodeId node) const {
  std::vector<std::uint8_t> ends;
  const OctetSet& set = *octets(node);
  for (unsigned octet = 0; octet < 256; ++octet) {
    if (!set[octet]) continue;
    const bool first = octet == 0 || !set[octet - 1];
    const bool last = octet == 255 || !set[octet + 1];
    if (first || last) ends.push_back(static_cast<std::uint8_t>(octet));
  }
  return ends;
}

std::optional<std::uint32_t> DerivationTable::octet_choice(NodeId node, std::uint8_t octet) const {
  const Node& at = grammar_->node(node);
  switch (at.kind) {
    case Node::Kind::Octet:
      return octet == at.first ? 0 : octet == at.last ? 1 : 2;
    case Node::Kind::Text:
      return is_letter(static_cast<char>(octet)) && (octet & 0x20U) != 0 && !at.case_sensitive ? 1 : 0;
    case Node::Kind::Reference:
      return 0;
    case Node::Kind::Exclusion: {
      const std::vector<std::uint8_t> ends = class_ends(node);
      const auto found = std::ranges::find(ends, octet);
      if (found == ends.end()) return std::nullopt;
      return static_cast<std::uint32_t>(found - ends.begin());
    }
    default:
      return std::nullopt;  // the generator chooses among the alternatives that have the octet
  }
}

}  // namespace imapspec::abnf
