// The points of a DerivationTable: which there are and which of them a derivation can have.
#include <algorithm>
#include <set>
#include <utility>

#include "parser/abnf/ascii.h"
#include "parser/abnf/derivation_table.h"

namespace imapspec::abnf {

namespace {

constexpr std::uint8_t kInside = 1;
constexpr std::uint8_t kOutside = 2;

// The numbers that machines treat in their own ways, and what is next to them.
std::set<std::uint64_t> boundaries(const NumericRange& range) {
  std::set<std::uint64_t> values{0, 1};
  for (const std::uint64_t value :
       {range.least, range.most, std::uint64_t{1} << 31, std::uint64_t{1} << 32, std::uint64_t{1} << 63}) {
    if (value > 0) values.insert(value - 1);
    values.insert(value);
    if (value < kUnbounded) values.insert(value + 1);
  }
  return values;
}

}  // namespace

void DerivationTable::find_numbers(const Matches& matches) {
  numbers_.resize(grammar_->rules().size());
  for (RuleId id = 0; id < grammar_->rules().size(); ++id) {
    const Rule& rule = grammar_->rule(id);
    if (!rule.range || !facts_[rule.definition].reached) continue;
    std::vector<BoundaryNumber>& numbers = numbers_[id];
    const std::uint64_t most = only_counts(id) ? kMostCounted : kUnbounded;
    for (const std::uint64_t value : boundaries(*rule.range)) {
      if (value > most) break;
      const bool in_range = value >= rule.range->least && value <= rule.range->most;
      for (const std::size_t zeros : {0U, 1U, 3U}) {
        std::string digits = std::string(zeros, '0') + std::to_string(value);
        // Not every rule takes leading zeros, or any number of digits.
        if (in_range ? matches(rule.definition, digits) : zeros == 0) numbers.push_back({std::move(digits), in_range});
      }
    }
    if (most < kUnbounded) continue;
    for (const char* beyond : {"18446744073709551616", "99999999999999999999999999"})
      numbers.push_back({beyond, false});
  }
  for (RuleId id = 0; id < numbers_.size(); ++id) {
    facts_[grammar_->rule(id).definition].numbers = static_cast<std::uint32_t>(numbers_[id].size());
  }
}

// only_counts says whether nothing but counts of octets refer to the rule.
bool DerivationTable::only_counts(RuleId rule) const {
  return std::ranges::none_of(nodes_, [&](NodeId node) {
    const Node& at = grammar_->node(node);
    return at.kind == Node::Kind::Reference && at.rule == rule && facts_[node].reached && !facts_[node].is_count;
  });
}

void DerivationTable::find_counts(const Matches& matches) {
  counts_.resize(grammar_->rules().size());
  for (const NodeId node : nodes_) {
    const Node& at = grammar_->node(node);
    if (!facts_[node].reached || at.kind != Node::Kind::Counted) continue;
    const Rule& rule = grammar_->rule(at.rule);
    counts_[at.rule].none = matches(rule.definition, "0") && (!rule.range || rule.range->least == 0);
    counts_[at.rule].leading_zeros = matches(rule.definition, "01");
  }
}

std::uint32_t DerivationTable::choices_of(NodeId node) const {
  const Node& at = grammar_->node(node);
  switch (at.kind) {
    case Node::Kind::Alternation:
      return static_cast<std::uint32_t>(at.children.size());
    case Node::Kind::Repetition:
      if (at.most == kUnbounded) return 3;
      return static_cast<std::uint32_t>(std::min<std::uint64_t>(at.most - at.least, 3)) + 1;
    case Node::Kind::Text: {
      const auto letters = at.case_sensitive ? 0 : std::ranges::count_if(at.text, is_letter);
      return static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(letters, 2)) + 1;
    }
    case Node::Kind::Octet:
      return static_cast<std::uint32_t>(std::min(at.last - at.first, 2)) + 1;
    case Node::Kind::Exclusion:
      return octets(node) == nullptr ? 1 : static_cast<std::uint32_t>(class_ends(node).size());
    case Node::Kind::Counted:
      return kLengthClasses;
    default:
      return 1;
  }
}

