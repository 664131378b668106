#include "server/store/flags.h"

#include <algorithm>

#include "parser/core/ascii.h"

namespace imapspec::server {

namespace {

auto find(const std::vector<std::string>& names, std::string_view name) {
  return std::find_if(names.begin(), names.end(),
                      [name](const std::string& other) { return parser::equal_ignoring_case(other, name); });
}

}  // namespace

FlagNames::FlagNames(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) add(name);
}

bool FlagNames::has(std::string_view name) const { return find(names_, name) != names_.end(); }

bool FlagNames::add(std::string_view name) {
  if (has(name)) return false;
  names_.emplace_back(name);
  return true;
}

bool FlagNames::remove(std::string_view name) {
  const auto at = find(names_, name);
  if (at == names_.end()) return false;
  names_.erase(at);
  return true;
}

bool operator==(const FlagNames& a, const FlagNames& b) {
  return a.size() == b.size() &&
         std::all_of(a.names_.begin(), a.names_.end(), [&b](const std::string& name) { return b.has(name); });
}

bool is_system_flag(std::string_view name) { return system_flags().has(name); }

bool is_keyword(std::string_view name) { return !name.empty() && name.front() != '\\'; }

const FlagNames& system_flags() {
  static const FlagNames flags{"\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"};
  return flags;
}

const FlagNames& well_known_keywords() {
  static const FlagNames keywords{"$Forwarded", "$MDNSent", "$Junk", "$NotJunk", "$Phishing"};
  return keywords;
}

}  // namespace imapspec::server
