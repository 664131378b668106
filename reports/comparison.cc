#include "reports/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <vector>

#include "reports/escape.h"
#include "reports/wording.h"

namespace imapspec::reports {
namespace {

using runner::Verdict;

// A table: the first row is its head, the first column the names of its rows.
using Row = std::vector<std::string>;
using Table = std::vector<Row>;

std::string written(const Table& table, Form form) {
  std::vector<std::size_t> widths(table.front().size(), 0);
  for (const Row& row : table) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (std::size_t line = 0; line < table.size(); ++line) {
    std::string written;
    for (std::size_t i = 0; i < table[line].size(); ++i) {
      const std::string& cell = table[line][i];
      if (form == Form::Markdown) {
        written += (i == 0 ? "| " : " | ") + markdown_text(cell);
      } else {
        written += (i == 0 ? "" : "  ") + cell + std::string(widths[i] - cell.size(), ' ');
      }
    }
    if (form == Form::Markdown) {
      text += written + " |\n";
      if (line == 0) {
        for (std::size_t i = 0; i < table[line].size(); ++i) text += i == 0 ? "| ---" : " | ---";
        text += " |\n";
      }
    } else {
      text += written.substr(0, written.find_last_not_of(' ') + 1) + '\n';
    }
  }
  return text;
}

Row head(std::string first, std::span<const runner::RunResult> runs) {
  Row row{std::move(first)};
  for (const runner::RunResult& run : runs) row.push_back(shortened(terminal_text(run.target.name), 40));
  return row;
}

bool ran(Verdict verdict) {
  return verdict != Verdict::Skip && verdict != Verdict::Unimplemented && verdict != Verdict::Error;
}

Table verdicts(std::span<const runner::RunResult> runs) {
  Table table{head("scenarios", runs)};
  for (const Verdict verdict : kVerdicts) {
    Row row{std::string(runner::verdict_name(verdict))};
    bool any = false;
    for (const runner::RunResult& run : runs) {
      const std::size_t count = runner::count_verdicts(run).at(verdict);
      any = any || count > 0;
      row.push_back(fmt::format("{}", count));
    }
    if (any) table.push_back(std::move(row));
  }
  return table;
}

Table groups(std::span<const runner::RunResult> runs) {
  struct Count {
    std::size_t ran = 0;
    std::size_t passed = 0;
  };
  std::map<std::string, std::vector<Count>> counts;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const runner::ScenarioResult& scenario : runs[i].scenarios) {
      auto& row = counts[terminal_text(folder_of(scenario.id))];
      row.resize(runs.size());
      if (!ran(scenario.verdict)) continue;
      ++row[i].ran;
      if (scenario.verdict == Verdict::Pass || scenario.verdict == Verdict::Info) ++row[i].passed;
    }
  }
  Table table{head("group, passed of those that ran", runs)};
  for (const auto& [name, row] : counts) {
    Row cells{name};
    for (const Count& count : row) {
      cells.push_back(count.ran == 0 ? "-" : fmt::format("{}/{}", count.passed, count.ran));
    }
    table.push_back(std::move(cells));
  }
  return table;
}

// asked says whether a scenario of the run was about the requirement, or what every session is watched for.
bool asked(const runner::RunResult& run, const std::string& requirement, runner::Check check) {
  if (check != runner::Check::Step) return true;
  return std::ranges::any_of(run.scenarios, [&](const runner::ScenarioResult& scenario) {
    return ran(scenario.verdict) &&
           std::ranges::find(scenario.requirements, requirement) != scenario.requirements.end();
  });
}

Table requirements(std::span<const runner::RunResult> runs) {
  struct Met {
    runner::Check check = runner::Check::Step;
    std::string where;
    std::vector<Verdict> worst;
  };
  std::map<std::string, Met> met;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const runner::Finding& finding : runs[i].findings) {
      if (finding.verdict <= Verdict::Unimplemented) continue;
      Met& row = met[finding.requirement];
      row.check = finding.check;
      if (!finding.rfc.empty()) row.where = fmt::format(" (RFC {} {})", finding.rfc, level_word(finding.level));
      row.worst.resize(runs.size(), Verdict::Pass);
      row.worst[i] = std::max(row.worst[i], finding.verdict);
    }
  }
  Table table{head("requirement", runs)};
  for (auto& [requirement, row] : met) {
    row.worst.resize(runs.size(), Verdict::Pass);
    Row cells{terminal_text(requirement + row.where)};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const bool clean = row.worst[i] == Verdict::Pass;
      cells.emplace_back(clean ? (asked(runs[i], requirement, row.check) ? "pass" : "-")
                               : std::string(runner::verdict_name(row.worst[i])));
    }
    table.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

std::string comparison_report(std::span<const runner::RunResult> runs, Form form) {
  return written(verdicts(runs), form) + '\n' + written(groups(runs), form) + '\n' + written(requirements(runs), form);
}

}  // namespace imapspec::reports