bool DerivationTable::derives(NodeId node, std::uint32_t choice) const {
  const Node& at = grammar_->node(node);
  if (at.kind == Node::Kind::Alternation) return facts_[at.children[choice]].cost != kUnbounded;
  if (at.kind == Node::Kind::Repetition) {
    return (at.least == 0 && choice == 0) || facts_[at.children[0]].cost != kUnbounded;
  }
  if (at.kind == Node::Kind::Counted) return choice > 0 || counts_[at.rule].none;
  return true;
}

void DerivationTable::number_points() {
  for (const NodeId node : nodes_) {
    Facts& facts = facts_[node];
    if (!facts.reached) continue;
    facts.choices = choices_of(node);
    facts.first_point = static_cast<PointId>(point_nodes_.size());
    point_nodes_.resize(point_nodes_.size() + facts.choices + facts.numbers, node);
  }
  point_states_.resize(point_nodes_.size());
}

void DerivationTable::find_live() {
  std::vector<PointState> been(facts_.size());
  std::vector<std::pair<NodeId, PointState>> open{{root_, kInside}};
  while (!open.empty()) {
    const auto [node, state] = open.back();
    open.pop_back();
    if (facts_[node].cost == kUnbounded || (been[node] & state) != 0) continue;
    been[node] |= state;
    facts_[node].live = true;
    mark_choices(node, state);
    const Node& at = grammar_->node(node);
    if (at.kind == Node::Kind::Exclusion) {
      open.emplace_back(at.children[1], kOutside);
      if (octets(node) == nullptr) {
        open.emplace_back(at.children[0], state);
      } else {
        mark_class(at.children[0], *octets(node), state);
      }
      continue;
    }
    for (const NodeId child : at.children) open.emplace_back(child, state);
    if (at.kind == Node::Kind::Reference) open.emplace_back(grammar_->rule(at.rule).definition, state);
  }
  for (PointId point = 0; point < point_states_.size(); ++point) {
    if ((point_states_[point] & kInside) != 0) {
      inside_points_.push_back(point);
    } else if (point_states_[point] != 0) {
      outside_points_.push_back(point);
    }
  }
}

void DerivationTable::mark_choices(NodeId node, PointState state) {
  const Facts& facts = facts_[node];
  for (std::uint32_t choice = 0; choice < facts.choices; ++choice) {
    if (derives(node, choice)) mark(node, choice, state);
  }
  for (std::uint32_t number = 0; number < facts.numbers; ++number) {
    mark(node, facts.choices + number, numbers_[facts.rule][number].in_range ? state : kOutside);
  }
}

// mark_class marks what the allowed octets of a character class choose.
void DerivationTable::mark_class(NodeId node, const OctetSet& allowed, PointState state) {
  const OctetSet set = *octets(node) & allowed;
  if (set.none()) return;
  facts_[node].live = true;
  for (unsigned octet = 0; octet < set.size(); ++octet) {
    if (!set[octet]) continue;
    if (const auto choice = octet_choice(node, static_cast<std::uint8_t>(octet))) mark(node, *choice, state);
  }
  const Node& at = grammar_->node(node);
  if (at.kind == Node::Kind::Exclusion) {
    mark_class(at.children[1], *octets(at.children[1]), kOutside);
    return mark_class(at.children[0], set, state);
  }
  if (at.kind == Node::Kind::Reference) return mark_class(grammar_->rule(at.rule).definition, set, state);
  for (std::uint32_t i = 0; i < at.children.size(); ++i) {
    if ((*octets(at.children[i]) & set).any()) mark(node, i, state);
    mark_class(at.children[i], set, state);
  }
}

void DerivationTable::mark(NodeId node, std::uint32_t choice, PointState state) {
  point_states_[facts_[node].first_point + choice] |= state;
}

}  // namespace imapspec::abnf
