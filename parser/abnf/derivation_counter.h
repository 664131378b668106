// Counting the derivations in a forest.
#pragma once

#include <map>
#include <vector>

#include "parser/abnf/derivations.h"
#include "parser/abnf/forest.h"

namespace imapspec::abnf {

// DerivationCounter counts once. The forest must outlive it.
class DerivationCounter {
 public:
  DerivationCounter(const GrammarFacts& facts, Forest& forest) : facts_(facts), forest_(forest) {}

  // count counts the derivations of the sentence of `octets` that the forest has grown from.
  DerivationCount count(RuleId start, std::size_t octets);

 private:
  using Group = std::vector<Occurrence>;

  void count_group(const Group& group);
  void find_rules_inside(const Occurrence& node, std::vector<RuleId>& rules);
  DerivationCount count_rule(const Occurrence& rule);
  DerivationCount count_node(const Occurrence& node);
  DerivationCount find_count(const Occurrence& node);
  DerivationCount count_ways(const Occurrence& node);

  const GrammarFacts& facts_;
  Forest& forest_;
  std::map<Occurrence, DerivationCount> rules_;
  std::map<Occurrence, DerivationCount> nodes_;
};

}  // namespace imapspec::abnf
