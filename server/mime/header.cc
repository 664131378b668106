#include "server/mime/header.h"

#include <algorithm>

#include "parser/core/ascii.h"

namespace imapspec::server::mime {

namespace {

// line_octets is the length of the first line with its end.
std::size_t line_octets(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_empty_line(std::string_view line) { return line == "\r\n" || line == "\n"; }

}  // namespace

std::size_t header_octets(std::string_view entity) {
  std::size_t at = 0;
  while (at < entity.size()) {
    const std::size_t line = line_octets(entity.substr(at));
    const bool last = is_empty_line(entity.substr(at, line));
    at += line;
    if (last) break;
  }
  return at;
}

std::vector<Field> fields(std::string_view header) {
  std::vector<Field> found;
  while (!header.empty()) {
    std::size_t octets = line_octets(header);
    if (is_empty_line(header.substr(0, octets))) break;
    while (octets < header.size() && is_blank(header[octets])) octets += line_octets(header.substr(octets));
    const std::string_view whole = header.substr(0, octets);
    header.remove_prefix(octets);
    const std::size_t colon = whole.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view name = whole.substr(0, colon);
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);  // obs-optional (RFC 5322 section 4.5)
    if (name.empty() || name.find_first_of(" \t\r\n") != std::string_view::npos) continue;
    found.push_back({name, without_line_end(whole.substr(colon + 1)), whole});
  }
  return found;
}

std::optional<std::string> field_value(const std::vector<Field>& fields, std::string_view name) {
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [name](const Field& field) { return parser::equal_ignoring_case(field.name, name); });
  if (at == fields.end()) return std::nullopt;
  return unfold(at->value);
}

std::string unfold(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  for (const char c : value) {
    if (c != '\r' && c != '\n') text.push_back(c);
  }
  const auto blank = [](char c) { return is_blank(c); };
  text.erase(std::find_if_not(text.rbegin(), text.rend(), blank).base(), text.end());
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), blank));
  return text;
}

std::string_view blank_line(std::string_view header) {
  if (header.ends_with("\n\r\n") || header == "\r\n") return header.substr(header.size() - 2);
  if (header.ends_with("\n\n") || header == "\n") return header.substr(header.size() - 1);
  return {};
}

}  // namespace imapspec::server::mime
