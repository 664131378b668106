#include "tests/differential/run.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>

#include "parser/abnf/generator.h"
#include "parser/abnf/shrink.h"

namespace imapspec::differential {

namespace {

constexpr std::size_t kShard = 2'000;
// Of the differences of one kind in a shard so many are shrunk; the others are counted with the last of them.
constexpr std::size_t kShrunk = 2;
// One unit in so many is looked at thoroughly, if it is not longer than this.
constexpr std::size_t kThoroughEvery = 16;
constexpr std::size_t kThoroughOctets = 120;

// Shard is a stretch of the sentences of one subject.
struct Shard {
  std::size_t subject;
  std::uint64_t seed;
  std::size_t sentences;
};

struct ShardResult {
  Tally tally{};
  std::optional<abnf::Coverage> coverage;
  std::vector<Finding> findings;
};

std::size_t weight(UnitKind kind) {
  switch (kind) {
    case UnitKind::Command:
    case UnitKind::Response:
      return 45;
    case UnitKind::Greeting:
      return 6;
    case UnitKind::AuthenticateData:
      return 3;
    case UnitKind::IdleDone:
      return 1;
  }
  return 1;
}

std::vector<Shard> shards_of(const std::vector<Subject>& subjects, const RunOptions& options) {
  std::size_t weights = 0;
  for (const Subject& subject : subjects) weights += weight(subject.kind);
  std::vector<Shard> shards;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    std::size_t left = std::max<std::size_t>(options.sentences * weight(subjects[i].kind) / weights, 1);
    while (left > 0) {
      const std::size_t sentences = std::min(left, kShard);
      shards.push_back({i, options.seed * 1'000'003 + shards.size(), sentences});
      left -= sentences;
    }
  }
  return shards;
}

class ShardRun {
 public:
  ShardRun(const Shard& shard, const Subject& subject, Comparer& comparer)
      : shard_(shard),
        comparer_(comparer),
        generator_(
            *subject.table,
            [&comparer](abnf::NodeId node, std::string_view octets) { return comparer.matches(node, octets); },
            shard.seed),
        mutator_(*subject.grammar, shard.seed + 1),
        random_(shard.seed + 2) {}

  ShardResult run() {
    abnf::Sentence previous;
    for (std::size_t i = 0; i < shard_.sentences; i += 2) {
      auto sentence = generator_.sentence();
      if (!sentence) break;
      take(kGenerated, sentence->octets);
      // At first until there is one of each kind.
      const bool near = generator_.misses_aims() || random_.one_in(6);
      const auto near_miss = near ? generator_.near_miss() : std::nullopt;
      if (near_miss) {
        take(kNearMiss, near_miss->octets);
      } else {
        const abnf::Mutant mutant = mutator_.mutate(*sentence, previous);
        take(kFirstMutation + static_cast<std::size_t>(mutant.mutation), mutant.octets);
      }
      previous = *std::move(sentence);
    }
    result_.coverage = generator_.coverage();
    return std::move(result_);
  }

 private:
  void take(std::size_t source, const std::string& octets) {
    const bool thorough = octets.size() <= kThoroughOctets && random_.one_in(kThoroughEvery);
    const Comparison comparison = comparer_.compare(octets, thorough);
    Counts& counts = result_.tally[source];
    if (comparison.difference) {
      ++counts.differences;
      add_finding(*comparison.difference, octets);
      return;
    }
    switch (comparison.verdict) {
      case Verdict::Accepted:
        ++counts.accepted;
        break;
      case Verdict::Rejected:
        ++counts.rejected;
        break;
      case Verdict::Limit:
        ++counts.limits;
        break;
    }
  }

  void add_finding(Difference difference, const std::string& octets) {
    // Differences with the same complaint of the parser have the same cause, mostly.
    const auto error = comparer_.parser_error(octets);
    const auto kind = std::tuple(difference, error ? error->rule.text() : "", error ? error->expected.text() : "");
    std::vector<std::size_t>& shrunk_before = shrunk_[kind];
    if (shrunk_before.size() == kShrunk) {
      ++result_.findings[shrunk_before.back()].times;
      return;
    }
    shrunk_before.push_back(result_.findings.size());
    std::string shrunk = abnf::shrink(octets, [&](std::string_view shorter) {
      return comparer_.compare(shorter, difference >= Difference::Spelling).difference == difference;
    });
    result_.findings.push_back({shard_.subject, difference, std::move(shrunk)});
  }

