#include "parser/abnf/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "parser/abnf/writer.h"

namespace imapspec::abnf {

namespace {

std::string choice_name(const DerivationTable& table, PointId point) {
  const Node& node = table.grammar().node(table.node_of(point));
  const DerivationTable::Facts& facts = table.facts(table.node_of(point));
  const std::uint32_t choice = table.choice_of(point);
  if (choice >= facts.choices) {
    return "number " + table.boundary_numbers(facts.rule)[choice - facts.choices].digits;
  }
  switch (node.kind) {
    case Node::Kind::Alternation:
      return fmt::format("alternative {}, {}", choice + 1, write_node(table.grammar(), node.children[choice]));
    case Node::Kind::Repetition: {
      if (choice == 0) return fmt::format("{} times", node.least);
      if (choice == 1) return fmt::format("{} times", node.least + 1);
      if (node.most == kUnbounded) return fmt::format("more than {} times", node.least + 1);
      return choice + 1 == facts.choices ? fmt::format("{} times", node.most) : "some times";
    }
    case Node::Kind::Text: {
      static constexpr const char* kCases[] = {"upper", "lower", "mixed"};
      return facts.choices == 1 ? fmt::format("\"{}\"", node.text)
                                : fmt::format("\"{}\" in {} case", node.text, kCases[choice]);
    }
    case Node::Kind::Octet:
      return fmt::format("%x{:02X}-{:02X}, {}", node.first, node.last,
                         choice == 0   ? "first"
                         : choice == 1 ? "last"
                                       : "inside");
    case Node::Kind::Exclusion:
      if (table.octets(table.node_of(point)) == nullptr) return "difference";
      return fmt::format("octet %x{:02X}", table.class_ends(table.node_of(point))[choice]);
    case Node::Kind::Reference:
      return table.grammar().rule(node.rule).name;
    case Node::Kind::Counted:
      return fmt::format("length class {}", choice);
    case Node::Kind::Prose:
      return write_node(table.grammar(), table.node_of(point));
    case Node::Kind::Concatenation:
      break;
  }
  return "sequence";
}

void count(CoverageReport::Share& share, bool covered) {
  ++share.all;
  if (covered) ++share.covered;
}

// why_not says why no derivation makes a choice of a node that the root leads to.
std::string_view why_not(const DerivationTable& table, PointId point) {
  const NodeId node = table.node_of(point);
  const Node& at = table.grammar().node(node);
  const NodeId chosen = at.kind == Node::Kind::Alternation  ? at.children[table.choice_of(point)]
                        : at.kind == Node::Kind::Repetition ? at.children[0]
                                                            : node;
  if (table.facts(chosen).cost == kUnbounded) return "of which there are no sentences";
  if (at.kind == Node::Kind::Counted) return "which its number never says";
  return "which a \"-\" takes away";
}

// Reporter looks at the choices of each node in all parts.
class Reporter {
 public:
  explicit Reporter(const std::vector<Covered>& parts) : parts_(parts), derivable_(parts.size()) {
    for (std::size_t part = 0; part < parts.size(); ++part) {
      const DerivationTable& table = *parts[part].table;
      derivable_[part].resize(table.points());
      for (const auto* points : {&table.inside_points(), &table.outside_points()}) {
        for (const PointId point : *points) derivable_[part][point] = true;
      }
    }
  }

  CoverageReport report() {
    const Grammar& grammar = parts_.front().table->grammar();
    for (RuleId rule = 0; rule < grammar.rules().size(); ++rule) {
      is_reached_ = is_live_ = is_covered_ = false;
      look_at(grammar, grammar.rule(rule).definition);
      if (is_live_) count(found_.rules, is_covered_);
      if (!is_reached_) found_.unreached.push_back(rule);
    }
    return std::move(found_);
  }

 private:
  void look_at(const Grammar& grammar, NodeId node) {
    std::uint32_t choices = 0;
    for (const Covered& part : parts_) choices = std::max(choices, choices_of(part, node));
    is_reached_ = is_reached_ || choices > 0;
    for (std::uint32_t choice = 0; choice < choices; ++choice) look_at_choice(node, choice);
    for (const NodeId child : grammar.node(node).children) look_at(grammar, child);
  }

  // Every node that is reached has one. One that only counts octets has less numbers than in parts where it does more.
  static std::uint32_t choices_of(const Covered& part, NodeId node) {
    const DerivationTable::Facts& facts = part.table->facts(node);
    return facts.reached ? facts.choices + facts.numbers : 0;
  }

  void look_at_choice(NodeId node, std::uint32_t choice) {
    const DerivationTable* table = nullptr;
    PointId point = 0;
    bool is_derivable = false;
    bool is_hit = false;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      if (choice >= choices_of(parts_[part], node)) continue;
      table = parts_[part].table;
      point = table->facts(node).first_point + choice;
      is_derivable = is_derivable || derivable_[part][point];
      is_hit = is_hit || parts_[part].coverage->count(point) > 0;
    }
    if (!is_derivable) {
      found_.underivable.push_back(fmt::format("{}, {}", point_name(*table, point), why_not(*table, point)));
      return;
    }
    is_live_ = true;
    is_covered_ = is_covered_ || is_hit;
    if (table->grammar().node(node).kind == Node::Kind::Alternation) count(found_.alternatives, is_hit);
    count(found_.points, is_hit);
    if (!is_hit) found_.missed.push_back(point_name(*table, point));
  }

  const std::vector<Covered>& parts_;
  std::vector<std::vector<bool>> derivable_;  // by part and point
  CoverageReport found_;
  // Of the rule that is looked at:
  bool is_reached_ = false;
  bool is_live_ = false;
  bool is_covered_ = false;
};

}  // namespace

void Coverage::merge(const Coverage& other) {
  for (std::size_t point = 0; point < counts_.size(); ++point) counts_[point] += other.counts_[point];
}

std::string point_name(const DerivationTable& table, PointId point) {
  const NodeId node = table.node_of(point);
  const Place& place = table.grammar().node(node).place;
  return fmt::format("{} (line {}, column {}): {}", table.grammar().rule(table.facts(node).rule).name, place.line,
                     place.column, choice_name(table, point));
}

CoverageReport report(const std::vector<Covered>& parts) { return Reporter(parts).report(); }

}  // namespace imapspec::abnf
