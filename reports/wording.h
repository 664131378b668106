// How results are called in reports for people: one wording for all formats.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "runner/result/result.h"

namespace imapspec::reports {

// kVerdicts are all verdicts, in the order in which reports show them.
inline constexpr std::array<runner::Verdict, 10> kVerdicts = {
    runner::Verdict::Pass,          runner::Verdict::Fail,     runner::Verdict::XPass, runner::Verdict::Error,
    runner::Verdict::Warn,          runner::Verdict::Weakness, runner::Verdict::Info,  runner::Verdict::Skip,
    runner::Verdict::Unimplemented, runner::Verdict::XFail};

// count_word follows a number of scenarios: "43 passed", "2 failed", "1 warn".
std::string_view count_word(runner::Verdict verdict);

// verdict_meaning is a sentence for the legend.
std::string_view verdict_meaning(runner::Verdict verdict);

// needs_attention: fail, xpass and error are shown in full at the end; all else is compact.
bool needs_attention(runner::Verdict verdict);

// level_word is the level as the RFC writes it: "MUST", or "plain statement".
std::string_view level_word(runner::Level level);

// clause_text names the clause: "RFC 9051 section 6.2.3, MUST".
std::string clause_text(const runner::Finding& finding);

// where_text is "file:line:column", without what is unknown.
std::string where_text(const runner::Where& where);

// speaker_mark is "C:", "S:" or "--", with the connection's name where a scenario has several: "C second:".
std::string speaker_mark(const runner::TranscriptLine& line);

// line_text is a line of a transcript: "C: 0.014 a1 NOOP".
std::string line_text(const runner::TranscriptLine& line);

// folder_of and name_of are the parts of a scenario's id before and after its last slash.
std::string_view folder_of(std::string_view id);
std::string_view name_of(std::string_view id);

// has_several_profiles: the id of a scenario alone does not say which run of it is meant.
bool has_several_profiles(const runner::RunResult& run);

// labelled is id, with " [rev1]" behind it when the run has several profiles.
std::string labelled(std::string_view id, std::string_view profile, bool several_profiles);

// seconds_text is a number with three digits after the point: "0.014".
std::string seconds_text(std::chrono::microseconds duration);

// rfc3339_utc is "2026-01-31T12:00:00.250Z" (RFC 3339 section 5.6).
std::string rfc3339_utc(std::chrono::system_clock::time_point time);

}  // namespace imapspec::reports
