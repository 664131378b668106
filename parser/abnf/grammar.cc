#include "parser/abnf/grammar.h"

#include <algorithm>

namespace imapspec::abnf {

std::optional<RuleId> Grammar::find(std::string_view name) const {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](char octet) {
    return octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet + 32) : octet;
  });
  const auto found = by_name_.find(lower);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

}  // namespace imapspec::abnf
