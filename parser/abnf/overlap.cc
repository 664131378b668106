#include "parser/abnf/overlap.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "parser/abnf/generator.h"
#include "parser/abnf/shrink.h"

namespace imapspec::abnf {

namespace {

using Pair = std::pair<std::size_t, std::size_t>;

// One sentence in so many is made simple: simple ones have more readings.
constexpr std::size_t kSimplifyEvery = 16;

bool is_better(const std::string& witness, const std::string& than) {
  return witness.size() != than.size() ? witness.size() < than.size() : witness < than;
}

// derived_by counts the alternatives from 0.
std::vector<std::size_t> derived_by(const Node& alternation, std::string_view octets, const Matches& matches) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < alternation.children.size(); ++i) {
    if (matches(alternation.children[i], octets)) found.push_back(i);
  }
  return found;
}

void add_pairs(const std::vector<std::size_t>& alternatives, const std::string& octets,
               std::map<Pair, std::string>& found) {
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    for (std::size_t j = i + 1; j < alternatives.size(); ++j) {
      const auto [at, is_new] = found.emplace(Pair{alternatives[i], alternatives[j]}, octets);
      if (!is_new && is_better(octets, at->second)) at->second = octets;
    }
  }
}

std::map<Pair, std::string> pairs_of(const Grammar& grammar, const DerivationTable& table, const Matches& matches,
                                     std::uint64_t seed, std::size_t sentences) {
  const Node& alternation = grammar.node(table.root());
  Generator generator(table, matches, seed);
  std::map<Pair, std::string> found;
  for (std::size_t i = 0; i < sentences * alternation.children.size(); ++i) {
    const auto sentence = generator.sentence();
    if (!sentence) break;
    const auto alternatives = derived_by(alternation, sentence->octets, matches);
    add_pairs(alternatives, sentence->octets, found);
    if (i % kSimplifyEvery != 0 || alternatives.empty()) continue;
    const NodeId alternative = alternation.children[alternatives.front()];
    const std::string simple =
        shrink(sentence->octets, [&](std::string_view octets) { return matches(alternative, octets); });
    add_pairs(derived_by(alternation, simple, matches), simple, found);
  }
  for (auto& [pair, witness] : found) {
    witness = shrink(witness, [&](std::string_view octets) {
      return matches(alternation.children[pair.first], octets) && matches(alternation.children[pair.second], octets);
    });
  }
  return found;
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
      for (auto& [pair, witness] : pairs_of(grammar, table, matches, seed, sentences)) {
        analysis.overlaps.push_back({id, pair.first + 1, pair.second + 1, std::move(witness)});
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
