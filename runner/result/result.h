// What a run found out: plain data, the contract between the runner and the reports.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::runner {

// Verdict, from best to worst: the worst of a scenario's own findings is its verdict.
enum class Verdict : std::uint8_t {
  Pass,
  Info,           // what the server chose where the RFC leaves it open
  Skip,           // not run; the reason is in the message
  Unimplemented,  // not advertised, not there
  XFail,          // found, and the baseline says so
  Weakness,       // hardening that no RFC demands
  Warn,           // a SHOULD that does not hold
  Error,          // the harness or the network; never counted against the server
  XPass,          // the baseline says it would be found, and it was not
  Fail,           // a MUST, or a plain statement, that does not hold
};

// Level is the strength of a requirement.
enum class Level : std::uint8_t { Must, Should, May, Statement, Hardening };

// verdict_name and level_name are the lower-case words of reports and of the ledger.
std::string_view verdict_name(Verdict verdict);
std::string_view level_name(Level level);
std::optional<Verdict> verdict_named(std::string_view name);
std::optional<Level> level_named(std::string_view name);

// verdict_for is what a requirement of this level becomes when it does not hold.
Verdict verdict_for(Level level);

// Requirement is a row of the ledger.
struct Requirement {
  std::string id;       // made of words, stable: "6.3.2/uidvalidity-is-sent"
  std::string rfc;      // "9051"
  std::string section;  // "6.3.2"
  Level level = Level::Must;
  std::string side;                // "server" or "client"
  std::string text;                // one line, a paraphrase
  std::vector<std::string> tests;  // scenario ids, and "monitor" or "grammar"
  std::string reason;              // why nothing tests it, where nothing does
  friend bool operator==(const Requirement&, const Requirement&) = default;
};

// Where is a place in a file: 1-based line and column, 0 when unknown.
struct Where {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  friend bool operator==(const Where&, const Where&) = default;
};

// Check is who found it.
enum class Check : std::uint8_t { Step, Monitor, Grammar };
std::string_view check_name(Check check);

// TranscriptLine is one unit that was sent or received, or a note of the runner.
struct TranscriptLine {
  enum class Direction : std::uint8_t { Client, Server, Note };
  Direction direction = Direction::Note;
  std::chrono::microseconds at{};  // since the scenario began
  std::string text;                // escaped, without its CRLF, secrets replaced
  std::string connection = {};     // its name, where the scenario has several
  friend bool operator==(const TranscriptLine&, const TranscriptLine&) = default;
};

// Finding is one deviation, or one thing worth telling, from one requirement. Findings of the
// monitor and the grammar are counted once per (requirement, deviation) for the run.
struct Finding {
  std::string requirement;
  std::string rfc;
  std::string section;
  Level level = Level::Must;
  Verdict verdict = Verdict::Fail;
  Check check = Check::Step;
  std::string deviation;               // short and stable, without values of one run
  std::vector<std::string> scenarios;  // ids of those that met it
  std::string message;                 // a sentence, with the values of the first time
  // The first time it was met. All octets are escaped and without secrets.
  Where where;
  std::string sent;
  std::string expected;
  std::string actual;
  std::vector<TranscriptLine> before;  // of the monitor and the grammar: the last lines before `actual`
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct ScenarioResult {
  std::string id;
  std::string title;
  std::string profile;  // "rev1", "rev2" or "rev1+rev2": what it ran under
  Verdict verdict = Verdict::Pass;
  std::string reason;            // of a skip, unimplemented or error
  std::optional<Verdict> ended;  // one of those, where its last step was not reached; a finding may be worse
  std::vector<std::string> requirements;
  std::string section;  // of the first requirement
  Where where;
  std::chrono::microseconds duration{};
  std::vector<Finding> findings;  // its own, and those of monitor and grammar that it met
  std::vector<TranscriptLine> transcript;
  std::string reproduce;       // the command that runs it alone
  std::size_t repetition = 0;  // from 1, where the run has several
  friend bool operator==(const ScenarioResult&, const ScenarioResult&) = default;
};

struct TargetFacts {
  std::string name;  // "bundled", "dovecot", "127.0.0.1:1143"
  std::string host;
  std::string tls;                        // "none", "starttls" or "implicit"
  std::string greeting;                   // escaped
  std::vector<std::string> capabilities;  // after login
  bool insecure = false;                  // certificates were not verified
  friend bool operator==(const TargetFacts&, const TargetFacts&) = default;
};

// BaselineUse is what became of one entry of the run's baseline.
struct BaselineUse {
  std::string requirement;
  std::string deviation;
  Where where;
  std::string expired;    // the day until which it was good, where that is over
  bool met = false;       // the finding was there, or need not be
  std::string scenario;   // the first that met it, or else that ran and that it is about; empty where none did
  bool anywhere = false;  // any session may meet it, and nothing that tests it was left out: a whole run decides it
  friend bool operator==(const BaselineUse&, const BaselineUse&) = default;
};

// Shard is one of `count` parts of a run: the scenario at place k of the selection belongs to part k modulo count, plus
// one. All is {1, 1}.
struct Shard {
  std::size_t index = 1;
  std::size_t count = 1;
  friend bool operator==(const Shard&, const Shard&) = default;
};

// FailOn is which verdicts make a run bad, besides Fail and XPass.
struct FailOn {
  bool warn = false;
  bool weakness = false;
  friend bool operator==(const FailOn&, const FailOn&) = default;
};

struct RunResult {
  std::string tool_version;
  TargetFacts target;
  std::chrono::system_clock::time_point started;
  std::chrono::microseconds duration{};
  std::vector<ScenarioResult> scenarios;  // in order of id, then profile
  std::vector<Finding> findings;          // merged over the run: see merge_findings
  std::optional<int> interrupted_by;      // a signal's number
  std::vector<BaselineUse> baseline;      // in the order of its file
  FailOn fail_on;
  Shard shard;
  bool whole = false;        // all of the suite ran to its end, in all revisions: what was not met is not there
  std::size_t selected = 0;  // scenarios of all shards together
  friend bool operator==(const RunResult&, const RunResult&) = default;
};

// merge_findings fills RunResult::findings from the scenarios: equal (requirement, deviation,
// check, verdict) become one finding with all scenario ids, in order of first meeting.
void merge_findings(RunResult& run);

// count_verdicts counts scenarios per verdict; every verdict has an entry.
std::map<Verdict, std::size_t> count_verdicts(const RunResult& run);

}  // namespace imapspec::runner
