#include "reports/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/escape.h"
#include "reports/meeting.h"
#include "reports/wording.h"

namespace imapspec::reports {
namespace {

using runner::Check;
using runner::Finding;
using runner::RunResult;
using runner::ScenarioResult;
using runner::TranscriptLine;
using runner::Verdict;

constexpr std::size_t kTranscriptLines = 10;
constexpr std::size_t kFieldLines = 12;
constexpr std::size_t kMessageLines = 6;
constexpr std::size_t kNamedScenarios = 3;
constexpr std::string_view kIndent = "      ";
constexpr std::string_view kColumnGap = " | ";

class Writer {
 public:
  Writer(const RunResult& run, const TerminalStyle& style)
      : run_(run), style_(style), several_profiles_(has_several_profiles(run)) {}

  std::string report() {
    failures();
    protocol();
    compact();
    skips();
    summary();
    return std::move(out_);
  }

 private:
  std::size_t room() const { return width_of(style_) - kIndent.size(); }

  void line(std::string_view shown) {
    out_ += shown;
    out_ += '\n';
  }

  void indented(std::string_view shown) {
    out_ += kIndent;
    line(shown);
  }

  void heading(std::string_view text) {
    if (!out_.empty()) out_ += '\n';
    line(emphasized(style_, text));
  }

  // The first line of an item: its verdict, and what it is about.
  void item(Verdict verdict, std::string_view octets) {
    const std::string name(runner::verdict_name(verdict));
    const std::size_t used = std::max(name.size() + 1, kIndent.size());
    out_ += '\n';
    line(painted(style_, verdict, padded(name, used - 1)) + " " + fitted(octets, width_of(style_) - used));
  }

  void paragraph(std::string_view octets, std::size_t max_lines) {
    if (octets.empty()) return;
    for (const std::string& text : wrapped(octets, room(), max_lines, Break::AtSpaces)) indented(text);
  }

  void field(std::string_view name, std::string_view octets) {
    if (octets.empty()) return;
    indented(emphasized(style_, name));
    for (const std::string& text : wrapped(octets, room() - 2, kFieldLines)) indented("  " + text);
  }

  void expected_and_actual(const Finding& finding) {
    if (finding.expected.empty() || finding.actual.empty()) {
      field("expected", finding.expected);
      field("actual", finding.actual);
      return;
    }
    const std::size_t column = (room() - kColumnGap.size()) / 2;
    if (!fits(finding.expected, column) || !fits(finding.actual, column)) {
      field("expected", finding.expected);
      field("actual", finding.actual);
      return;
    }
    const auto left = wrapped(finding.expected, column, kFieldLines);
    const auto right = wrapped(finding.actual, column, kFieldLines);
    indented(emphasized(style_, padded("expected", column)) + std::string(kColumnGap) + emphasized(style_, "actual"));
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
      const std::string first = padded(i < left.size() ? left[i] : std::string(), column);
      const std::string second = i < right.size() ? right[i] : std::string();
      indented(first + std::string(second.empty() ? std::string_view(" |") : kColumnGap) + second);
    }
  }

  static bool fits(std::string_view octets, std::size_t column) {
    const auto lines = static_cast<std::size_t>(std::count(octets.begin(), octets.end(), '\n')) + 1;
    return lines <= kFieldLines && wrapped(octets, column, kFieldLines + 1).size() == lines;
  }

  void details(const Finding& finding) {
    paragraph(fmt::format("{}, {}", finding.requirement, clause_text(finding)), kMessageLines);
    if (!finding.where.file.empty()) paragraph("at " + where_text(finding.where), kMessageLines);
    paragraph(finding.message.empty() ? finding.deviation : finding.message, kMessageLines);
    if (!finding.before.empty()) indented(emphasized(style_, "before"));
    units(finding.before);
    field("sent", finding.sent);
    expected_and_actual(finding);
  }

