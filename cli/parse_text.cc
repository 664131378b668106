#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "cli/parse_report.h"
#include "parser/grammar/parse.h"

namespace imapspec::cli {
namespace {

using Out = std::back_insert_iterator<std::string>;

// Excerpt is the line in which an octet stands, escaped, and the column of that octet in it.
struct Excerpt {
  std::string line;
  std::size_t column = 0;
};

Excerpt excerpt(std::string_view octets, std::size_t offset) {
  // A literal can be one line of megabytes: no more than this much on either side is shown.
  constexpr std::size_t kAround = 70;
  offset = std::min(offset, octets.size());
  const std::string_view before = octets.substr(0, offset);
  const std::size_t line_feed = before.rfind('\n');
  std::size_t begin = line_feed == std::string_view::npos ? 0 : line_feed + 1;
  std::size_t end = octets.find('\n', offset);
  end = end == std::string_view::npos ? octets.size() : end + 1;
  const bool cut_before = offset - begin > kAround;
  const bool cut_after = end - offset > kAround;
  if (cut_before) begin = offset - kAround;
  if (cut_after) end = offset + kAround;

  const std::string_view line = octets.substr(begin, end - begin);
  const std::string escaped = parser::escape_octets(line);
  // Whether an octet is escaped depends on the one after it, never on those before it.
  const std::size_t column = escaped.size() - parser::escape_octets(line.substr(offset - begin)).size();
  const std::string_view left = cut_before ? "..." : "";
  return {fmt::format("{}{}{}", left, escaped, cut_after ? "..." : ""), left.size() + column};
}

// As much of some octets as fits on a line.
std::string shortened(std::string_view octets) {
  constexpr std::size_t kShown = 60;
  return parser::escape_octets(octets.substr(0, kShown)) + (octets.size() > kShown ? "..." : "");
}

std::string_view in_words(Judgement judgement) {
  switch (judgement) {
    case Judgement::Accepted:
      return "valid";
    case Judgement::Deviates:
      return "valid as a text only";
    case Judgement::Refused:
      return "not valid";
    case Judgement::TooMuch:
      return "more than this parser takes";
  }
  return "";
}

void write_refusal(const parser::Explanation& refusal, std::string_view octets, Out out) {
  const parser::Error& error = refusal.error;
  fmt::format_to(out, "{}\n", parser::describe(error, octets));
  const Excerpt shown = excerpt(octets, error.offset);
  fmt::format_to(out, "  {}\n  {:>{}}\n", shown.line, "^", shown.column + 1);
  if (!refusal.path.empty()) {
    std::string path;
    for (const parser::Name rule : refusal.path) path += fmt::format("{}{}", path.empty() ? "" : " > ", rule.text());
    fmt::format_to(out, "  rules: {}\n", path);
  }
  // A limit is ours: no section has it.
  if (error.kind == parser::ErrorKind::LimitExceeded) return;
  if (refusal.reference != nullptr) {
    fmt::format_to(out, "  see: {} section {}\n", refusal.reference->rfc, refusal.reference->section);
  }
  if (const parser::Resolution* why = refusal.resolution; why != nullptr) {
    // Both sides: who reads the ABNF alone sees nothing wrong.
    fmt::format_to(out, "  resolution: {} ({}): the ABNF as written has it, {} does not: {}\n", why->id,
                   parser::severity_name(why->severity), why->clause, why->reason);
  }
}

void write_diagnosis(const parser::Diagnosis& diagnosis, Out out) {
  for (const parser::FoundQuirk& found : diagnosis.quirks) {
    fmt::format_to(out, "  quirk at offset {}: {}: {}{}{} ({})\n", found.offset, found.quirk->name, found.quirk->what,
                   found.quirk->seen.empty() ? "" : "; seen: ", found.quirk->seen, found.quirk->clause);
  }
  if (diagnosis.quirks.empty()) return;
  if (diagnosis.error) {
    fmt::format_to(out, "  without: {}\n", parser::describe(*diagnosis.error, diagnosis.octets));
  } else {
    fmt::format_to(out, "  without: valid\n");
  }
}

void write_tree(const ParsedUnit& unit, Out out) {
  for (const parser::TraceNode& node : unit.tree) {
    fmt::format_to(out, "{:{}}{} {}..{} {}\n", "", 2 + 2 * node.depth, node.rule.text(), node.begin, node.end,
                   shortened(std::string_view(unit.octets).substr(node.begin, node.end - node.begin)));
  }
}

}  // namespace

std::string parse_text(const std::vector<ParsedUnit>& units, bool tree) {
  std::string text;
  const Out out(text);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const ParsedUnit& unit = units[i];
    if (units.size() > 1) {
      fmt::format_to(out, "unit {} at octet {}: ", i + 1, unit.offset);
    }
    fmt::format_to(out, "{}\n", in_words(unit.judgement));
    if (unit.refusal) write_refusal(*unit.refusal, unit.octets, out);
    if (unit.diagnosis) write_diagnosis(*unit.diagnosis, out);
    if (tree) write_tree(unit, out);
  }
  return text;
}

}  // namespace imapspec::cli
