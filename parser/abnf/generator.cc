#include "parser/abnf/generator.h"

#include <algorithm>
#include <array>
#include <utility>

namespace imapspec::abnf {

namespace {

// Beyond these a derivation takes the shortest way out.
constexpr std::size_t kMaxDepth = 100;
constexpr std::size_t kMaxSteps = 20'000;
// A point that derivations keep missing is not aimed at again: a "-" takes all that leads there.
constexpr std::uint8_t kMaxFailures = 20;
constexpr std::size_t kAttempts = 50;

// Most sentences are short, some are long.
constexpr std::array<std::size_t, 16> kBudgets{10, 15, 20, 20, 30, 30, 40, 40, 50, 60, 70, 80, 100, 120, 150, 200};
constexpr std::size_t kLargeBudget = 1000;

// value_of is nullopt where 64 bits do not hold the number.
std::optional<std::uint64_t> value_of(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char digit : digits) {
    const auto next = static_cast<std::uint64_t>(digit - '0');
    if (value > (kUnbounded - next) / 10) return std::nullopt;
    value = value * 10 + next;
  }
  return value;
}

}  // namespace

Generator::Generator(const DerivationTable& table, Matches matches, std::uint64_t seed)
    : table_(&table),
      grammar_(&table.grammar()),
      matches_(std::move(matches)),
      random_(seed),
      coverage_(table.points()) {
  for (auto [aims, points] : {std::pair{&inside_, &table.inside_points()}, {&outside_, &table.outside_points()}}) {
    aims->points = *points;
    aims->failures.resize(points->size());
    for (std::size_t i = points->size(); i > 1; --i) std::swap(aims->points[i - 1], aims->points[random_.below(i)]);
  }
}

std::optional<Sentence> Generator::sentence() { return aimed(inside_); }

std::optional<Sentence> Generator::near_miss() {
  if (outside_.points.empty()) return std::nullopt;
  return aimed(outside_);
}

// next_aim yields an index into aims.points, or nothing where the sentence may go anywhere.
std::optional<std::size_t> Generator::next_aim(Aims& aims) {
  for (; aims.next < aims.points.size(); ++aims.next) {
    if (coverage_.count(aims.points[aims.next]) == 0 && aims.failures[aims.next] < kMaxFailures) return aims.next;
  }
  if (&aims == &inside_ && random_.one_in(2)) return std::nullopt;
  const std::size_t any = random_.below(aims.points.size());
  if (aims.failures[any] >= kMaxFailures) return std::nullopt;
  return any;
}

std::optional<Sentence> Generator::aimed(Aims& aims) {
  for (std::size_t i = 0; i < kAttempts; ++i) {
    const auto index = next_aim(aims);
    const auto aim = index ? std::optional(aims.points[*index]) : std::nullopt;
    const bool derived = attempt(aim);
    if (aim && coverage_.count(*aim) == 0) ++aims.failures[*index];
    if (derived) return std::move(sentence_);
  }
  return std::nullopt;
}

bool Generator::attempt(std::optional<PointId> aim) {
  sentence_ = {};
  journal_.clear();
  failed_ = false;
  reserved_ = 0;
  depth_ = 0;
  steps_ = 0;
  budget_ = random_.one_in(200) ? kLargeBudget : random_.element(kBudgets);
  aim_node_ = aim ? table_->node_of(*aim) : kNoNode;
  aim_choice_ = aim ? table_->choice_of(*aim) : 0;
  derive(table_->root(), aim ? table_->first_waypoint(aim_node_) : kNoNode);
  if (failed_) go_back({0, 0, 0});
  return !failed_;
}

std::size_t Generator::room() const {
  const std::size_t needed = sentence_.octets.size() + reserved_;
  return budget_ > needed ? budget_ - needed : 0;
}

bool Generator::exhausted() const { return depth_ >= kMaxDepth || steps_ >= kMaxSteps; }

Generator::Mark Generator::mark() const { return {sentence_.octets.size(), sentence_.spans.size(), journal_.size()}; }

void Generator::go_back(const Mark& mark) {
  sentence_.octets.resize(mark.octets);
  sentence_.spans.resize(mark.spans);
  while (journal_.size() > mark.journal) {
    coverage_.remove(journal_.back());
    journal_.pop_back();
  }
}

void Generator::take(NodeId node, std::uint32_t choice) {
  const PointId point = table_->facts(node).first_point + choice;
  coverage_.add(point);
  journal_.push_back(point);
}

bool Generator::affordable(NodeId node, std::uint32_t choice) const {
  const Node& at = grammar_->node(node);
  const auto fits = [&](NodeId child, std::uint64_t times) {
    const DerivationTable::Facts& facts = table_->facts(child);
    return times == 0 || (facts.cost != kUnbounded && facts.size <= room() / times);
  };
  if (at.kind == Node::Kind::Alternation) return fits(at.children[choice], 1);
  if (at.kind == Node::Kind::Repetition) return fits(at.children[0], at.least + choice);
  if (at.kind == Node::Kind::Counted && choice + 1 == kLengthClasses) return room() > kManyOctets;
  return true;
}

