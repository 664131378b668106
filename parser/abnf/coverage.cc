#include "parser/abnf/coverage.h"

#include <fmt/format.h>

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

CoverageReport report(const DerivationTable& table, const Coverage& coverage) {
  CoverageReport found;
  const std::size_t rules = table.grammar().rules().size();
  std::vector<bool> derivable(table.points());
  std::vector<bool> live(rules);
  std::vector<bool> covered(rules);
  for (const auto* points : {&table.inside_points(), &table.outside_points()}) {
    for (const PointId point : *points) derivable[point] = true;
  }
  for (PointId point = 0; point < table.points(); ++point) {
    if (!derivable[point]) {
      found.underivable.push_back(point_name(table, point));
      continue;
    }
    const NodeId node = table.node_of(point);
    const RuleId rule = table.facts(node).rule;
    const bool hit = coverage.count(point) > 0;
    live[rule] = true;
    if (hit) covered[rule] = true;
    if (table.grammar().node(node).kind == Node::Kind::Alternation) count(found.alternatives, hit);
    count(found.points, hit);
    if (!hit) found.missed.push_back(point_name(table, point));
  }
  for (RuleId rule = 0; rule < rules; ++rule) {
    if (live[rule]) count(found.rules, covered[rule]);
  }
  return found;
}

}  // namespace imapspec::abnf
