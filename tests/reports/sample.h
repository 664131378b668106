// Results of runs that never were.
#pragma once

#include <string>
#include <string_view>

#include "runner/result/result.h"

namespace imapspec::reports {

// kHostile is what no format may be broken by: NUL, escape sequences, ends of CDATA sections, markup,
// quotes, octets that are not UTF-8, surrogates, noncharacters, bidirectional text, line feeds.
inline constexpr char kHostileOctets[] =
    "\0 \x1B[2J\x1B]0;t\x07 ]]> <script>alert(1)</script> \"'&amp; \xEF\xBF\xBE \xED\xA0\x80 \xC0\xAF \xFF "
    "\xC2\x9B\x31m \xE2\x80\xAE\x74\x78\x74 \xC3\xA9 \x7F\t\r\n0 failed, 0 error";
inline constexpr std::string_view kHostile(kHostileOctets, sizeof kHostileOctets - 1);  // NUL is its first octet

// hostile_run has every verdict, level and check, a finding that many scenarios met, a text
// of 100 KiB, and kHostile in every field of text.
runner::RunResult hostile_run();

// polite_run is what a run usually looks like: two profiles, a few failures.
runner::RunResult polite_run();

// long_run is polite_run with 20 KiB of kHostile in every field of text.
runner::RunResult long_run();

// for_each_text calls act(std::string&) with every field of text of a run.
template <class Act>
void for_each_text(runner::RunResult& run, Act act);

template <class Act>
void for_each_text(runner::Finding& finding, Act act) {
  for (std::string* text : {&finding.requirement, &finding.rfc, &finding.section, &finding.deviation, &finding.message,
                            &finding.where.file, &finding.sent, &finding.expected, &finding.actual}) {
    act(*text);
  }
  for (std::string& id : finding.scenarios) act(id);
  for (runner::TranscriptLine& line : finding.before) {
    act(line.text);
    act(line.connection);
  }
}

template <class Act>
void for_each_text(runner::RunResult& run, Act act) {
  act(run.tool_version);
  for (std::string* text : {&run.target.name, &run.target.host, &run.target.tls, &run.target.greeting}) act(*text);
  for (std::string& capability : run.target.capabilities) act(capability);
  for (runner::ScenarioResult& scenario : run.scenarios) {
    for (std::string* text : {&scenario.id, &scenario.title, &scenario.profile, &scenario.reason, &scenario.section,
                              &scenario.where.file, &scenario.reproduce}) {
      act(*text);
    }
    for (std::string& requirement : scenario.requirements) act(requirement);
    for (runner::Finding& finding : scenario.findings) for_each_text(finding, act);
    for (runner::TranscriptLine& line : scenario.transcript) act(line.text);
  }
  for (runner::Finding& finding : run.findings) for_each_text(finding, act);
}

}  // namespace imapspec::reports