// choose picks one of the node's own choices: the one that is aimed at, one that leads to the waypoint,
// or one that is affordable, and of those often one that was chosen least.
std::uint32_t Generator::choose(NodeId node, NodeId waypoint) {
  const Node& at = grammar_->node(node);
  const std::uint32_t count = table_->facts(node).choices;
  if (aims_at(node) && waypoint == node && aim_choice_ < count) return aim_choice_;
  const bool underway = waypoint != kNoNode && waypoint != node;
  choices_.clear();
  for (std::uint32_t choice = 0; choice < count; ++choice) {
    if (underway && at.kind == Node::Kind::Alternation && !table_->contains(at.children[choice], waypoint)) continue;
    if (underway && at.kind == Node::Kind::Repetition && at.least + choice == 0) continue;
    const bool free = !exhausted() && affordable(node, choice);
    if (free || (underway && choices_.empty())) choices_.push_back(choice);
  }
  if (!choices_.empty()) return least_covered(node, choices_);
  if (at.kind != Node::Kind::Alternation) return 0;
  const auto cheapest =
      std::ranges::min_element(at.children, {}, [&](NodeId child) { return table_->facts(child).cost; });
  return static_cast<std::uint32_t>(cheapest - at.children.begin());
}

std::uint32_t Generator::least_covered(NodeId node, const std::vector<std::uint32_t>& choices) {
  const std::size_t start = random_.below(choices.size());
  std::uint32_t best = choices[start];
  if (random_.one_in(2)) return best;
  const PointId first = table_->facts(node).first_point;
  for (std::size_t i = 1; i < choices.size(); ++i) {
    const std::uint32_t choice = choices[(start + i) % choices.size()];
    if (coverage_.count(first + choice) < coverage_.count(first + best)) best = choice;
  }
  return best;
}

void Generator::derive(NodeId node, NodeId waypoint) {
  if (failed_) return;
  const Node& at = grammar_->node(node);
  switch (at.kind) {
    case Node::Kind::Alternation: {
      const std::uint32_t choice = choose(node, waypoint);
      take(node, choice);
      const NodeId child = at.children[choice];
      const bool below = waypoint != kNoNode && waypoint != node && table_->contains(child, waypoint);
      return derive(child, below ? waypoint : kNoNode);
    }
    case Node::Kind::Concatenation:
      return derive_concatenation(node, waypoint);
    case Node::Kind::Repetition:
      return derive_repetition(node, waypoint);
    case Node::Kind::Reference:
      return derive_reference(node, waypoint);
    case Node::Kind::Text:
      return derive_text(node);
    case Node::Kind::Octet:
      return derive_octet_range(node);
    case Node::Kind::Exclusion:
      return derive_difference(node, waypoint);
    case Node::Kind::Counted:
      return derive_counted(node, waypoint);
    case Node::Kind::Prose:
      failed_ = true;
  }
}

void Generator::derive_concatenation(NodeId node, NodeId waypoint) {
  take(node, 0);
  const Node& at = grammar_->node(node);
  const DerivationTable::Facts& facts = table_->facts(node);
  for (const NodeId child : at.children) reserved_ += table_->facts(child).size;
  std::size_t count = 0;
  for (const NodeId child : at.children) {
    reserved_ -= table_->facts(child).size;
    const bool below = waypoint != kNoNode && waypoint != node && table_->contains(child, waypoint);
    if (child == facts.count && below) {
      derive_aimed_count(child, waypoint);
      count = count_;
    } else if (child == facts.count) {
      const bool aimed = waypoint != kNoNode && table_->contains(facts.counted, waypoint);
      count_ = count_for(facts.counted, aimed ? waypoint : kNoNode);
      derive_count(child);
      count = count_;
    } else {
      // What stood between may have counted octets of its own.
      if (child == facts.counted) count_ = count;
      derive(child, below ? waypoint : kNoNode);
    }
  }
}

// count_for chooses how many octets there will be.
std::size_t Generator::count_for(NodeId counted, NodeId waypoint) {
  const std::uint32_t length = choose(counted, waypoint != kNoNode && aims_at(counted) ? counted : kNoNode);
  const bool none = table_->count_spelling(grammar_->node(counted).rule).none;
  switch (static_cast<LengthClass>(length)) {
    case LengthClass::None:
      // Where the aim is an octet there has to be one.
      return none && (waypoint == kNoNode || aims_at(counted)) ? 0 : 1;
    case LengthClass::One:
      return 1;
    case LengthClass::Two:
      return 2;
    case LengthClass::Some:
      return 3 + random_.below(kManyOctets / 2 - 3);
    case LengthClass::Many:
      break;
  }
  return kManyOctets / 2 + random_.below(kManyOctets);
}

