// The part of Generator that writes octets.
#include <array>
#include <string_view>
#include <utility>

#include "parser/abnf/ascii.h"
#include "parser/abnf/generator.h"

namespace imapspec::abnf {

namespace {

constexpr std::size_t kTries = 30;

// nth yields the octet of the set that has `n` others before it.
std::uint8_t nth(const OctetSet& set, std::size_t n) {
  for (unsigned octet = 0; octet < set.size(); ++octet) {
    if (set[octet] && n-- == 0) return static_cast<std::uint8_t>(octet);
  }
  return 0;
}

}  // namespace

void Generator::derive_text(NodeId node) {
  const Node& at = grammar_->node(node);
  const std::uint32_t choice = choose(node, aims_at(node) ? node : kNoNode);
  take(node, choice);
  sentence_.spans.push_back({sentence_.octets.size(), at.text.size(), node});
  if (table_->facts(node).choices == 1) {
    sentence_.octets += at.text;
    return;
  }
  // Mixed letters take turns; with three and more it is random besides.
  bool upper = choice == 0 || (choice == 2 && random_.one_in(2));
  std::size_t letters = 0;
  for (const char octet : at.text) {
    const bool lower = !upper;
    sentence_.octets += !is_letter(octet) ? octet : static_cast<char>(lower ? octet | 0x20 : octet & ~0x20);
    if (choice != 2 || !is_letter(octet)) continue;
    ++letters;
    if (letters < 2 || random_.one_in(2)) upper = !upper;
  }
}

void Generator::derive_octet_range(NodeId node) {
  const Node& at = grammar_->node(node);
  const std::uint32_t choice = choose(node, aims_at(node) ? node : kNoNode);
  take(node, choice);
  const unsigned first = at.first;
  const unsigned last = at.last;
  const std::size_t octet = choice == 0 ? first : choice == 1 ? last : first + 1 + random_.below(last - first - 1);
  sentence_.octets += static_cast<char>(octet);
}

// octet_for picks an octet of a class that gets closer to the waypoint.
std::uint8_t Generator::octet_for(NodeId node, NodeId waypoint) {
  const OctetSet& set = *table_->octets(node);
  if (waypoint != kNoNode && waypoint != node) {
    const OctetSet* aim = table_->octets(aim_node_);
    if (aim != nullptr && (*aim & set).any()) {
      const OctetSet both = *aim & set;
      // Any of them if none is the aim itself: the aim may be an alternative.
      std::uint8_t octet = nth(both, random_.below(both.count()));
      for (unsigned other = 0; other < both.size(); ++other) {
        if (!both[other]) continue;
        const auto choice = table_->octet_choice(aim_node_, static_cast<std::uint8_t>(other));
        if (choice == aim_choice_) octet = static_cast<std::uint8_t>(other);
      }
      const Node& aimed = grammar_->node(aim_node_);
      if (aimed.kind == Node::Kind::Alternation) {
        const OctetSet child = *table_->octets(aimed.children[aim_choice_]) & set;
        if (child.any()) octet = nth(child, random_.below(child.count()));
      }
      return octet;
    }
  }
  return nth(set, random_.below(set.count()));
}

void Generator::derive_octet(NodeId node, NodeId waypoint, std::uint8_t octet) {
  const Node& at = grammar_->node(node);
  if (at.kind == Node::Kind::Alternation) {
    choices_.clear();
    for (std::uint32_t i = 0; i < at.children.size(); ++i) {
      if (!(*table_->octets(at.children[i]))[octet]) continue;
      const bool aimed = (aims_at(node) && waypoint == node && aim_choice_ == i) ||
                         (waypoint != kNoNode && waypoint != node && table_->contains(at.children[i], waypoint));
      if (aimed) choices_.clear();
      choices_.push_back(i);
      if (aimed) break;
    }
    const std::uint32_t choice = least_covered(node, choices_);
    take(node, choice);
    const NodeId child = at.children[choice];
    const bool below = waypoint != kNoNode && waypoint != node && table_->contains(child, waypoint);
    return derive_octet(child, below ? waypoint : kNoNode, octet);
  }
  if (const auto choice = table_->octet_choice(node, octet)) take(node, *choice);
  if (at.kind == Node::Kind::Reference) {
    const NodeId next = waypoint == node && !aims_at(node) ? table_->waypoint(at.rule, aim_node_) : kNoNode;
    return derive_octet(grammar_->rule(at.rule).definition, next, octet);
  }
  if (at.kind == Node::Kind::Exclusion) {
    const bool below = waypoint != kNoNode && table_->contains(at.children[0], waypoint);
    return derive_octet(at.children[0], below ? waypoint : kNoNode, octet);
  }
  sentence_.octets += static_cast<char>(octet);
}

void Generator::derive_difference(NodeId node, NodeId waypoint) {
  const Node& at = grammar_->node(node);
  if (waypoint != kNoNode && table_->contains(at.children[1], waypoint)) return derive(at.children[1], waypoint);
  const bool below = waypoint != kNoNode && waypoint != node;
  if (const OctetSet* set = table_->octets(node)) {
    if (set->none()) {
      failed_ = true;
      return;
    }
    // What a "-" further in takes away is not in this set either.
    const OctetSet* aim = below ? table_->octets(aim_node_) : nullptr;
    if (aim != nullptr && (*aim & *set).none()) return derive(at.children[0], waypoint);
    const bool end = (waypoint == node && aims_at(node)) || (!below && random_.one_in(4));
    const std::uint8_t octet = end ? table_->class_ends(node)[choose(node, waypoint)] : octet_for(node, waypoint);
    return derive_octet(node, waypoint, octet);
  }
  take(node, 0);
  const Mark before = mark();
  for (std::size_t i = 0; i < kTries; ++i) {
    // A derivation that misses with the aim before it may do without.
    derive(at.children[0], below ? waypoint : kNoNode);
    if (failed_ || !matches_(at.children[1], std::string_view(sentence_.octets).substr(before.octets))) return;
    go_back(before);
  }
  failed_ = true;
}

void Generator::derive_counted(NodeId node, NodeId waypoint) {
  static constexpr std::array<std::string_view, 10> kPieces{
      "\r\n", "\r", "\n", "{5}\r\n", "{5+}\r\n", "\"", ")", "\\", std::string_view("\0", 1), "a1 NOOP\r\n"};
  const Node& at = grammar_->node(node);
  const NodeId child = at.children[0];
  const std::size_t count = count_;
  const auto length = count < 3                 ? static_cast<LengthClass>(count)
                      : count < kManyOctets / 2 ? LengthClass::Some
                                                : LengthClass::Many;
  take(node, static_cast<std::uint32_t>(length));
  const OctetSet* set = table_->octets(child);
  if (set == nullptr || set->none()) {
    failed_ = count > 0;
    return;
  }
  const bool below = waypoint != kNoNode && waypoint != node;
  const std::size_t way = below && count > 0 ? random_.below(count) : count;
  const bool pieces = random_.one_in(2);
  std::string_view piece;
  for (std::size_t i = 0; i < count; ++i) {
    if (i == way || !pieces) {
      derive(child, i == way ? waypoint : kNoNode);
      continue;
    }
    if (piece.empty() && random_.one_in(3)) piece = random_.element(kPieces);
    auto octet = static_cast<std::uint8_t>('a' + random_.below(26));
    if (!piece.empty()) {
      octet = static_cast<std::uint8_t>(piece.front());
      piece.remove_prefix(1);
    }
    if (!(*set)[octet]) octet = nth(*set, random_.below(set->count()));
    derive_octet(child, kNoNode, octet);
  }
}

}  // namespace imapspec::abnf
