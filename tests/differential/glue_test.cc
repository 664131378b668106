// The RFC's rule for a command has the further lines of AUTHENTICATE and IDLE in it; on the wire these are units of
// their own. Glued together again, the units are what the rule has.
//
// RFC 9051 sections 6.2.2, 6.3.13, 9
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "parser/abnf/derivation_table.h"
#include "parser/abnf/generator.h"
#include "parser/abnf/mutator.h"
#include "parser/abnf/recogniser.h"
#include "parser/framing/framer.h"
#include "parser/grammar/parse.h"
#include "tests/differential/profiles.h"

namespace imapspec::differential {
namespace {

constexpr const char* kSpec = IMAPSPEC_SOURCE_DIR "/parser/spec";
constexpr const char* kGlued = IMAPSPEC_SOURCE_DIR "/tests/differential/glued/";
constexpr int kSentences = 4000;

// units_of cuts octets as a server does, which takes every literal. nullopt where something is left over.
std::optional<std::vector<std::string>> units_of(std::string_view octets) {
  parser::Framer framer(parser::Direction::FromClient);
  std::vector<std::string> units;
  while (!octets.empty()) {
    const parser::FramingEvent event = framer.consume(octets);
    if (event == parser::FramingEvent::LiteralAnnounced) continue;
    if (event != parser::FramingEvent::Unit) return std::nullopt;
    units.push_back(framer.take_unit());
  }
  if (!framer.unit().empty()) return std::nullopt;
  return units;
}

// is_exchange says whether the units are one command with what belongs to it.
bool is_exchange(const std::vector<std::string>& units, const parser::Profile& profile) {
  if (units.empty()) return false;
  parser::Arena arena;
  const auto command = parser::parse_command(units[0], arena, profile);
  if (!command) return false;
  const std::vector<std::string> further(units.begin() + 1, units.end());
  if (std::holds_alternative<parser::commands::Idle>(command->body)) {
    return further.size() == 1 && parser::parse_idle_done(further[0]).has_value();
  }
  if (!std::holds_alternative<parser::commands::Authenticate>(command->body)) return further.empty();
  for (std::size_t i = 0; i < further.size(); ++i) {
    const auto data = parser::parse_authenticate_data(further[i]);
    // Nothing follows a cancel.
    if (!data || (!data->has_value() && i + 1 < further.size())) return false;
  }
  return true;
}

class Glue : public ::testing::TestWithParam<const char*> {
 protected:
  Glue() : name_{.revision = GetParam(), .capabilities = {}} {
    if (name_.revision == "rev1") name_.capabilities = {"IDLE", "SASL-IR"};
    profile_ = *parser_profile(name_);
    const auto manifest = read_manifest(kSpec);
    auto grammar =
        profile_grammar(*manifest, name_, parser::Direction::FromClient, {kGlued + name_.revision + ".abnf"});
    if (!grammar) throw std::runtime_error(grammar.error());
    grammar_ = *std::move(grammar);
  }

  ProfileName name_;
  parser::Profile profile_;
  abnf::Grammar grammar_;
};

TEST_P(Glue, UnitsAreAcceptedWhereTheRuleOfTheRfcHasThem) {
  abnf::Recogniser recogniser(grammar_);
  const abnf::RuleId root = *grammar_.find("command-unit");
  const abnf::Matches matches = [&](abnf::NodeId node, std::string_view octets) {
    return recogniser.matches(node, octets);
  };
  const abnf::DerivationTable table(grammar_, grammar_.rule(root).definition, matches);
  abnf::Generator generator(table, matches, 1);
  abnf::Mutator mutator(grammar_, 1);
  abnf::Sentence previous;
  int exchanges = 0;
  int refused = 0;
  const auto compare = [&](const std::string& octets) {
    const auto units = units_of(octets);
    const bool accepted = units && is_exchange(*units, profile_);
    EXPECT_EQ(accepted, recogniser.recognise(root, octets).accepted) << parser::escape_octets(octets);
    if (accepted && units->size() > 1) ++exchanges;
    if (!accepted) ++refused;
  };
  for (int i = 0; i < kSentences && !HasFailure(); ++i) {
    abnf::Sentence sentence = generator.sentence().value();
    compare(sentence.octets);
    compare(mutator.mutate(sentence, previous).octets);
    previous = std::move(sentence);
  }
  EXPECT_GT(exchanges, kSentences / 50);
  EXPECT_GT(refused, kSentences / 4);
}

INSTANTIATE_TEST_SUITE_P(Revisions, Glue, ::testing::Values("rev1", "rev2"),
                         [](const auto& revision) { return std::string(revision.param); });

}  // namespace
}  // namespace imapspec::differential