std::uint64_t Generator::repetitions(NodeId node, std::uint32_t choice) {
  const Node& at = grammar_->node(node);
  if (choice <= 1) return at.least + choice;
  if (at.most == kUnbounded) return at.least + 2 + random_.below(random_.one_in(16) ? 20 : 3);
  if (choice + 1 == table_->facts(node).choices) return at.most;
  return at.least + 2 + random_.below(std::min<std::uint64_t>(at.most - at.least - 2, 20));
}

void Generator::derive_repetition(NodeId node, NodeId waypoint) {
  const Node& at = grammar_->node(node);
  const std::uint32_t choice = choose(node, waypoint);
  take(node, choice);
  const std::uint64_t count = repetitions(node, choice);
  const std::size_t each = table_->facts(at.children[0]).size;
  const bool below = waypoint != kNoNode && waypoint != node;
  const std::uint64_t way = below ? random_.below(count) : count;
  const std::uint64_t needed = std::min(count, at.least + choice);
  reserved_ += needed * each;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i < needed) reserved_ -= each;
    // Of what is not needed there is as much as there is room for.
    if (i >= needed && i != way && (each > room() || exhausted())) continue;
    derive(at.children[0], i == way ? waypoint : kNoNode);
  }
}

void Generator::derive_reference(NodeId node, NodeId waypoint) {
  take(node, 0);
  const RuleId rule = grammar_->node(node).rule;
  NodeId next = kNoNode;
  if (waypoint == node && !aims_at(node)) next = table_->waypoint(rule, aim_node_);
  const std::size_t start = sentence_.octets.size();
  const std::size_t span = sentence_.spans.size();
  const OctetSet* octets = table_->octets(node);
  const bool spanned = octets == nullptr || octets->count() == 1;
  if (spanned) sentence_.spans.push_back({start, 0, node});
  ++depth_;
  ++steps_;
  derive_definition(rule, next);
  --depth_;
  if (spanned && !failed_) sentence_.spans[span].size = sentence_.octets.size() - start;
}

void Generator::derive_definition(RuleId rule, NodeId waypoint) {
  if (derive_number(rule, waypoint)) return;
  const Rule& at = grammar_->rule(rule);
  if (!at.range) return derive(at.definition, waypoint);
  const Mark before = mark();
  for (std::size_t i = 0; i < kAttempts; ++i) {
    derive(at.definition, waypoint);
    if (failed_) return;
    const auto value = value_of(std::string_view(sentence_.octets).substr(before.octets));
    if (value && *value >= at.range->least && *value <= at.range->most) return;
    go_back(before);
  }
  failed_ = true;
}

// derive_count writes the number of octets that will follow, count_.
void Generator::derive_count(NodeId node) {
  const RuleId id = grammar_->node(node).rule;
  const Rule& rule = grammar_->rule(id);
  std::string digits = std::to_string(count_);
  if (table_->count_spelling(id).leading_zeros && random_.one_in(8)) digits.insert(0, 1 + random_.below(3), '0');
  const bool in_range = !rule.range || (count_ >= rule.range->least && count_ <= rule.range->most);
  if (!in_range || !matches_(rule.definition, digits)) return derive_aimed_count(node, kNoNode);
  take(node, 0);
  sentence_.spans.push_back({sentence_.octets.size(), digits.size(), node});
  sentence_.octets += digits;
}

// derive_aimed_count derives the number on the way to a waypoint, so that it is what it becomes.
void Generator::derive_aimed_count(NodeId node, NodeId waypoint) {
  const Mark before = mark();
  for (std::size_t i = 0; i < kAttempts; ++i) {
    derive(node, waypoint);
    if (failed_) return;
    const auto value = value_of(std::string_view(sentence_.octets).substr(before.octets));
    if (value && *value <= kMostCounted) {
      count_ = *value;
      return;
    }
    go_back(before);
  }
  failed_ = true;
}

// derive_number writes a boundary number, if one is aimed at and else now and then.
bool Generator::derive_number(RuleId rule, NodeId waypoint) {
  const NodeId definition = grammar_->rule(rule).definition;
  const DerivationTable::Facts& facts = table_->facts(definition);
  if (facts.numbers == 0) return false;
  const auto& numbers = table_->boundary_numbers(rule);
  std::uint32_t chosen = 0;
  if (waypoint == definition && aims_at(definition) && aim_choice_ >= facts.choices) {
    chosen = aim_choice_ - facts.choices;
  } else {
    if (waypoint != kNoNode || !random_.one_in(4)) return false;
    choices_.clear();
    for (std::uint32_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i].in_range && numbers[i].digits.size() <= std::max<std::size_t>(room(), 1)) {
        choices_.push_back(facts.choices + i);
      }
    }
    if (choices_.empty()) return false;
    chosen = least_covered(definition, choices_) - facts.choices;
  }
  take(definition, facts.choices + chosen);
  sentence_.octets += numbers[chosen].digits;
  return true;
}

}  // namespace imapspec::abnf
