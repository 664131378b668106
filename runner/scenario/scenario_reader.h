// One scenario, with the places where it names requirements.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/loader.h"
#include "runner/scenario/step_reader.h"

namespace imapspec::runner {

struct ReadScenario {
  Scenario scenario;
  std::vector<RequirementUse> uses;  // in order of their places
};

// read_scenario is parse_scenario for those who check the requirements.
std::expected<ReadScenario, std::vector<LoadError>> read_scenario(std::string_view yaml, std::string id,
                                                                  const std::string& file,
                                                                  const std::filesystem::path& messages,
                                                                  const PatternCheck& check);

}  // namespace imapspec::runner
