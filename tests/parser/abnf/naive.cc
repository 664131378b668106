#include "tests/parser/abnf/naive.h"

#include <algorithm>
#include <set>

#include "parser/abnf/rule_order.h"

namespace imapspec::abnf::test {

Naive::Naive(const Grammar& grammar, std::string_view text, NodeId from)
    : grammar_(grammar),
      text_(text),
      from_(from),
      sets_(grammar, rule_order(grammar)),
      ends_(grammar.rules().size(), std::vector<Positions>(text.size() + 1)),
      viable_(grammar.rules().size()),
      productive_(grammar.rules().size()) {
  std::vector<NodeId> open = {from};
  std::set<RuleId> known;
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    const Node& node = grammar.node(id);
    open.insert(open.end(), node.children.begin(), node.children.end());
    const bool refers = node.kind == Node::Kind::Reference || node.kind == Node::Kind::Counted;
    if (refers && known.insert(node.rule).second) open.push_back(grammar.rule(node.rule).definition);
    // Its rules are not among ours, or it would exclude itself.
    if (node.kind == Node::Kind::Exclusion) {
      excluded_.emplace(id, std::make_unique<Naive>(grammar, text, node.children[1]));
    }
  }
  rules_.assign(known.begin(), known.end());
  for (bool changed = true; changed;) {
    changed = false;
    for (const RuleId rule : rules_) {
      const auto& range = grammar.rule(rule).range;
      const NodeId definition = grammar.rule(rule).definition;
      if (!productive_[rule] && productive(definition)) productive_[rule] = changed = true;
      for (std::size_t begin = 0; begin <= text.size(); ++begin) {
        Positions found = ends(definition, begin);
        for (std::size_t end = begin; range && end <= text.size(); ++end) {
          if (value(begin, end) < range->least || value(begin, end) > range->most) found &= ~only(end);
        }
        changed = changed || found != ends_[rule][begin];
        ends_[rule][begin] = found;
      }
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const RuleId rule : rules_) {
      const auto& range = grammar.rule(rule).range;
      for (std::size_t begin = 0; begin <= text.size(); ++begin) {
        if (has(viable_[rule], begin) || !viable(grammar.rule(rule).definition, begin)) continue;
        if (range && value(begin, text.size()) > range->most) continue;
        viable_[rule] |= only(begin);
        changed = true;
      }
    }
  }
}

bool Naive::equal(char octet, char letter, bool case_sensitive) const {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return case_sensitive ? octet == letter : lower(octet) == lower(letter);
}

// Large enough not to be told from larger ones.
std::uint64_t Naive::value(std::size_t begin, std::size_t end) const {
  std::uint64_t value = 0;
  for (; begin < end; ++begin) {
    value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(text_[begin] - '0'), 1000000000000000U);
  }
  return value;
}

Naive::Positions Naive::ends(NodeId id, std::size_t begin) const {
  const Node& node = grammar_.node(id);
  Positions found = 0;
  switch (node.kind) {
    case Node::Kind::Alternation:
      for (const NodeId child : node.children) found |= ends(child, begin);
      return found;
    case Node::Kind::Concatenation:
      return ends_of_concatenation(node, node.children.size(), begin);
    case Node::Kind::Repetition:
      return ends_of_repetition(node, begin);
    case Node::Kind::Reference:
      return ends_[node.rule][begin];
    case Node::Kind::Text: {
      if (begin + node.text.size() > text_.size()) return 0;
      for (std::size_t at = 0; at < node.text.size(); ++at) {
        if (!equal(text_[begin + at], node.text[at], node.case_sensitive)) return 0;
      }
      return only(begin + node.text.size());
    }
    case Node::Kind::Octet: {
      if (begin == text_.size()) return 0;
      const auto octet = static_cast<unsigned char>(text_[begin]);
      return octet >= node.first && octet <= node.last ? only(begin + 1) : 0;
    }
    case Node::Kind::Exclusion:
      return ends(node.children[0], begin) & ~excluded_.at(id)->ends(node.children[1], begin);
    case Node::Kind::Counted:
    case Node::Kind::Prose:
      return 0;
  }
  return 0;
}

Naive::Positions Naive::ends_of_all(NodeId node, Positions begins) const {
  Positions found = 0;
  for (std::size_t begin = 0; begin <= text_.size(); ++begin) {
    if (has(begins, begin)) found |= ends(node, begin);
  }
  return found;
}

// With more copies than there are octets, some are empty.
Naive::Positions Naive::ends_of_repetition(const Node& node, std::size_t begin) const {
  Positions found = 0;
  Positions after = only(begin);
  for (std::uint64_t copy = 0; copy <= std::min(node.most, node.least + text_.size() + 1); ++copy) {
    if (copy >= node.least) found |= after;
    after = ends_of_all(node.children.front(), after);
  }
  return found;
}

// Of the first children.
Naive::Positions Naive::ends_of_concatenation(const Node& node, std::size_t children, std::size_t begin) const {
  Positions after = only(begin);
  for (std::size_t child = 0; child < children; ++child) {
    const bool counted = grammar_.node(node.children[child]).kind == Node::Kind::Counted;
    after = counted ? ends_of_counted(node, child, begin) : ends_of_all(node.children[child], after);
  }
  return after;
}

