#include "tests/server/model/script.h"

#include <algorithm>

#include "parser/grammar/parse.h"

namespace imapspec::server::model {

std::string to_text(const Script& script) {
  std::string text;
  for (const Step& step : script) {
    text += std::to_string(step.session + 1) + ": " + parser::escape_octets(step.text) + "\n";
  }
  return text;
}

std::expected<Script, std::string> parse_script(std::string_view text) {
  Script script;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const auto session = static_cast<std::size_t>(line.front() - '1');
    const auto octets = line.size() < 3 ? std::nullopt : parser::unescape_octets(line.substr(3));
    if (session >= kSessions || line.substr(1, 2) != ": " || !octets) return std::unexpected(std::string(line));
    script.push_back({session, *octets});
  }
  return script;
}

}  // namespace imapspec::server::model
