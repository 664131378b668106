#include "parser/abnf/derivation_counter.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "parser/abnf/components.h"

namespace imapspec::abnf {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

void add(DerivationCount& sum, const DerivationCount& more) {
  sum.infinite = sum.infinite || more.infinite;
  sum.number = sum.number > kLargest - more.number ? kLargest : sum.number + more.number;
}

// Neither is zero: only what matches is counted.
DerivationCount product(const DerivationCount& one, const DerivationCount& other) {
  const bool large = one.number > kLargest / std::max<std::uint64_t>(other.number, 1);
  return {large ? kLargest : one.number * other.number, one.infinite || other.infinite};
}

}  // namespace

// What a rule's count depends on lies inside of its octets. Spans of fewer octets come first; of those over the same
// octets, what the others depend on, and a circle among them is without an end.
DerivationCount DerivationCounter::count(RuleId start, std::size_t octets) {
  std::vector<Occurrence> spans = forest_.rules();
  std::ranges::sort(spans, {},
                    [](const Occurrence& span) { return std::tuple(span.end - span.begin, span.begin, span.id); });
  for (auto begin = spans.begin(); begin != spans.end();) {
    const auto end = std::find_if(begin, spans.end(), [&](const Occurrence& span) {
      return span.begin != begin->begin || span.end != begin->end;
    });
    count_group(Group(begin, end));
    begin = end;
  }
  return count_rule({start, 0, static_cast<std::uint32_t>(octets)});
}

void DerivationCounter::count_group(const Group& group) {
  std::unordered_map<RuleId, std::uint32_t> index;
  for (const Occurrence& span : group) index.emplace(span.id, static_cast<std::uint32_t>(index.size()));
  std::vector<std::vector<std::uint32_t>> edges;
  for (const Occurrence& span : group) {
    std::vector<RuleId> inside;
    find_rules_inside({facts_.grammar.rule(span.id).definition, span.begin, span.end}, inside);
    edges.emplace_back();
    for (const RuleId rule : inside) edges.back().push_back(index.at(rule));
  }
  const Components found = components(edges);
  for (const std::uint32_t member : found.order) {
    const Occurrence& span = group[member];
    rules_[span] = found.cyclic[member] ? DerivationCount{0, true}
                                        : count_node({facts_.grammar.rule(span.id).definition, span.begin, span.end});
  }
}

// The listed rules that match all the octets of a node, as a part of it.
void DerivationCounter::find_rules_inside(const Occurrence& span, std::vector<RuleId>& rules) {
  if (facts_.sets.of_node(span.id)) return;
  const Node& node = facts_.grammar.node(span.id);
  switch (node.kind) {
    case Node::Kind::Reference:
      if (forest_.listed(node.rule)) rules.push_back(node.rule);
      return;
    case Node::Kind::Alternation:
      for (const NodeId child : node.children) {
        if (forest_.matches(child, span.begin, span.end)) find_rules_inside({child, span.begin, span.end}, rules);
      }
      return;
    case Node::Kind::Exclusion:
      return find_rules_inside({node.children.front(), span.begin, span.end}, rules);
    case Node::Kind::Concatenation:
    case Node::Kind::Repetition:
      for (const Way::Step& step : forest_.way(span).steps) {
        const Occurrence& child = step.child;
        if (child.begin == span.begin && child.end == span.end) find_rules_inside(child, rules);
      }
      return;
    case Node::Kind::Text:
    case Node::Kind::Octet:
    case Node::Kind::Counted:
    case Node::Kind::Prose:
      return;
  }
}

// What matches nothing matches it the same way everywhere.
DerivationCount DerivationCounter::count_rule(const Occurrence& rule) {
  if (!forest_.listed(rule.id)) return count_node({facts_.grammar.rule(rule.id).definition, rule.begin, rule.end});
  return rules_.at(rule.begin == rule.end ? Occurrence{rule.id, 0, 0} : rule);
}

DerivationCount DerivationCounter::count_node(const Occurrence& span) {
  const auto found = nodes_.find(span);
  if (found != nodes_.end()) return found->second;
  return nodes_.emplace(span, find_count(span)).first->second;
}

DerivationCount DerivationCounter::find_count(const Occurrence& span) {
  if (facts_.sets.of_node(span.id)) return {1, false};
  const Node& node = facts_.grammar.node(span.id);
  switch (node.kind) {
    case Node::Kind::Alternation: {
      DerivationCount sum;
      for (const NodeId child : node.children) {
        if (forest_.matches(child, span.begin, span.end)) add(sum, count_node({child, span.begin, span.end}));
      }
      return sum;
    }
    case Node::Kind::Concatenation:
    case Node::Kind::Repetition:
      return count_ways(span);
    case Node::Kind::Reference:
      return count_rule({node.rule, span.begin, span.end});
    case Node::Kind::Exclusion:
      return count_node({node.children.front(), span.begin, span.end});
    case Node::Kind::Text:
    case Node::Kind::Octet:
    case Node::Kind::Counted:
    case Node::Kind::Prose:
      return {1, false};
  }
  return {1, false};
}

DerivationCount DerivationCounter::count_ways(const Occurrence& span) {
  Way way = forest_.way(span);
  if (way.loops_in_place) return {0, true};
  // In an order in which every step goes forwards.
  std::ranges::sort(way.steps, {}, [&](const Way::Step& step) { return way.states[step.from]; });
  std::vector<DerivationCount> until(way.states.size());
  until.front() = {1, false};
  for (const Way::Step& step : way.steps) add(until[step.to], product(until[step.from], count_node(step.child)));
  DerivationCount sum;
  for (std::size_t state = 0; state < way.states.size(); ++state) {
    if (way.ends[state]) add(sum, until[state]);
  }
  return sum;
}

}  // namespace imapspec::abnf