// The child that says how many octets a Counted has.
std::size_t Naive::count_of(const Node& concatenation, std::size_t counted) const {
  const RuleId rule = grammar_.node(concatenation.children[counted]).rule;
  for (std::size_t child = counted; child-- > 0;) {
    const Node& node = grammar_.node(concatenation.children[child]);
    if (node.kind == Node::Kind::Reference && node.rule == rule) return child;
  }
  return counted;
}

// Where a concatenation may be after its Counted: for each way to read the count.
Naive::Positions Naive::ends_of_counted(const Node& concatenation, std::size_t counted, std::size_t begin) const {
  const Node& node = grammar_.node(concatenation.children[counted]);
  const std::size_t count = count_of(concatenation, counted);
  const Positions counts = ends_of_concatenation(concatenation, count, begin);
  Positions found = 0;
  for (std::size_t from = 0; from <= text_.size(); ++from) {
    if (!has(counts, from)) continue;
    const Positions digits = ends_[node.rule][from];
    for (std::size_t to = from; to <= text_.size(); ++to) {
      if (!has(digits, to)) continue;
      Positions after = only(to);
      for (std::size_t child = count + 1; child < counted; ++child) {
        after = ends_of_all(concatenation.children[child], after);
      }
      for (std::uint64_t octet = 0; octet < std::min<std::uint64_t>(value(from, to), 40); ++octet) {
        after = ends_of_all(node.children.front(), after);
      }
      found |= after;
    }
  }
  return found;
}

bool Naive::productive(NodeId id) const {
  const Node& node = grammar_.node(id);
  const auto is_productive = [&](NodeId child) { return productive(child); };
  switch (node.kind) {
    case Node::Kind::Alternation:
      return std::ranges::any_of(node.children, is_productive);
    case Node::Kind::Concatenation:
      return std::ranges::all_of(node.children, is_productive);
    case Node::Kind::Repetition:
      return node.least == 0 || productive(node.children.front());
    case Node::Kind::Reference:
      return productive_[node.rule];
    case Node::Kind::Exclusion: {
      const auto octets = sets_.of_node(id);
      return octets ? octets->any() : productive(node.children.front());
    }
    case Node::Kind::Prose:
      return false;
    case Node::Kind::Text:
    case Node::Kind::Octet:
    case Node::Kind::Counted:
      return true;
  }
  return false;
}

// Whether the text from `begin` on begins something that the node matches.
bool Naive::viable(NodeId id, std::size_t begin) const {
  if (has(ends(id, begin), text_.size())) return true;
  if (!productive(id)) return false;
  if (begin == text_.size()) return true;
  const Node& node = grammar_.node(id);
  switch (node.kind) {
    case Node::Kind::Alternation:
      return std::ranges::any_of(node.children, [&](NodeId child) { return viable(child, begin); });
    case Node::Kind::Concatenation:
      return viable_concatenation(node, begin);
    case Node::Kind::Repetition:
      return viable_repetition(node, begin);
    case Node::Kind::Reference:
      return has(viable_[node.rule], begin);
    case Node::Kind::Text: {
      if (text_.size() - begin > node.text.size()) return false;
      for (std::size_t at = begin; at < text_.size(); ++at) {
        if (!equal(text_[at], node.text[at - begin], node.case_sensitive)) return false;
      }
      return true;
    }
    case Node::Kind::Exclusion:
      // Of single octets, it is a set of octets; of others, it counts at its end.
      return !sets_.of_node(id) && viable(node.children.front(), begin);
    case Node::Kind::Octet:
    case Node::Kind::Counted:
    case Node::Kind::Prose:
      return false;
  }
  return false;
}

bool Naive::viable_after(NodeId node, Positions begins) const {
  for (std::size_t begin = 0; begin <= text_.size(); ++begin) {
    if (has(begins, begin) && viable(node, begin)) return true;
  }
  return false;
}

bool Naive::viable_repetition(const Node& node, std::size_t begin) const {
  Positions after = only(begin);
  for (std::uint64_t copy = 0; copy < std::min(node.most, node.least + text_.size() + 1); ++copy) {
    if (viable_after(node.children.front(), after)) return true;
    after = ends_of_all(node.children.front(), after);
  }
  return false;
}

bool Naive::viable_concatenation(const Node& node, std::size_t begin) const {
  for (std::size_t child = 0; child < node.children.size(); ++child) {
    if (grammar_.node(node.children[child]).kind == Node::Kind::Counted) {
      if (viable_counted(node, child, begin)) return true;
    } else if (viable_after(node.children[child], ends_of_concatenation(node, child, begin))) {
      return true;
    }
  }
  return false;
}

bool Naive::viable_counted(const Node& concatenation, std::size_t counted, std::size_t begin) const {
  const Node& node = grammar_.node(concatenation.children[counted]);
  const std::size_t count = count_of(concatenation, counted);
  const Positions counts = ends_of_concatenation(concatenation, count, begin);
  for (std::size_t from = 0; from <= text_.size(); ++from) {
    const Positions digits = has(counts, from) ? ends_[node.rule][from] : 0;
    for (std::size_t to = from; to <= text_.size(); ++to) {
      if (!has(digits, to)) continue;
      Positions after = only(to);
      for (std::size_t child = count + 1; child < counted; ++child) {
        after = ends_of_all(concatenation.children[child], after);
      }
      for (std::uint64_t octet = 0; octet < std::min<std::uint64_t>(value(from, to), 40); ++octet) {
        after = ends_of_all(node.children.front(), after);
        if (has(after, text_.size())) return true;
      }
    }
  }
  return false;
}

}  // namespace imapspec::abnf::test
