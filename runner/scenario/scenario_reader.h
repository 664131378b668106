// One scenario, with the places where it names requirements.
#pragma once

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/fragment.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/step_reader.h"

namespace imapspec::runner {

struct ReadScenario {
  std::vector<Scenario> scenarios;   // one, or one for each row of `each`
  std::vector<RequirementUse> uses;  // in order of their places
};

// ScenarioSources is what a scenario refers to.
struct ScenarioSources {
  std::filesystem::path messages;  // the folder of fixtures
  Fragments& fragments;
  const PatternCheck& check;
};

// scenario_keys are those of a file.
std::span<const std::string_view> scenario_keys();

// read_scenario is parse_scenarios for those who check the requirements.
std::expected<ReadScenario, std::vector<LoadError>> read_scenario(std::string_view yaml, const std::string& id,
                                                                  const std::string& file,
                                                                  const ScenarioSources& sources);

}  // namespace imapspec::runner
