// The steps of a scenario that expect something: S, S-not, S-may, S-in-order, S-only, outcome and check.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/action_reader.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/scenario.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// RequirementUse is a requirement that a scenario names, for checking against the ledger.
struct RequirementUse {
  std::string id;
  Where where;
};

// expectation_keys are the keys of steps that expect something.
std::span<const std::string_view> expectation_keys();

// expectation_companions are the keys that go with them.
std::span<const Companion> expectation_companions();

// outcome_keys are those of an entry of `outcome`.
std::span<const std::string_view> outcome_keys();

// ends_command says whether an alternative of the expectation is about how a command ends: "OK ...",
// "a1 OK ...", "+", or "closed".
bool ends_command(const Expectation& expectation);

// ExpectationReader reads expectations in order, since names bound by one are known to the next.
class ExpectationReader {
 public:
  // All must outlive the reader. `uses` gets the requirements that expectations name.
  ExpectationReader(YamlReader& reader, WireTextReader& wire, const PatternCheck& check,
                    std::vector<RequirementUse>& uses)
      : reader_(&reader), wire_(&wire), check_(&check), uses_(&uses) {}

  // read adds the expectation to `step`: that of the step `node`, or what "wait" and "until" wait for. False where a
  // part of it could not be read.
  bool read(std::string_view key, const YamlNode& node, const YamlNode& value, Step& step);

 private:
  void requirement(Expectation& expectation, const YamlNode& node);
  void patterns(Expectation& expectation, const YamlNode& node, const YamlNode& value, std::string_view what,
                Names& bound);
  void text(Expectation& expectation, const YamlNode& node);
  void check(Expectation& expectation, const YamlNode& value);
  void alternative(Expectation& expectation, const YamlNode& value, std::string_view what, Names& bound);
  void outcome(Expectation& expectation, const YamlNode& value, Names& bound);
  void outcome_entry(Expectation& expectation, const YamlNode& node, std::string_view what, Names& bound);

  YamlReader* reader_;
  WireTextReader* wire_;
  const PatternCheck* check_;
  std::vector<RequirementUse>* uses_;
  bool broken_ = false;
};

}  // namespace imapspec::runner
