// The list `steps` of a scenario.
#pragma once

#include <span>
#include <string>
#include <vector>

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

// start_names are the words for Start, in its order.
std::span<const std::string_view> start_names();

// StepReader reads steps in order, since names bound by one are known to the next.
class StepReader {
 public:
  // All must outlive the reader. `uses` gets the requirements that expectations name.
  StepReader(YamlReader& reader, WireTextReader& wire, const PatternCheck& check, std::vector<RequirementUse>& uses)
      : reader_(&reader), wire_(&wire), check_(&check), uses_(&uses) {}

  // read reads the list for a scenario that starts in `start`; `scratch` says whether it has a
  // mailbox to select.
  std::vector<Step> read(const YamlNode& list, Start start, bool scratch);

 private:
  void entry(const YamlNode& node);
  void action(std::string_view key, const YamlNode& node, const YamlNode& value);
  void command(const YamlNode& node, const YamlNode& value, std::string_view key);
  void send(const YamlNode& node, const YamlNode& value);
  void tls(const YamlNode& node, const YamlNode& value);
  void connect(const YamlNode& node, const YamlNode& value);
  void expectation(std::string_view key, const YamlNode& node, const YamlNode& value);
  void alternative(Expectation& expectation, const YamlNode& value, std::string_view what, Names& bound);
  void outcome(Expectation& expectation, const YamlNode& value, Names& bound);
  void outcome_entry(Expectation& expectation, const YamlNode& node, Names& bound);
  void begin(const YamlNode& node, decltype(Step::action) action);
  void finish();
  void finish_start(const Step& step, Start start);

  YamlReader* reader_;
  WireTextReader* wire_;
  const PatternCheck* check_;
  std::vector<RequirementUse>* uses_;
  std::vector<Step> steps_;
  Start start_ = Start::Connected;
  bool scratch_ = false;
  // An action or an expectation of the step could not be read: what the step lacks is no news.
  bool broken_ = false;
};

}  // namespace imapspec::runner