  // What is compact has no transcript either: where it was, and the first line of both sides.
  void evidence(const Finding& finding) {
    if (finding.check == Check::Step || finding.sent.empty()) return;
    if (!finding.where.file.empty()) paragraph("at " + where_text(finding.where), 1);
    units(finding.before);
    const auto first_line = [&](std::string_view mark, std::string_view octets) {
      if (!octets.empty())
        indented(fitted(fmt::format("  {:<8} {}", mark, octets.substr(0, octets.find('\n'))), room()));
    };
    first_line("sent", finding.sent);
    first_line("actual", finding.actual);
  }

  void transcript(const ScenarioResult& scenario) {
    const std::size_t size = scenario.transcript.size();
    if (size == 0) return;
    const std::size_t shown = std::min(size, kTranscriptLines);
    indented(emphasized(style_, shown == size ? fmt::format("transcript, {} lines", size)
                                              : fmt::format("transcript, last {} of {} lines", shown, size)));
    units(std::span(scenario.transcript).last(shown));
  }

  void units(std::span<const TranscriptLine> lines) {
    for (const TranscriptLine& unit : lines) {
      const std::string start =
          "  " + fitted(speaker_mark(unit), room() / 3) + fmt::format(" {:>7} ", seconds_text(unit.at));
      indented(start + fitted(unit.text, room() - columns(start)));
    }
  }

  // Not wrapped: it is there to be copied.
  void reproduce(std::string_view command) {
    if (command.empty()) return;
    indented(emphasized(style_, "reproduce"));
    indented("  " + terminal_text(command));
  }

  void failures() {
    bool first = true;
    for (const ScenarioResult& scenario : run_.scenarios) {
      if (!needs_attention(scenario.verdict)) continue;
      if (std::exchange(first, false)) heading("Failures");
      failure(scenario);
    }
  }

  void failure(const ScenarioResult& scenario) {
    item(scenario.verdict, labelled(scenario.id, scenario.profile, several_profiles_));
    paragraph(scenario.title, kMessageLines);
    paragraph(scenario.reason, kMessageLines);
    bool shown = false;
    for (const Finding& finding : scenario.findings) {
      if (finding.check != Check::Step || !needs_attention(finding.verdict)) continue;
      if (std::exchange(shown, true)) out_ += '\n';
      details(finding);
    }
    if (!shown) {
      for (const std::string& requirement : scenario.requirements) paragraph(requirement, kMessageLines);
      if (!scenario.where.file.empty()) paragraph("at " + where_text(scenario.where), kMessageLines);
    }
    transcript(scenario);
    reproduce(scenario.reproduce);
  }

  void protocol() {
    const Meetings meetings(run_);
    bool first = true;
    for (const Finding& finding : run_.findings) {
      if (finding.check == Check::Step || !needs_attention(finding.verdict)) continue;
      if (std::exchange(first, false)) heading("Protocol: found by the monitor and the grammar, each once");
      item(finding.verdict, finding.deviation);
      details(finding);
      met_by(finding);
      if (finding.scenarios.empty()) continue;
      const auto place = meetings.place(finding, finding.scenarios.front());
      if (place) reproduce(run_.scenarios[*place].reproduce);
    }
  }

  void met_by(const Finding& finding) {
    const std::size_t size = finding.scenarios.size();
    if (size == 0) return;
    paragraph(fmt::format("met by {} {}: {}", size, size == 1 ? "scenario" : "scenarios", first_few(finding.scenarios)),
              kMessageLines);
  }

  static std::string first_few(const std::vector<std::string>& ids) {
    std::string text;
    for (std::size_t i = 0; i < std::min(ids.size(), kNamedScenarios); ++i) {
      if (!text.empty()) text += ", ";
      text += ids[i];
    }
    if (ids.size() > kNamedScenarios) text += fmt::format(", and {} more", ids.size() - kNamedScenarios);
    return text;
  }

