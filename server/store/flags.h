// The flags of a message or of a mailbox.
//
// RFC 9051 section 2.3.2
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::server {

// FlagNames is a set of flag names whose ASCII case does not matter. The first spelling stays.
class FlagNames {
 public:
  FlagNames() = default;
  FlagNames(std::initializer_list<std::string_view> names);

  [[nodiscard]] bool has(std::string_view name) const;
  // add and remove say whether the set changed.
  bool add(std::string_view name);
  bool remove(std::string_view name);
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

  // == ignores order and case.
  friend bool operator==(const FlagNames& a, const FlagNames& b);

 private:
  std::vector<std::string> names_;
};

// is_system_flag knows the five system flags; no other name may begin with a backslash.
bool is_system_flag(std::string_view name);

// is_keyword says whether `name` is a keyword, that is, does not begin with a backslash.
bool is_keyword(std::string_view name);

// system_flags is the five, and the keywords that section 2.3.2 wants supported.
const FlagNames& system_flags();
const FlagNames& well_known_keywords();

}  // namespace imapspec::server
