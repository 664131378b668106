// imapspec_abnf_differential: the hand-written parser against the grammar itself.
//
// For each profile and each kind of unit it generates sentences and near misses of the grammar in parser/spec,
// and holds what the parser says against what the recogniser says. It exits with 1 when they differ.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "parser/abnf/overlap.h"
#include "parser/abnf/recogniser.h"
#include "parser/grammar/parse.h"
#include "tests/differential/coverage.h"
#include "tests/differential/run.h"

namespace {

using namespace imapspec;
using namespace imapspec::differential;

constexpr const char* kCounted = IMAPSPEC_SOURCE_DIR "/tests/differential/counted/";
constexpr std::size_t kOverlapSentences = 100;  // for each alternative

// The octets of a file, or of an argument; nullopt where an escape is none.
std::optional<std::string> octets_of(const std::string& argument) {
  std::ifstream file(argument, std::ios::binary);
  if (!file) return parser::unescape_octets(argument);
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

void print_row(std::string_view name, const Counts& counts) {
  fmt::print("{:>10}{:>10}{:>10}{:>8}{:>8}  {}\n", counts.all(), counts.accepted, counts.rejected, counts.limits,
             counts.differences, name);
}

Counts print_tables(const std::vector<Subject>& subjects, const RunResult& result) {
  fmt::print("{:>10}{:>10}{:>10}{:>8}{:>8}  {}\n", "sentences", "accepted", "rejected", "limits", "differ",
             "profile, unit");
  std::map<std::size_t, Counts> by_source;
  Counts all;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    Counts counts;
    for (std::size_t source = 0; source < kSources; ++source) {
      counts += result.tallies[i][source];
      by_source[source] += result.tallies[i][source];
    }
    print_row(fmt::format("{}, {}", subjects[i].profile_name, parser::test::unit_kind_name(subjects[i].kind)), counts);
    all += counts;
  }
  fmt::print("\n");
  for (const auto& [source, counts] : by_source) print_row(source_name(source), counts);
  print_row("all", all);
  return all;
}

// Findings with the same complaint have the same cause, mostly: of each such group some are shown, the shortest first.
constexpr std::size_t kShown = 3;

void print_group(const std::vector<Subject>& subjects, std::vector<const Finding*>& findings) {
  std::ranges::sort(findings, {},
                    [](const Finding* finding) { return std::pair(finding->octets.size(), finding->octets); });
  std::size_t times = 0;
  std::set<std::string_view> profiles;
  for (const Finding* finding : findings) {
    times += finding->times;
    profiles.insert(subjects[finding->subject].profile_name);
  }
  fmt::print("\n{}, {} times in {} profiles:\n", difference_name(findings[0]->difference), times, profiles.size());
  std::string_view last;
  std::size_t shown = 0;
  for (const Finding* finding : findings) {
    if (shown == kShown) break;
    if (finding->octets == last) continue;
    last = finding->octets;
    ++shown;
    const Subject& subject = subjects[finding->subject];
    fmt::print("{}  imapspec_abnf_differential --profile '{}' --unit {} --replay '{}'\n",
               comparer_of(subject).explain(finding->octets), subject.profile_name,
               parser::test::unit_kind_name(subject.kind), parser::escape_octets(finding->octets));
  }
}

void print_findings(const std::vector<Subject>& subjects, const RunResult& result) {
  std::map<std::tuple<Difference, UnitKind, std::string_view, std::string_view>, std::vector<const Finding*>> groups;
  for (const Finding& finding : result.findings) {
    const Subject& subject = subjects[finding.subject];
    const auto error = comparer_of(subject).parser_error(finding.octets);
    groups[{finding.difference, subject.kind, error ? error->rule.text() : "", error ? error->expected.text() : ""}]
        .push_back(&finding);
  }
  for (auto& [complaint, findings] : groups) print_group(subjects, findings);
}

bool is_complete(const abnf::CoverageReport::Share& share) { return share.covered == share.all; }

// print_reasons shows what no unit has, with the number of grammars.
void print_reasons(const std::vector<GrammarCoverage>& grammars) {
  std::map<std::string, std::size_t> reasons;
  for (const GrammarCoverage& grammar : grammars) {
    const bool client = grammar.direction == parser::Direction::FromClient;
    for (const std::string& point : grammar.report.underivable) ++reasons["not derivable: " + point];
    for (const std::string& rule : grammar.of_nobody) ++reasons["in no unit: " + rule];
    for (const std::string& rule : grammar.of_the_other_side) {
      ++reasons[fmt::format("only a {} sends it: {}", client ? "server" : "client", rule)];
    }
  }
  fmt::print("\n{:>8}\n", "grammars");
  for (const auto& [reason, times] : reasons) fmt::print("{:>8}  {}\n", times, reason);
}

// print_coverage says whether every rule, alternative and other choice was derived.
bool print_coverage(const std::vector<Subject>& subjects, const RunResult& result) {
  const std::vector<GrammarCoverage> grammars = grammar_coverages(subjects, result.coverages);
  bool complete = true;
  const auto share = [&](const abnf::CoverageReport::Share& of) {
    complete = complete && is_complete(of);
    return fmt::format("{}/{}", of.covered, of.all);
  };
  fmt::print("\n{:>10}{:>14}{:>14}{:>14}  profile, sender\n", "rules", "alternatives", "choices", "other side's");
  for (const GrammarCoverage& grammar : grammars) {
    const abnf::CoverageReport& report = grammar.report;
    fmt::print("{:>10}{:>14}{:>14}{:>14}  {}, {}\n", share(report.rules), share(report.alternatives),
               share(report.points), grammar.of_the_other_side.size(), grammar.profile_name,
               grammar.direction == parser::Direction::FromClient ? "client" : "server");
    for (const std::string& point : report.missed) fmt::print("  not derived: {}\n", point);
  }
  print_reasons(grammars);
  return complete;
}

// print_overlaps shows the pairs of alternatives of an RFC's grammar that have a common sentence.
int print_overlaps(const Manifest& manifest, const std::string& name, std::uint64_t seed) {
  const auto grammar = written_grammar(manifest, name, {kCounted + name + ".abnf"});
  if (!grammar) {
    fmt::print(stderr, "{}\n", grammar.error());
    return 2;
  }
  abnf::Recogniser recogniser(*grammar);
  const abnf::OverlapAnalysis found = abnf::find_overlaps(
      *grammar, [&](abnf::NodeId node, std::string_view octets) { return recogniser.matches(node, octets); }, seed,
      kOverlapSentences);
  std::set<abnf::NodeId> alternations;
  for (const abnf::Overlap& overlap : found.overlaps) {
    alternations.insert(overlap.alternation);
    fmt::print("{}, {} and {}: {}\n", abnf::alternation_name(*grammar, overlap.alternation), overlap.first,
               overlap.second, parser::escape_octets(overlap.witness));
  }
  fmt::print("\n{} alternations, {} of them overlap, in {} pairs\n", found.alternations, alternations.size(),
             found.overlaps.size());
  return 0;
}

bool replay(const std::vector<Subject>& subjects, const std::string& octets) {
  bool same = true;
  for (const Subject& subject : subjects) {
    Comparer comparer = comparer_of(subject);
    const Comparison comparison = comparer.compare(octets, true);
    fmt::print("{}, {}: {}\n{}", subject.profile_name, parser::test::unit_kind_name(subject.kind),
               comparison.difference ? difference_name(*comparison.difference) : "no difference",
               comparer.explain(octets));
    same = same && !comparison.difference;
  }
  return same;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Compares the parser with the grammar in parser/spec");
  RunOptions options;
  options.jobs = std::max(std::thread::hardware_concurrency(), 1U);
  std::string profile;
  std::string unit;
  const std::string kWidened = IMAPSPEC_SOURCE_DIR "/tests/differential/widened";
  std::string folder = IMAPSPEC_SOURCE_DIR "/parser/spec";
  std::string again;
  std::string written;
  bool coverage = false;
  app.add_option("--sentences", options.sentences, "How many units to compare")->capture_default_str();
  app.add_option("--seed", options.seed, "Another seed, other units")->capture_default_str();
  app.add_option("--profile", profile, "Only this profile, as in \"rev1 QUOTA\"");
  app.add_option("--unit", unit, "Only this kind of unit, as in \"response\"");
  app.add_option("--jobs", options.jobs, "Threads")->capture_default_str()->check(CLI::PositiveNumber);
  app.add_option("--spec", folder, "The folder of the grammars")->capture_default_str();
  app.add_flag("--coverage", coverage,
               "Print which rules, alternatives and other choices were derived; all of them have to be");
  const CLI::Option* overlaps =
      app.add_option("--overlaps", written, "Print which alternatives of an RFC overlap, as in \"rfc9051\"");
  const CLI::Option* replays =
      app.add_option("--replay", again, "Compare this unit only: a file, or octets with \\xHH");
  CLI11_PARSE(app, argc, argv);

  const auto started = std::chrono::steady_clock::now();
  const auto manifest = read_manifest(folder);
  if (manifest && overlaps->count() > 0) return print_overlaps(*manifest, written, options.seed);
  const auto subjects = manifest ? subjects_of(*manifest, profile, unit, kWidened) : std::unexpected(manifest.error());
  if (!subjects) {
    fmt::print(stderr, "{}\n", subjects.error());
    return 2;
  }
  if (replays->count() > 0) {
    const auto octets = octets_of(again);
    if (octets) return replay(*subjects, *octets) ? 0 : 1;
    fmt::print(stderr, "--replay: \"\\x\" goes without two hexadecimal digits\n");
    return 2;
  }

  const RunResult result = run(*subjects, options);
  const Counts all = print_tables(*subjects, result);
  const bool complete = !coverage || print_coverage(*subjects, result);
  print_findings(*subjects, result);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  fmt::print("\nseed {}: {} sentences in {:.1f} s, {:.0f} a second; {} differences\n", options.seed, all.all(),
             took.count(), static_cast<double>(all.all()) / took.count(), all.differences);
  return all.differences == 0 && complete ? 0 : 1;
}
