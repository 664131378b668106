// The list `steps` of a scenario.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/action_reader.h"
#include "runner/scenario/expectation_reader.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/scenario.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// step_keys are all that a step can have, but for those of one that uses a fragment.
std::vector<std::string_view> step_keys();

// StepReader reads steps in order, since names bound by one are known to the next.
class StepReader {
 public:
  // All, and what the surroundings refer to, must outlive the reader. `uses` gets the requirements that steps name.
  StepReader(YamlReader& reader, WireTextReader& wire, const PatternCheck& check, std::vector<RequirementUse>& uses,
             const Surroundings& surroundings)
      : reader_(&reader),
        uses_(&uses),
        surroundings_(surroundings),
        actions_(reader, wire, surroundings),
        expectations_(reader, wire, check, uses) {}

  // read reads the list for a scenario that starts in `start`.
  std::vector<Step> read(const YamlNode& list, Start start);

  // paused is how long the steps that were read let time pass.
  [[nodiscard]] std::chrono::milliseconds paused() const { return actions_.paused(); }

 private:
  // Inside is what a list of steps belongs to: the scenario, a pipeline, or a branch of at-once.
  enum class Inside : std::uint8_t { Scenario, Pipeline, Branch };

  std::vector<Step> steps(const YamlNode& list, Inside inside, std::size_t connection);
  void entry(const YamlNode& node);
  std::string_view main_key(const YamlNode& node);
  bool check_place(std::string_view key, const YamlNode& node);
  void action(std::string_view key, const YamlNode& node, const YamlNode& value);
  void beside(std::string_view key, const YamlNode& node);
  std::optional<Action> pipeline(const YamlNode& value);
  std::optional<Action> at_once(const YamlNode& value);
  void expectation(std::string_view key, const YamlNode& node, const YamlNode& value);
  void begin(const YamlNode& node, Action action);
  void finish();
  void finish_start(const Step& step, Start start);
  void refuse_expectations(const Step& step, std::string_view why);

  YamlReader* reader_;
  std::vector<RequirementUse>* uses_;
  Surroundings surroundings_;
  ActionReader actions_;
  ExpectationReader expectations_;
  std::vector<Step> steps_;
  Start start_ = Start::Connected;
  Inside inside_ = Inside::Scenario;
  std::size_t connection_ = 0;       // of steps that name none
  std::set<std::size_t> used_{0};    // connections that a step was about
  std::set<std::string> constants_;  // names that the first `looked_at_` steps of the scenario bind
  std::size_t looked_at_ = 0;
  // An action or an expectation of the step could not be read: what the step lacks is no news.
  bool broken_ = false;
};

}  // namespace imapspec::runner
