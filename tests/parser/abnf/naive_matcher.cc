#include "tests/parser/abnf/naive_matcher.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace imapspec::abnf::test {

namespace {

// value_of is nullopt above 2^64 - 1.
std::optional<std::uint64_t> value_of(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char digit : digits) {
    const auto next = static_cast<std::uint64_t>(digit - '0');
    if (value > (kUnbounded - next) / 10) return std::nullopt;
    value = value * 10 + next;
  }
  return value;
}

char lower(char octet) { return octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet + 32) : octet; }

}  // namespace

bool NaiveMatcher::matches(NodeId node, std::string_view octets) {
  octets_ = octets;
  answers_.clear();
  furthest_ = 0;
  round_ = 0;
  // A node that is asked about itself at the same offset answers what it knows so far.
  do {
    ++round_;
    changed_ = false;
    ends(node, 0);
  } while (changed_);
  return ends(node, 0).contains(octets.size());
}

NaiveMatcher::Ends NaiveMatcher::ends(NodeId node, std::size_t start) {
  Answer& answer = answers_[{node, start}];
  if (answer.round == round_) return answer.ends;
  answer.round = round_;
  Ends found = find_ends(node, start);
  if (found != answer.ends) {
    answer.ends = found;
    changed_ = true;
  }
  return found;
}

NaiveMatcher::Ends NaiveMatcher::find_ends(NodeId node, std::size_t start) {
  const Node& at = grammar_->node(node);
  switch (at.kind) {
    case Node::Kind::Alternation: {
      Ends found;
      for (const NodeId child : at.children) found.merge(ends(child, start));
      return found;
    }
    case Node::Kind::Concatenation:
      return concatenation_ends(at, start);
    case Node::Kind::Repetition:
      return repetition_ends(at, start);
    case Node::Kind::Reference: {
      const Rule& rule = grammar_->rule(at.rule);
      Ends found = ends(rule.definition, start);
      std::erase_if(found, [&](std::size_t end) { return !in_range(rule, start, end); });
      return found;
    }
    case Node::Kind::Text:
      return text_ends(at, start);
    case Node::Kind::Octet: {
      furthest_ = std::max(furthest_, start);
      if (start == octets_.size()) return {};
      const auto octet = static_cast<unsigned char>(octets_[start]);
      if (octet < at.first || octet > at.last) return {};
      furthest_ = std::max(furthest_, start + 1);
      return {start + 1};
    }
    case Node::Kind::Exclusion: {
      const std::size_t before = furthest_;
      Ends found = ends(at.children[0], start);
      const std::size_t furthest = furthest_;
      const bool one_octet =
          !found.empty() && std::ranges::all_of(found, [&](std::size_t end) { return end == start + 1; });
      for (const std::size_t end : ends(at.children[1], start)) found.erase(end);
      // What the right side looked at counts for nothing. An octet that a class lacks was not reached.
      furthest_ = one_octet && found.empty() ? std::max(before, start) : furthest;
      return found;
    }
    case Node::Kind::Counted:
    case Node::Kind::Prose:
      break;
  }
  return {};
}

NaiveMatcher::Ends NaiveMatcher::concatenation_ends(const Node& node, std::size_t start) {
  // The number that a Counted child will ask for goes along with the offset.
  using State = std::pair<std::size_t, std::optional<std::uint64_t>>;
  std::optional<RuleId> counts;
  for (const NodeId child : node.children) {
    if (grammar_->node(child).kind == Node::Kind::Counted) counts = grammar_->node(child).rule;
  }
  std::set<State> states{{start, std::nullopt}};
  for (const NodeId child : node.children) {
    const Node& at = grammar_->node(child);
    std::set<State> next;
    for (const auto& [offset, number] : states) {
      if (at.kind != Node::Kind::Counted) {
        const bool is_count = at.kind == Node::Kind::Reference && counts == at.rule;
        for (const std::size_t end : ends(child, offset)) {
          next.emplace(end, is_count ? value_of(octets_.substr(offset, end - offset)) : number);
        }
        continue;
      }
      std::size_t end = offset;
      furthest_ = std::max(furthest_, end);
      while (number && end - offset < *number && !ends(at.children[0], end).empty()) ++end;
      if (number && end - offset == *number) next.emplace(end, number);
    }
    states = std::move(next);
  }
  Ends found;
  for (const auto& [offset, number] : states) found.insert(offset);
  return found;
}

NaiveMatcher::Ends NaiveMatcher::repetition_ends(const Node& node, std::size_t start) {
  Ends found;
  Ends reached{start};
  for (std::uint64_t count = 0; !reached.empty(); ++count) {
    if (count >= node.least) {
      // What was found before with fewer repetitions leads nowhere new with more of them.
      const std::size_t before = found.size();
      found.insert(reached.begin(), reached.end());
      if (found.size() == before) break;
    }
    if (count == node.most) break;
    Ends next;
    for (const std::size_t offset : reached) next.merge(ends(node.children[0], offset));
    reached = std::move(next);
  }
  return found;
}

NaiveMatcher::Ends NaiveMatcher::text_ends(const Node& node, std::size_t start) {
  std::size_t size = 0;
  while (size < node.text.size() && start + size < octets_.size()) {
    const char octet = octets_[start + size];
    const char wanted = node.text[size];
    if (octet != wanted && (node.case_sensitive || lower(octet) != lower(wanted))) break;
    ++size;
  }
  furthest_ = std::max(furthest_, start + size);
  if (size < node.text.size()) return {};
  return {start + size};
}

bool NaiveMatcher::in_range(const Rule& rule, std::size_t start, std::size_t end) const {
  if (!rule.range) return true;
  const auto value = value_of(octets_.substr(start, end - start));
  return value && *value >= rule.range->least && *value <= rule.range->most;
}

}  // namespace imapspec::abnf::test
