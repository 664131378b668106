#include "tests/house/file_rules.h"

#include <array>
#include <regex>

namespace imapspec::house {
namespace {

// next_line takes a line off the front of a text.
std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

}  // namespace

bool is_source(std::string_view path) {
  static constexpr std::array<std::string_view, 4> kEndings = {".h", ".cc", ".cmake", ".sh"};
  for (const std::string_view ending : kEndings) {
    if (path.ends_with(ending)) return true;
  }
  // Scripts have no ending.
  return path.ends_with("CMakeLists.txt") || path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

std::optional<std::string> path_of_a_machine(std::string_view text) {
  // In pieces, so that this file does not hold what it looks for.
  static const std::regex kPath(
      "(^|[^A-Za-z0-9_.}$/-])/(ho"
      "me|ro"
      "ot|wo"
      "rk|Us"
      "ers)/[A-Za-z0-9_.-]+");
  std::match_results<std::string_view::const_iterator> match;
  if (!std::regex_search(text.begin(), text.end(), match, kPath)) return std::nullopt;
  return match[0].str();
}

std::optional<std::string> header_problem(std::string_view text) {
  std::string_view line = next_line(text);
  if (!line.starts_with("// ")) return "does not begin with a comment that says what it is";
  while (line.starts_with("//")) line = next_line(text);
  if (line != "#pragma once") return "has no #pragma once after its first comment";
  return std::nullopt;
}

std::map<std::string, std::string> read_reasons(std::string_view text) {
  std::map<std::string, std::string> reasons;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (line.empty() || line.front() == '#') continue;
    const auto colon = line.find(": ");
    reasons[std::string(line.substr(0, colon))] =
        colon == std::string_view::npos ? std::string() : std::string(line.substr(colon + 2));
  }
  return reasons;
}

}  // namespace imapspec::house
