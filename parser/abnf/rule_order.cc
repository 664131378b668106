#include "parser/abnf/rule_order.h"

#include <utility>

#include "parser/abnf/components.h"

namespace imapspec::abnf {
namespace {

void collect(const Grammar& grammar, NodeId id, std::vector<RuleId>& rules) {
  const Node& node = grammar.node(id);
  if (node.kind == Node::Kind::Reference || node.kind == Node::Kind::Counted) rules.push_back(node.rule);
  for (const NodeId child : node.children) collect(grammar, child, rules);
}

}  // namespace

std::vector<RuleId> references(const Grammar& grammar, NodeId node) {
  std::vector<RuleId> rules;
  collect(grammar, node, rules);
  return rules;
}

RuleOrder rule_order(const Grammar& grammar) {
  std::vector<std::vector<RuleId>> edges;
  for (const Rule& rule : grammar.rules()) edges.push_back(references(grammar, rule.definition));
  Components found = components(edges);
  return {std::move(found.order), std::move(found.component), std::move(found.cyclic)};
}

}  // namespace imapspec::abnf
