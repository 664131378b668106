#include "server/store/mailbox_name.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "server/store/code_point.h"

namespace imapspec::server {

namespace {

constexpr std::string_view kInbox = "INBOX";

}  // namespace

std::string canonical_name(std::string_view name) {
  const std::string_view first = name.substr(0, name.find(kDelimiter));
  if (!parser::equal_ignoring_case(first, kInbox)) return std::string(name);
  return std::string(kInbox).append(name.substr(first.size()));
}

bool is_valid_name(std::string_view name) {
  if (name.empty() || name.front() == kDelimiter || name.back() == kDelimiter) return false;
  if (name.find("//") != std::string_view::npos) return false;
  bool after_letter = false;
  for (std::size_t at = 0; at < name.size();) {
    const std::uint32_t point = next_code_point(name, at);
    if (point > 0x10FFFF || point < 0x20 || (point >= 0x7F && point < 0xA0)) return false;
    if (point == 0x2028 || point == 0x2029 || point == 0xFEFF) return false;
    // Note: a combining mark after a letter is what Normalization Form C mostly composes away.
    // Refusing all such names refuses a few that are in that form; the server may (section 5.1).
    if (after_letter && point >= 0x300 && point <= 0x36F) return false;
    after_letter = point < 0x80 && parser::is_alpha(static_cast<int>(point));
  }
  return true;
}

bool is_inferior(std::string_view name, std::string_view superior) {
  return name.size() > superior.size() && name.starts_with(superior) && name[superior.size()] == kDelimiter;
}

std::string_view superior_name(std::string_view name) {
  const std::size_t at = name.rfind(kDelimiter);
  return at == std::string_view::npos ? std::string_view() : name.substr(0, at);
}

bool matches_pattern(std::string_view name, std::string_view pattern) {
  // reached[i]: the pattern so far can match the first i octets of the name. Row by row this is
  // linear in the name, where backtracking over many wildcards would be exponential.
  std::vector<char> reached(name.size() + 1, 0);
  reached[0] = 1;
  for (const char want : pattern) {
    if (want == '*' || want == '%') {
      for (std::size_t i = 1; i <= name.size(); ++i) {
        if (reached[i - 1] != 0 && (want == '*' || name[i - 1] != kDelimiter)) reached[i] = 1;
      }
      continue;
    }
    for (std::size_t i = name.size(); i > 0; --i) reached[i] = reached[i - 1] != 0 && name[i - 1] == want ? 1 : 0;
    reached[0] = 0;
  }
  return reached[name.size()] != 0;
}

}  // namespace imapspec::server
