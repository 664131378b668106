#include "parser/abnf/octet_set.h"

#include <cstddef>

#include "parser/abnf/ascii.h"

namespace imapspec::abnf {

OctetSet octets_of(char letter, bool case_sensitive) {
  OctetSet set;
  const auto octet = static_cast<unsigned char>(letter);
  set.set(octet);
  if (is_letter(letter) && !case_sensitive) set.set(octet ^ 0x20U);
  return set;
}

OctetSets::OctetSets(const Grammar& grammar, const RuleOrder& order)
    : grammar_(grammar), rules_(grammar.rules().size()) {
  for (const RuleId rule : order.rules) {
    if (!order.recursive[rule] && !grammar.rule(rule).range) rules_[rule] = of_node(grammar.rule(rule).definition);
  }
}

std::optional<OctetSet> OctetSets::of_node(NodeId id) const {
  const Node& node = grammar_.node(id);
  OctetSet set;
  switch (node.kind) {
    case Node::Kind::Octet:
      for (std::size_t octet = node.first; octet <= node.last; ++octet) set.set(octet);
      return set;
    case Node::Kind::Text:
      if (node.text.size() != 1) return std::nullopt;
      return octets_of(node.text.front(), node.case_sensitive);
    case Node::Kind::Alternation:
      for (const NodeId child : node.children) {
        const auto alternative = of_node(child);
        if (!alternative) return std::nullopt;
        set |= *alternative;
      }
      return set;
    case Node::Kind::Exclusion: {
      const auto left = of_node(node.children[0]);
      const auto right = of_node(node.children[1]);
      if (!left || !right) return std::nullopt;
      return *left & ~*right;
    }
    case Node::Kind::Reference:
      return rules_[node.rule];
    case Node::Kind::Concatenation:
    case Node::Kind::Repetition:
    case Node::Kind::Counted:
    case Node::Kind::Prose:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace imapspec::abnf
