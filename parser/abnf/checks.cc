#include "parser/abnf/checks.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "parser/abnf/octet_set.h"
#include "parser/abnf/reader.h"
#include "parser/abnf/rule_order.h"

namespace imapspec::abnf {
namespace {

class Checker {
 public:
  explicit Checker(const Grammar& grammar)
      : grammar_(grammar),
        order_(rule_order(grammar)),
        sets_(grammar, order_),
        digits_(grammar.rules().size()),
        exclusion_depth_(grammar.rules().size()) {}

  std::vector<Problem> take() {
    for (const RuleId rule : order_.rules) {
      if (!order_.recursive[rule]) digits_[rule] = digits_of_rule(rule);
    }
    for (auto rule = order_.rules.cbegin(); rule != order_.rules.cend();) rule = check_component(rule);
    std::size_t size = 0;
    for (RuleId rule = 0; rule < grammar_.rules().size(); ++rule) {
      const Rule& checked = grammar_.rule(rule);
      if (checked.range) check_range(rule);
      check_counts(checked.definition, {});
      if (size > kMaxExpansion) continue;
      size += expansion(checked.definition);
      if (size > kMaxExpansion) fail(checked.place, "with its repetitions written out, the grammar is too large");
    }
    return std::move(problems_);
  }

 private:
  // What is known of a node that matches digits.
  struct Digits {
    bool only = false;      // nothing but digits
    bool nullable = false;  // no digit at all, too
    bool ranged = false;    // a range applies to some of them
    std::size_t size = 0;   // of texts and references, with rules and repetitions written out
  };

  void fail(const Place& place, std::string message) { problems_.push_back({place, std::move(message)}); }

  [[nodiscard]] bool is_number(RuleId rule) const { return digits_[rule].only && !digits_[rule].nullable; }

  [[nodiscard]] Digits digits_of_rule(RuleId rule) const {
    Digits found = digits(grammar_.rule(rule).definition);
    found.ranged = found.ranged || grammar_.rule(rule).range.has_value();
    return found;
  }

  [[nodiscard]] Digits digits(NodeId id) const {
    const Node& node = grammar_.node(id);
    switch (node.kind) {
      case Node::Kind::Octet:
        return {node.first >= '0' && node.last <= '9', false, false, 1};
      case Node::Kind::Text:
        return {node.text.find_first_not_of("0123456789") == std::string::npos, node.text.empty(), false,
                node.text.size()};
      case Node::Kind::Reference: {
        Digits referred = digits_[node.rule];
        ++referred.size;
        return referred;
      }
      case Node::Kind::Repetition: {
        Digits child = digits(node.children.front());
        child.nullable = child.nullable || node.least == 0;
        child.size = times(child.size, node);
        return child;
      }
      case Node::Kind::Alternation:
      case Node::Kind::Concatenation: {
        const bool alternatives = node.kind == Node::Kind::Alternation;
        Digits all{true, !alternatives};
        for (const NodeId child : node.children) {
          const Digits one = digits(child);
          all.only = all.only && one.only;
          all.nullable = alternatives ? all.nullable || one.nullable : all.nullable && one.nullable;
          all.ranged = all.ranged || one.ranged;
          all.size = std::min(all.size + one.size, kMaxExpansion + 1);
        }
        return all;
      }
      case Node::Kind::Exclusion:
      case Node::Kind::Counted:
      case Node::Kind::Prose:
        return {};
    }
    return {};
  }

  static std::size_t times(std::size_t size, const Node& repetition) {
    const std::uint64_t times = repetition.most == kUnbounded ? repetition.least : repetition.most;
    return std::min(size * std::max<std::size_t>(times, 1), kMaxExpansion + 1);
  }

  void check_range(RuleId rule) {
    const Rule& checked = grammar_.rule(rule);
    if (!is_number(rule)) return fail(checked.place, "a range is for a rule of one digit or more");
    const Digits inside = digits(checked.definition);
    if (inside.ranged) fail(checked.place, "there is a range in this range");
    if (inside.size > kMaxRangeSize) fail(checked.place, "with all rules written out, the range's rule is too large");
  }

