#include "reports/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace imapspec::reports {

using runner::Level;
using runner::TranscriptLine;
using runner::Verdict;

std::string_view count_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return "passed";
    case Verdict::Fail:
      return "failed";
    case Verdict::Skip:
      return "skipped";
    default:
      return runner::verdict_name(verdict);
  }
}

std::string_view verdict_meaning(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return "The server did what the requirement says.";
    case Verdict::Info:
      return "What the server chose where the RFC leaves it open; neither right nor wrong.";
    case Verdict::Skip:
      return "Not run; the reason says why.";
    case Verdict::Unimplemented:
      return "The server does not advertise the feature, so there is nothing to test.";
    case Verdict::XFail:
      return "It does not hold, and the baseline says so.";
    case Verdict::Weakness:
      return "Hardening that no RFC demands is missing.";
    case Verdict::Warn:
      return "A SHOULD of the RFC does not hold.";
    case Verdict::Error:
      return "The harness or the network failed; never counted against the server.";
    case Verdict::XPass:
      return "The baseline says that it does not hold, and it does: the baseline is out of date.";
    case Verdict::Fail:
      return "A MUST, or a plain statement of the RFC, does not hold.";
  }
  return {};
}

bool needs_attention(Verdict verdict) {
  return verdict == Verdict::Fail || verdict == Verdict::XPass || verdict == Verdict::Error;
}

std::string_view level_word(Level level) {
  switch (level) {
    case Level::Must:
      return "MUST";
    case Level::Should:
      return "SHOULD";
    case Level::May:
      return "MAY";
    case Level::Statement:
      return "plain statement";
    case Level::Hardening:
      return "hardening";
  }
  return {};
}

std::string clause_text(const runner::Finding& finding) {
  std::string text;
  if (!finding.rfc.empty()) text += "RFC " + finding.rfc;
  if (!finding.section.empty()) text += (text.empty() ? "section " : " section ") + finding.section;
  if (!text.empty()) text += ", ";
  text += level_word(finding.level);
  return text;
}

std::string where_text(const runner::Where& where) {
  if (where.line == 0) return where.file;
  if (where.column == 0) return fmt::format("{}:{}", where.file, where.line);
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

std::string speaker_mark(const TranscriptLine& line) {
  if (line.direction == TranscriptLine::Direction::Note) {
    return line.connection.empty() ? "--" : "-- " + line.connection;
  }
  const std::string letter = line.direction == TranscriptLine::Direction::Client ? "C" : "S";
  return (line.connection.empty() ? letter : letter + ' ' + line.connection) + ':';
}

std::string line_text(const TranscriptLine& line) {
  return fmt::format("{} {} {}", speaker_mark(line), seconds_text(line.at), line.text);
}

std::string_view folder_of(std::string_view id) {
  const std::size_t slash = id.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : id.substr(0, slash);
}

std::string_view name_of(std::string_view id) {
  const std::size_t slash = id.rfind('/');
  return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

bool has_several_profiles(const runner::RunResult& run) {
  return std::any_of(run.scenarios.begin(), run.scenarios.end(), [&run](const runner::ScenarioResult& scenario) {
    return scenario.profile != run.scenarios.front().profile;
  });
}

std::string labelled(std::string_view id, std::string_view profile, bool several_profiles) {
  if (!several_profiles || profile.empty()) return std::string(id);
  return fmt::format("{} [{}]", id, profile);
}

std::string seconds_text(std::chrono::microseconds duration) {
  const auto milliseconds = std::max<std::int64_t>(0, std::chrono::round<std::chrono::milliseconds>(duration).count());
  return fmt::format("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
}

std::string rfc3339_utc(std::chrono::system_clock::time_point time) {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time);
  const auto days = std::chrono::floor<std::chrono::days>(milliseconds);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(milliseconds - days);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

}  // namespace imapspec::reports
