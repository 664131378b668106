// Counts and explanations of derivations against counting one by one.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "parser/abnf/derivations.h"
#include "parser/abnf/rule_order.h"
#include "tests/parser/abnf/naive.h"
#include "tests/parser/abnf/random_grammar.h"

namespace imapspec::abnf::test {
namespace {

// Goes through every derivation, as long as there are not too many.
class OneByOne {
 public:
  OneByOne(const Grammar& grammar, RuleId start, std::string_view text)
      : grammar_(grammar), sets_(grammar, rule_order(grammar)), naive_(grammar, text, grammar.rule(start).definition) {
    if (naive_.matches()) count_ = of_rule(start, 0, text.size());
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] bool infinite() const { return infinite_; }
  [[nodiscard]] bool too_many() const { return steps_ > kMostSteps; }

 private:
  static constexpr int kMostSteps = 20000;

  [[nodiscard]] bool matches(NodeId node, std::size_t begin, std::size_t end) const {
    return naive_.matches(node, begin, end);
  }

  std::uint64_t of_rule(RuleId rule, std::size_t begin, std::size_t end) {
    if (!open_.insert({rule, begin, end}).second) {
      infinite_ = true;
      return 0;
    }
    const std::uint64_t sum = of_node(grammar_.rule(rule).definition, begin, end);
    open_.erase({rule, begin, end});
    return sum;
  }

  // Of a node that matches.
  std::uint64_t of_node(NodeId id, std::size_t begin, std::size_t end) {
    if (++steps_ > kMostSteps || infinite_) return 0;
    const Node& node = grammar_.node(id);
    if (sets_.of_node(id)) return 1;
    if (node.kind == Node::Kind::Reference) return of_rule(node.rule, begin, end);
    if (node.kind == Node::Kind::Exclusion) return of_node(node.children[0], begin, end);
    if (node.kind == Node::Kind::Concatenation) return of_children(node, 0, begin, end);
    if (node.kind == Node::Kind::Repetition) return of_copies(node, 0, begin, end);
    if (node.kind != Node::Kind::Alternation) return 1;
    std::uint64_t sum = 0;
    for (const NodeId child : node.children) {
      if (matches(child, begin, end)) sum += of_node(child, begin, end);
    }
    return sum;
  }

  bool children_match(const Node& node, std::size_t first, std::size_t begin, std::size_t end) {
    if (first == node.children.size()) return begin == end;
    for (std::size_t middle = begin; middle <= end; ++middle) {
      if (matches(node.children[first], begin, middle) && children_match(node, first + 1, middle, end)) return true;
    }
    return false;
  }

  std::uint64_t of_children(const Node& node, std::size_t first, std::size_t begin, std::size_t end) {
    if (first == node.children.size()) return 1;
    std::uint64_t sum = 0;
    for (std::size_t middle = begin; middle <= end; ++middle) {
      if (!matches(node.children[first], begin, middle) || !children_match(node, first + 1, middle, end)) continue;
      sum += of_node(node.children[first], begin, middle) * of_children(node, first + 1, middle, end);
    }
    return sum;
  }

  // Whether copies match that follow `taken` others.
  bool copies_match(const Node& node, std::uint64_t taken, std::size_t begin, std::size_t end) {
    if (begin == end && taken >= node.least) return true;
    if (taken == node.most) return false;
    const NodeId child = node.children.front();
    // An empty copy helps only where there are too few.
    if (taken < node.least && matches(child, begin, begin) && copies_match(node, taken + 1, begin, end)) return true;
    for (std::size_t middle = begin + 1; middle <= end; ++middle) {
      if (matches(child, begin, middle) && copies_match(node, taken + 1, middle, end)) return true;
    }
    return false;
  }

  std::uint64_t of_copies(const Node& node, std::uint64_t taken, std::size_t begin, std::size_t end) {
    const NodeId child = node.children.front();
    if (node.most == kUnbounded && matches(child, begin, begin)) {
      infinite_ = true;
      return 0;
    }
    std::uint64_t sum = begin == end && taken >= node.least ? 1 : 0;
    if (taken == node.most) return sum;
    for (std::size_t middle = begin; middle <= end; ++middle) {
      if (!matches(child, begin, middle) || !copies_match(node, taken + 1, middle, end)) continue;
      sum += of_node(child, begin, middle) * of_copies(node, taken + 1, middle, end);
    }
    return sum;
  }

  const Grammar& grammar_;
  OctetSets sets_;
  Naive naive_;
  std::set<std::tuple<RuleId, std::size_t, std::size_t>> open_;
  bool infinite_ = false;
  int steps_ = 0;
  std::uint64_t count_ = 0;
};

TEST(RandomGrammars, HaveAsManyDerivationsAsThereAre) {
  const std::vector<std::string> strings = strings_of("xy", 3);
  int counted = 0;
  int infinite = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const auto grammar = random_grammar(seed);
    if (!grammar) continue;
    Derivations derivations(*grammar);
    for (const std::string& text : strings) {
      const OneByOne one_by_one(*grammar, 0, text);
      if (one_by_one.too_many()) continue;
      const DerivationCount found = derivations.count(0, text);
      ASSERT_EQ(found.infinite, one_by_one.infinite()) << '"' << text << "\"\n" << write(*grammar);
      if (found.infinite) {
        ++infinite;
        continue;
      }
      ASSERT_EQ(found.number, one_by_one.count()) << '"' << text << "\"\n" << write(*grammar);
      const std::size_t most = 50;
      EXPECT_EQ(derivations.explain(0, text, most).size(), std::min<std::size_t>(found.number, most))
          << '"' << text << "\"\n"
          << write(*grammar);
      if (found.number > 0) ++counted;
    }
  }
  EXPECT_GT(counted, 100);
  EXPECT_GT(infinite, 100);
}

}  // namespace
}  // namespace imapspec::abnf::test
