// Who may include whom, as a table, and the check of one #include line against it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::house {

// Include is one #include line: its target as written, between quotes or angle brackets.
struct Include {
  std::string target;
  bool quoted = false;
  std::size_t line = 0;  // 1-based
  friend bool operator==(const Include&, const Include&) = default;
};

// read_includes yields the #include lines of a source text, in order.
std::vector<Include> read_includes(std::string_view text);

// FolderRule says what the files of one folder may include of ours, besides their own folder. The
// rule of the longest folder that holds a file counts; an entry is a folder or one file.
struct FolderRule {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

// OutsideRule says which folders may include headers of others that begin like this.
struct OutsideRule {
  std::string_view header;
  std::vector<std::string_view> folders;
  std::string_view reason;
};

// folder_rules and outside_rules are the tables.
const std::vector<FolderRule>& folder_rules();
const std::vector<OutsideRule>& outside_rules();

// violation is a sentence about what is wrong with this line in this file, or nothing. Paths are
// relative to the repository's root.
std::optional<std::string> violation(std::string_view file, const Include& include);

}  // namespace imapspec::house
