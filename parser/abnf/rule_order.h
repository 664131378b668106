// The order of a grammar's rules in which every rule comes after those that it refers to, as far as there is one.
#pragma once

#include <cstdint>
#include <vector>

#include "parser/abnf/grammar.h"

namespace imapspec::abnf {

// RuleOrder is the result of rule_order.
struct RuleOrder {
  std::vector<RuleId> rules;             // what a rule refers to stands before it, unless both are recursive
  std::vector<std::uint32_t> component;  // by rule: rules that refer to each other have the same number
  std::vector<bool> recursive;           // by rule: it refers to itself, through others or not
};

// rule_order sorts the rules of a grammar.
RuleOrder rule_order(const Grammar& grammar);

// references lists the rules that a node and what is below it refer to, some more than once. A Counted refers to
// its `rule` too.
std::vector<RuleId> references(const Grammar& grammar, NodeId node);

}  // namespace imapspec::abnf