  // The counts among a node and what is below it. `before` are the elements in front of it in its concatenation.
  void check_counts(NodeId id, std::span<const NodeId> before) {
    const Node& node = grammar_.node(id);
    if (node.kind == Node::Kind::Counted) check_count(node, before);
    for (std::size_t index = 0; index < node.children.size(); ++index) {
      const std::span<const NodeId> earlier(node.children.data(), index);
      check_counts(node.children[index], node.kind == Node::Kind::Concatenation ? earlier : earlier.first(0));
    }
  }

  void check_count(const Node& node, std::span<const NodeId> before) {
    const auto is_count = [&](NodeId id) {
      const Node& other = grammar_.node(id);
      return other.kind == Node::Kind::Reference && other.rule == node.rule;
    };
    const auto is_counted = [&](NodeId id) { return grammar_.node(id).kind == Node::Kind::Counted; };
    if (std::ranges::none_of(before, is_count)) {
      fail(node.place, '"' + grammar_.rule(node.rule).name + "\" does not stand before its @octets");
    }
    if (std::ranges::any_of(before, is_counted)) fail(node.place, "there is a second @octets in one concatenation");
    if (!is_number(node.rule)) fail(node.place, "a count is a rule of one digit or more");
    if (!sets_.of_node(node.children.front())) fail(node.place, "what is counted is one octet");
  }

  // Rules that refer to each other have one depth. Yields the next component.
  std::vector<RuleId>::const_iterator check_component(std::vector<RuleId>::const_iterator begin) {
    std::size_t deepest = 0;
    const auto end = std::find_if(begin, order_.rules.cend(),
                                  [&](RuleId rule) { return order_.component[rule] != order_.component[*begin]; });
    for (auto rule = begin; rule != end; ++rule) {
      deepest = std::max(deepest, check_exclusions(*rule, grammar_.rule(*rule).definition));
    }
    for (auto rule = begin; rule != end; ++rule) exclusion_depth_[*rule] = deepest;
    return end;
  }

  // The depth of exclusions in right sides of exclusions below a node.
  std::size_t check_exclusions(RuleId rule, NodeId id) {
    const Node& node = grammar_.node(id);
    if (node.kind == Node::Kind::Reference) return exclusion_depth_[node.rule];
    std::size_t deepest = 0;
    for (std::size_t index = 0; index < node.children.size(); ++index) {
      const std::size_t depth = check_exclusions(rule, node.children[index]);
      const bool right_side = node.kind == Node::Kind::Exclusion && index == 1;
      deepest = std::max(deepest, right_side ? depth + 1 : depth);
    }
    if (node.kind != Node::Kind::Exclusion) return deepest;
    if (std::ranges::any_of(references(grammar_, node.children[1]),
                            [&](RuleId other) { return order_.component[other] == order_.component[rule]; })) {
      fail(node.place, "the right side of this exclusion depends on the exclusion");
    }
    if (deepest == kMaxExclusionDepth + 1) fail(node.place, "exclusions in exclusions are too deep");
    return deepest;
  }

  // How many octets of text and references a node has once its repetitions are written out.
  [[nodiscard]] std::size_t expansion(NodeId id) const {
    const Node& node = grammar_.node(id);
    std::size_t size = node.children.empty() ? std::max<std::size_t>(node.text.size(), 1) : 0;
    for (const NodeId child : node.children) size += expansion(child);
    if (node.kind == Node::Kind::Repetition) size = times(size, node);
    return std::min(size, kMaxExpansion + 1);
  }

  const Grammar& grammar_;
  RuleOrder order_;
  OctetSets sets_;
  std::vector<Digits> digits_;
  std::vector<std::size_t> exclusion_depth_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> check(const Grammar& grammar) { return Checker(grammar).take(); }

}  // namespace imapspec::abnf