  Shard shard_;
  Comparer& comparer_;
  abnf::Generator generator_;
  abnf::Mutator mutator_;
  abnf::Random random_;
  // The findings that were shrunk, by what they have in common.
  std::map<std::tuple<Difference, std::string_view, std::string_view>, std::vector<std::size_t>> shrunk_;
  ShardResult result_;
};

void add(const Shard& shard, ShardResult&& part, RunResult& result) {
  for (std::size_t source = 0; source < kSources; ++source) {
    result.tallies[shard.subject][source] += part.tally[source];
  }
  result.coverages[shard.subject].merge(*part.coverage);
  for (Finding& finding : part.findings) {
    const auto same = std::ranges::find_if(result.findings, [&](const Finding& known) {
      return known.subject == finding.subject && known.difference == finding.difference &&
             known.octets == finding.octets;
    });
    if (same != result.findings.end()) {
      same->times += finding.times;
    } else {
      result.findings.push_back(std::move(finding));
    }
  }
}

// Reading holds what it takes to read the subjects.
struct Reading {
  const Manifest& manifest;
  std::string_view unit;
  const std::string& widened;
  std::vector<Subject> subjects;
};

std::expected<void, std::string> add_subjects(const ProfileName& name, parser::Direction direction, Reading& reading) {
  const auto profile = parser_profile(name);
  if (!profile) return std::unexpected(profile.error());
  auto grammar = profile_grammar(reading.manifest, name, direction);
  if (!grammar) return std::unexpected(to_string(name) + ":\n" + grammar.error());
  Subject subject;
  subject.profile_name = to_string(name);
  subject.profile = *profile;
  subject.grammar = std::make_shared<const abnf::Grammar>(*std::move(grammar));
  // What a server of both revisions may say is in no RFC.
  if (!profile->rev1 || !profile->rev2) {
    auto unresolved = unresolved_grammar(reading.manifest, name, direction, reading.widened);
    if (!unresolved) return std::unexpected(subject.profile_name + ", unresolved:\n" + unresolved.error());
    subject.unresolved = std::make_shared<const abnf::Grammar>(*std::move(unresolved));
  }
  const auto& roots = reading.manifest.roots(direction);
  const std::vector<UnitKind> kinds =
      direction == parser::Direction::FromClient
          ? std::vector{UnitKind::Command, UnitKind::AuthenticateData, UnitKind::IdleDone}
          : std::vector{UnitKind::Response, UnitKind::Greeting};
  for (std::size_t i = 0; i < roots.size(); ++i) {
    subject.kind = kinds[i];
    if (!reading.unit.empty() && reading.unit != parser::test::unit_kind_name(subject.kind)) continue;
    subject.root = *subject.grammar->find(roots[i]);
    if (subject.unresolved != nullptr) subject.unresolved_root = *subject.unresolved->find(roots[i]);
    Comparer comparer = comparer_of(subject);
    subject.table = std::make_shared<const abnf::DerivationTable>(
        *subject.grammar, subject.grammar->rule(subject.root).definition,
        [&](abnf::NodeId node, std::string_view octets) { return comparer.matches(node, octets); });
    reading.subjects.push_back(subject);
  }
  return {};
}

}  // namespace

std::string_view source_name(std::size_t source) {
  if (source == kGenerated) return "generated";
  if (source == kNearMiss) return "near miss";
  return abnf::mutation_name(static_cast<abnf::Mutation>(source - kFirstMutation));
}

Counts& Counts::operator+=(const Counts& other) {
  accepted += other.accepted;
  rejected += other.rejected;
  limits += other.limits;
  differences += other.differences;
  return *this;
}

std::expected<std::vector<Subject>, std::string> subjects_of(const Manifest& manifest, std::string_view profile,
                                                             std::string_view unit, const std::string& widened) {
  Reading reading{manifest, unit, widened, {}};
  for (const ProfileName& name : profile_names(manifest)) {
    if (!profile.empty() && profile != to_string(name)) continue;
    for (const auto direction : {parser::Direction::FromClient, parser::Direction::FromServer}) {
      if (auto added = add_subjects(name, direction, reading); !added) return std::unexpected(added.error());
    }
  }
  if (reading.subjects.empty()) return std::unexpected("no such profile or unit");
  return std::move(reading.subjects);
}

Comparer comparer_of(const Subject& subject) {
  return Comparer({subject.grammar.get(), subject.root}, {subject.unresolved.get(), subject.unresolved_root},
                  subject.kind, subject.profile);
}

RunResult run(const std::vector<Subject>& subjects, const RunOptions& options) {
  const std::vector<Shard> shards = shards_of(subjects, options);
  std::vector<ShardResult> parts(shards.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    std::optional<Comparer> comparer;
    std::size_t compared = subjects.size();
    while (true) {
      const std::size_t index = next++;
      if (index >= shards.size()) return;
      const Subject& subject = subjects[shards[index].subject];
      if (std::exchange(compared, shards[index].subject) != shards[index].subject) {
        comparer.emplace(comparer_of(subject));
      }
      parts[index] = ShardRun(shards[index], subject, *comparer).run();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < options.jobs; ++i) threads.emplace_back(work);
    work();
  }
  RunResult result;
  result.tallies.resize(subjects.size());
  for (const Subject& subject : subjects) result.coverages.emplace_back(subject.table->points());
  for (std::size_t i = 0; i < shards.size(); ++i) add(shards[i], std::move(parts[i]), result);
  return result;
}

}  // namespace imapspec::differential
