// When two terms have the same value.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runner/match/term.h"

namespace imapspec::runner {
namespace {

// value_key is a text that two terms share where they have the same value. Sorting keys, unlike looking for each item
// of one set in the other, does not take long for large sets.
std::string value_key(const Term& term) {
  const Term::Kind kind = term.kind == Term::Kind::Number ? Term::Kind::Numbers : term.kind;
  std::vector<std::string> items;
  items.reserve(term.items.size());
  for (const Term& item : term.items) items.push_back(value_key(item));
  if (kind == Term::Kind::Set || kind == Term::Kind::Subset) std::sort(items.begin(), items.end());
  std::string key = fmt::format("{}:{}:{}(", static_cast<int>(kind), term.text.size(), term.text);
  for (const std::string& item : items) key += item;
  key += ')';
  return key;
}

}  // namespace

bool same_value(const Term& a, const Term& b) {
  const auto numeric = [](const Term& term) {
    return term.kind == Term::Kind::Number || term.kind == Term::Kind::Numbers;
  };
  if (numeric(a) && numeric(b)) return a.text == b.text;
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size()) return false;
  if (a.kind == Term::Kind::Set || a.kind == Term::Kind::Subset) return value_key(a) == value_key(b);
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same_value);
}

}  // namespace imapspec::runner