  void compact() {
    bool first = true;
    for (const Verdict verdict : {Verdict::Warn, Verdict::Weakness}) {
      for (const Finding& finding : run_.findings) {
        if (finding.verdict != verdict) continue;
        if (std::exchange(first, false)) heading("Warnings and weaknesses");
        item(verdict, fmt::format("{}, {}", finding.requirement, clause_text(finding)));
        paragraph(finding.message.empty() ? finding.deviation : finding.message, 2);
        evidence(finding);
        met_by(finding);
      }
    }
  }

  void skips() {
    std::vector<std::pair<std::pair<Verdict, std::string>, std::vector<std::string>>> groups;
    for (const ScenarioResult& scenario : run_.scenarios) {
      if (scenario.verdict != Verdict::Skip && scenario.verdict != Verdict::Unimplemented) continue;
      const std::pair key(scenario.verdict, scenario.reason);
      auto group = std::find_if(groups.begin(), groups.end(), [&key](const auto& known) { return known.first == key; });
      if (group == groups.end()) group = groups.insert(groups.end(), {key, {}});
      group->second.push_back(labelled(scenario.id, scenario.profile, several_profiles_));
    }
    if (groups.empty()) return;
    heading("Not run");
    for (const auto& [key, ids] : groups) {
      const auto& [verdict, reason] = key;
      item(verdict, fmt::format("{}: {}", ids.size(), reason.empty() ? "no reason given" : reason));
      paragraph(first_few(ids), 2);
    }
  }

  std::string counted(const std::map<Verdict, std::size_t>& counts) const {
    std::string text;
    for (const Verdict verdict : kVerdicts) {
      const std::size_t count = counts.at(verdict);
      const bool always = verdict == Verdict::Pass || verdict == Verdict::Fail;
      // Errors have a line of their own: they say nothing about the server.
      if (verdict == Verdict::Error || (count == 0 && !always)) continue;
      if (!text.empty()) text += ", ";
      const std::string part = fmt::format("{} {}", count, count_word(verdict));
      text += count == 0 ? part : painted(style_, verdict, part);
    }
    return text;
  }

  void summary() {
    if (!out_.empty()) out_ += '\n';
    const auto& target = run_.target;
    line(fitted(fmt::format("target: {} at {}, tls {}{}", target.name, target.host, target.tls,
                            target.insecure ? ", certificates not verified" : ""),
                width_of(style_)));
    if (run_.interrupted_by) {
      line(painted(style_, Verdict::Error,
                   fmt::format("interrupted by signal {}: not all scenarios ran", *run_.interrupted_by)));
    }
    if (run_.scenarios.empty()) line("no scenario ran");
    protocol_counts();
    const auto counts = runner::count_verdicts(run_);
    const auto tenths = (run_.duration.count() + 50'000) / 100'000;
    line(fmt::format("{} in {}.{} s", counted(counts), tenths / 10, tenths % 10));
    const std::size_t errors = counts.at(Verdict::Error);
    const std::string error_line = fmt::format("{} error", errors);
    line(errors == 0 ? error_line : painted(style_, Verdict::Error, error_line));
  }

  // These decide the exit code as well, so they are counted next to the scenarios.
  void protocol_counts() {
    std::string text;
    for (const Verdict verdict : kVerdicts) {
      const auto count = std::count_if(run_.findings.begin(), run_.findings.end(), [verdict](const Finding& finding) {
        return finding.check != Check::Step && finding.verdict == verdict;
      });
      if (count == 0) continue;
      if (!text.empty()) text += ", ";
      text += painted(style_, verdict, fmt::format("{} {}", count, runner::verdict_name(verdict)));
    }
    if (!text.empty()) line("protocol findings: " + text);
  }

  const RunResult& run_;
  const TerminalStyle& style_;
  bool several_profiles_;
  std::string out_;
};

}  // namespace

std::string console_report(const RunResult& run, const TerminalStyle& style) { return Writer(run, style).report(); }

}  // namespace imapspec::reports
