// The differential run: many sentences for each unit of each profile.
//
// RFC 9051 section 9, RFC 3501 section 9
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/coverage.h"
#include "parser/abnf/derivation_table.h"
#include "parser/abnf/mutator.h"
#include "tests/differential/comparison.h"
#include "tests/differential/profiles.h"

namespace imapspec::differential {

// Subject is one kind of unit in one profile.
struct Subject {
  std::string profile_name;
  parser::Profile profile;
  UnitKind kind = UnitKind::Command;
  std::shared_ptr<const abnf::Grammar> grammar;
  abnf::RuleId root = 0;
  std::shared_ptr<const abnf::Grammar> unresolved;
  abnf::RuleId unresolved_root = 0;
  std::shared_ptr<const abnf::DerivationTable> table;
};

// subjects_of reads the profiles that `profile` and `unit` name; an empty name is all of them.
// `widened` is a folder, see unresolved_grammar.
std::expected<std::vector<Subject>, std::string> subjects_of(const Manifest& manifest, std::string_view profile,
                                                             std::string_view unit, const std::string& widened);

Comparer comparer_of(const Subject& subject);

// The sources of sentences: the generator, its near misses, and each mutation.
inline constexpr std::size_t kGenerated = 0;
inline constexpr std::size_t kNearMiss = 1;
inline constexpr std::size_t kFirstMutation = 2;
inline constexpr std::size_t kSources = kFirstMutation + abnf::kMutations;
std::string_view source_name(std::size_t source);

struct Counts {
  std::size_t accepted = 0;
  std::size_t rejected = 0;
  std::size_t limits = 0;  // of the parser or the oracle, which say nothing about the grammar
  std::size_t differences = 0;

  [[nodiscard]] std::size_t all() const { return accepted + rejected + limits + differences; }
  Counts& operator+=(const Counts& other);
};

using Tally = std::array<Counts, kSources>;

// Finding is one difference, shrunk; `times` counts those of its subject that shrank to the same unit, and others of
// its kind.
struct Finding {
  std::size_t subject = 0;
  Difference difference = Difference::OnlyOracle;
  std::string octets;
  std::size_t times = 1;
};

struct RunOptions {
  std::size_t sentences = 1'000'000;
  std::uint64_t seed = 1;
  std::size_t jobs = 1;
};

struct RunResult {
  std::vector<Tally> tallies;             // by subject
  std::vector<abnf::Coverage> coverages;  // by subject
  std::vector<Finding> findings;
};

// run compares about `sentences` units, half of them near misses, the same ones for the same seed
// however many jobs there are.
RunResult run(const std::vector<Subject>& subjects, const RunOptions& options);

}  // namespace imapspec::differential
