#include "tests/differential/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace imapspec::differential {

namespace {

constexpr std::uint64_t kSpellings = 4;

}  // namespace

std::string_view difference_name(Difference difference) {
  static constexpr std::array<std::string_view, kDifferences> kNames{
      "only the oracle accepts", "only the parser accepts",     "other offsets",
      "changed by writing",      "not written as it was read",  "a spelling that the oracle refuses",
      "a law is broken",         "not in the rules of the RFCs"};
  return kNames[static_cast<std::size_t>(difference)];
}

Comparer::Comparer(const Oracle& oracle, const Oracle& unresolved, UnitKind kind, const parser::Profile& profile)
    : root_(oracle.root),
      unresolved_root_(unresolved.root),
      kind_(kind),
      profile_(profile),
      recogniser_(*oracle.grammar) {
  if (unresolved.grammar != nullptr) unresolved_.emplace(*unresolved.grammar);
}

std::optional<parser::Error> Comparer::parser_error(std::string_view octets) {
  arena_.reset();
  return parser::test::parse_error(kind_, octets, profile_, arena_);
}

Comparison Comparer::compare(std::string_view octets, bool thorough) {
  const abnf::Recognition oracle = recogniser_.recognise(root_, octets);
  const auto error = parser_error(octets);
  if (oracle.gave_up || (error && error->kind == parser::ErrorKind::LimitExceeded)) return {Verdict::Limit, {}};
  if (oracle.accepted != !error) return {{}, error ? Difference::OnlyOracle : Difference::OnlyParser};
  if (error) {
    if (!same_place(*error, octets, oracle.furthest)) return {{}, Difference::Offset};
    return {Verdict::Rejected, {}};
  }
  if (const auto difference = written(octets, thorough)) return {{}, difference};
  if (thorough && parser::test::check_laws(kind_, octets, profile_)) return {{}, Difference::Law};
  if (thorough && unresolved_ && !unresolved_->recognise(unresolved_root_, octets).accepted) {
    return {{}, Difference::Unresolved};
  }
  return {Verdict::Accepted, {}};
}

bool Comparer::same_place(const parser::Error& error, std::string_view octets, std::size_t furthest) {
  // What is right of a "-" takes a derivation away only when it ends: the last octets may have led nowhere. Then the
  // places from there on are as good as each other.
  std::size_t sure = furthest;
  while (sure > 0 && recogniser_.recognise(root_, octets.substr(0, sure), true).expected.empty()) --sure;
  const bool incomplete = error.kind != parser::ErrorKind::Invalid;
  if (incomplete != (sure == octets.size())) return false;
  return sure <= error.offset && error.offset <= furthest;
}

bool Comparer::matches(abnf::NodeId node, std::string_view octets) { return recogniser_.matches(node, octets); }

template <class Parse>
std::optional<Difference> Comparer::written_by(std::string_view octets, bool thorough, Parse parse) {
  arena_.reset();
  const auto read = parse(octets);
  std::string again;
  parser::serialize(*read, again);
  const auto second = parse(std::string_view(again));
  if (!second || !(*read == *second)) return Difference::RoundTrip;
  std::string faithful;
  parser::serialize_faithful(*read, octets, faithful);
  if (faithful != octets) return Difference::Unfaithful;
  if (!thorough) return std::nullopt;
  parser::Profile profile = profile_;
  profile.from_server = parser::test::direction_of(kind_) == parser::Direction::FromServer;
  parser::Spelled spelled;
  for (std::uint64_t seed = 0; seed < kSpellings; ++seed) {
    parser::serialize_adversarial(*read, profile, seed, spelled);
    if (!recogniser_.recognise(root_, spelled.octets).accepted) return Difference::Spelling;
  }
  return std::nullopt;
}

std::optional<Difference> Comparer::written(std::string_view octets, bool thorough) {
  switch (kind_) {
    case UnitKind::Command:
      return written_by(octets, thorough, [&](std::string_view unit) {  //
        return parser::parse_command(unit, arena_, profile_);
      });
    case UnitKind::Response:
      return written_by(octets, thorough, [&](std::string_view unit) {  //
        return parser::parse_response(unit, arena_, profile_);
      });
    case UnitKind::Greeting:
      return written_by(octets, thorough, [&](std::string_view unit) -> std::expected<parser::Response, parser::Error> {
        const auto read = parser::parse_greeting(unit, arena_, profile_);
        if (!read) return std::unexpected(read.error());
        return *read;
      });
    case UnitKind::AuthenticateData:
    case UnitKind::IdleDone:
      return std::nullopt;  // the laws look at them
  }
  return std::nullopt;
}

std::string Comparer::explain(std::string_view octets) {
  const abnf::Recognition oracle = recogniser_.recognise(root_, octets, true);
  std::string text = "  oracle: ";
  if (oracle.gave_up) {
    text += fmt::format("gave up: {} states\n", *oracle.gave_up);
  } else if (oracle.accepted) {
    text += "accepted\n";
  } else {
    text += fmt::format("offset {}: expected", oracle.furthest);
    for (const std::string& expected : oracle.expected) text += " " + expected;
    text += "\n";
  }
  const auto error = parser_error(octets);
  text += "  parser: " + (error ? parser::describe(*error, octets) : "accepted") + "\n";
  if (const auto law = parser::test::check_laws(kind_, octets, profile_)) text += "  law: " + *law + "\n";
  return text;
}

}  // namespace imapspec::differential
