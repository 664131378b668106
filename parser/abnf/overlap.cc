#include "parser/abnf/overlap.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "parser/abnf/generator.h"

namespace imapspec::abnf {

namespace {

using Pair = std::pair<std::size_t, std::size_t>;

bool is_better(const std::string& witness, const std::string& than) {
  return witness.size() != than.size() ? witness.size() < than.size() : witness < than;
}

void add_pairs(const Node& alternation, const std::string& octets, const Matches& matches,
               std::map<Pair, std::string>& found) {
  std::vector<std::size_t> derived_by;
  for (std::size_t i = 0; i < alternation.children.size(); ++i) {
    if (matches(alternation.children[i], octets)) derived_by.push_back(i + 1);
  }
  for (std::size_t i = 0; i < derived_by.size(); ++i) {
    for (std::size_t j = i + 1; j < derived_by.size(); ++j) {
      const auto [at, is_new] = found.emplace(Pair{derived_by[i], derived_by[j]}, octets);
      if (!is_new && is_better(octets, at->second)) at->second = octets;
    }
  }
}

// alternations_in are those of a rule, outermost and first ones first.
void alternations_in(const Grammar& grammar, NodeId node, std::vector<NodeId>& found) {
  if (grammar.node(node).kind == Node::Kind::Alternation) found.push_back(node);
  for (const NodeId child : grammar.node(node).children) alternations_in(grammar, child, found);
}

}  // namespace

OverlapAnalysis find_overlaps(const Grammar& grammar, const Matches& matches, std::uint64_t seed,
                              std::size_t sentences) {
  OverlapAnalysis analysis;
  for (const Rule& rule : grammar.rules()) {
    std::vector<NodeId> alternations;
    alternations_in(grammar, rule.definition, alternations);
    for (const NodeId id : alternations) {
      const DerivationTable table(grammar, id, matches);
      if (table.octets(id) != nullptr) continue;
      ++analysis.alternations;
      const Node& alternation = grammar.node(id);
      Generator generator(table, matches, seed);
      std::map<Pair, std::string> found;
      for (std::size_t i = 0; i < sentences * alternation.children.size(); ++i) {
        if (const auto sentence = generator.sentence()) add_pairs(alternation, sentence->octets, matches, found);
      }
      for (auto& [pair, witness] : found) {
        analysis.overlaps.push_back({id, pair.first, pair.second, std::move(witness)});
      }
    }
  }
  return analysis;
}

std::string alternation_name(const Grammar& grammar, NodeId alternation) {
  for (const Rule& rule : grammar.rules()) {
    std::vector<NodeId> alternations;
    alternations_in(grammar, rule.definition, alternations);
    for (std::size_t i = 0; i < alternations.size(); ++i) {
      if (alternations[i] != alternation) continue;
      return alternations.size() == 1 ? rule.name : fmt::format("{} {}", rule.name, i + 1);
    }
  }
  return {};
}

}  // namespace imapspec::abnf
