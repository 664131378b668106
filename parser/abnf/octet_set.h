// What in a grammar matches exactly one octet, and which.
#pragma once

#include <bitset>
#include <optional>
#include <vector>

#include "parser/abnf/grammar.h"
#include "parser/abnf/rule_order.h"

namespace imapspec::abnf {

using OctetSet = std::bitset<256>;

// octets_of is what one letter of a Text matches.
OctetSet octets_of(char letter, bool case_sensitive);

// OctetSets knows which rules and nodes of a grammar are character classes. The grammar must outlive it.
class OctetSets {
 public:
  OctetSets(const Grammar& grammar, const RuleOrder& order);

  // of_rule is the set of octets that a rule matches, if it matches nothing but one octet.
  [[nodiscard]] const std::optional<OctetSet>& of_rule(RuleId rule) const { return rules_[rule]; }

  // of_node is the same for a node.
  [[nodiscard]] std::optional<OctetSet> of_node(NodeId node) const;

 private:
  const Grammar& grammar_;
  std::vector<std::optional<OctetSet>> rules_;
};

}  // namespace imapspec::abnf
