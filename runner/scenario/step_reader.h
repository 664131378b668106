// The list `steps` of a scenario.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runner/scenario/action_reader.h"
#include "runner/scenario/expectation_reader.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/scenario.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// StepReader reads steps in order, since names bound by one are known to the next.
class StepReader {
 public:
  // All must outlive the reader. `scratch` says whether the scenario has a mailbox to select; `uses` gets the
  // requirements that expectations name.
  StepReader(YamlReader& reader, WireTextReader& wire, const PatternCheck& check, std::vector<RequirementUse>& uses,
             bool scratch)
      : reader_(&reader), actions_(reader, wire, scratch), expectations_(reader, wire, check, uses) {}

  // read reads the list for a scenario that starts in `start`.
  std::vector<Step> read(const YamlNode& list, Start start);

 private:
  void entry(const YamlNode& node);
  void action(std::string_view key, const YamlNode& node, const YamlNode& value);
  void expectation(std::string_view key, const YamlNode& node, const YamlNode& value);
  void begin(const YamlNode& node, Action action);
  void finish();
  void finish_start(const Step& step, Start start);

  YamlReader* reader_;
  ActionReader actions_;
  ExpectationReader expectations_;
  std::vector<Step> steps_;
  Start start_ = Start::Connected;
  // An action or an expectation of the step could not be read: what the step lacks is no news.
  bool broken_ = false;
};

}  // namespace imapspec::runner
