// YAML files to scenarios and to the ledger of requirements. The only user of yaml-cpp.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// LoadError is a file that cannot be used, with the place and what was expected there.
struct LoadError {
  Where where;
  std::string message;
};

// to_string writes "file:line:column: message".
std::string to_string(const LoadError& error);

// Suite is a folder of scenarios: *.yaml below it, except the folders `messages` (fixtures) and
// `ledger` (requirements).
struct Suite {
  std::filesystem::path folder;
  std::vector<Scenario> scenarios;        // in order of id
  std::vector<Requirement> requirements;  // in order of the ledger files' names, then of rows
};

// load_suite reads a folder. All errors are collected, so that one run shows them all.
std::expected<Suite, std::vector<LoadError>> load_suite(const std::filesystem::path& folder);

// parse_scenario reads one scenario from text. `messages` is the folder of fixtures.
std::expected<Scenario, std::vector<LoadError>> parse_scenario(std::string_view yaml, std::string id,
                                                               std::string file,
                                                               const std::filesystem::path& messages);

// parse_ledger reads the rows of one ledger file.
std::expected<std::vector<Requirement>, std::vector<LoadError>> parse_ledger(std::string_view yaml, std::string file);

// BaselineEntry names findings that are known on a target: xfail where they appear, xpass where
// they do not.
struct BaselineEntry {
  std::string requirement;
  std::string deviation;
  std::vector<std::string> scenarios;  // globs with "*"; empty means any
  std::string clause;   // the RFC's words
  std::string reason;   // why the server does it, or what is known
  Verdict verdict = Verdict::Fail;
  Where where;
};
std::expected<std::vector<BaselineEntry>, std::vector<LoadError>> load_baseline(const std::filesystem::path& file);

// TargetConfig is targets/NAME/target.yaml: how to start and reach a known server.
struct TargetConfig {
  std::string name;
  std::string start;   // a script beside the file, run with the state folder as its argument; it
                       // prints a line "READY imap=HOST:PORT imaps=HOST:PORT ca=FILE"
  std::string stop;    // a script that ends it, same argument
  std::string plaintext_login = "unknown";  // "refused", "allowed", "unknown"
  std::string user, password, user2, password2;
  std::string mailbox_prefix;  // in front of scratch mailbox names
  std::size_t jobs = 0;        // at most so many connections at once; 0: as many as asked
  std::filesystem::path folder;
};
std::expected<TargetConfig, std::vector<LoadError>> load_target(const std::filesystem::path& file);

}  // namespace imapspec::runner
