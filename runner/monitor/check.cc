#include "runner/monitor/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runner/monitor/connection_checks.h"
#include "runner/monitor/mailbox_checks.h"
#include "runner/monitor/message_checks.h"
#include "runner/monitor/search_checks.h"

namespace imapspec::runner {
namespace {

constexpr std::size_t kChecks = static_cast<std::size_t>(CheckId::kCount);

constexpr std::array<MonitorCheck, kChecks> joined() {
  static_assert(kConnectionChecks.size() + kMailboxChecks.size() + kMessageChecks.size() + kSearchChecks.size() ==
                kChecks);
  std::array<MonitorCheck, kChecks> all{};
  auto* end = std::ranges::copy(kConnectionChecks, all.begin()).out;
  end = std::ranges::copy(kMailboxChecks, end).out;
  end = std::ranges::copy(kMessageChecks, end).out;
  std::ranges::copy(kSearchChecks, end);
  return all;
}

constexpr std::array<MonitorCheck, kChecks> kTable = joined();

constexpr bool in_order() {
  for (std::size_t i = 0; i < kChecks; ++i) {
    if (static_cast<std::size_t>(kTable[i].id) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the table is in the order of CheckId");

std::string told(const Citation& citation) {
  if (citation.empty()) return "only IMAP4rev2";
  return fmt::format("RFC {} section {}", citation.rfc, citation.section);
}

}  // namespace

std::span<const MonitorCheck> monitor_checks() { return kTable; }

const MonitorCheck& monitor_check(CheckId id) { return kTable.at(static_cast<std::size_t>(id)); }

std::string_view check_finder(CheckId id) {
  const bool reads = id == CheckId::FormalSyntax || id == CheckId::KnownCodeArguments || id == CheckId::CodeBeforeText;
  return reads ? "grammar" : "monitor";
}

std::span<const Requirement> monitor_requirements() {
  static const std::vector<Requirement> rows = [] {
    std::vector<Requirement> own;
    for (const MonitorCheck& check : kTable) {
      if (!check.own_row) continue;
      own.push_back({.id = std::string(check.requirement),
                     .rfc = std::string(check.cited.rfc),
                     .section = std::string(check.cited.section),
                     .level = check.level,
                     .side = "server",
                     .text = std::string(check.text),
                     .tests = {std::string(check_finder(check.id))},
                     .reason = {}});
    }
    return own;
  }();
  return rows;
}

void credit_monitor(std::vector<Requirement>& ledger) {
  for (const MonitorCheck& check : kTable) {
    if (check.own_row) continue;
    const auto row = std::ranges::find(ledger, check.requirement, &Requirement::id);
    if (row == ledger.end()) continue;
    const std::string_view finder = check_finder(check.id);
    if (std::ranges::find(row->tests, finder) == row->tests.end()) row->tests.emplace_back(finder);
  }
}

std::string document_checks() {
  std::string page =
      "# What the monitor checks\n\n"
      "In every session, whatever a scenario is about. This page is what `imapspec list checks --markdown` prints; "
      "the\n"
      "table stands in `runner/monitor/*_checks.h`. A check is silent where it cannot know. On a connection that "
      "speaks\n"
      "IMAP4rev1 it cites what is named there, and one that only IMAP4rev2 has is not made.\n\n"
      "| check | what holds | cites | on IMAP4rev1 | level | finding | has to know |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const MonitorCheck& check : kTable) {
    page += fmt::format("| `{}` | {} | {}, `{}` | {} | {} | {}{} | {} |\n", check.name, check.text, told(check.cited),
                        check.requirement, told(check.rev1), level_name(check.level), verdict_name(check.verdict),
                        check.note.empty() ? std::string() : fmt::format(": {}", check.note), check.needs);
  }
  return page;
}

}  // namespace imapspec::runner
