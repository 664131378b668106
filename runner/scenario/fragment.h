// Steps that several scenarios share: fragments/NAME.yaml, used by `use: NAME`.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

inline constexpr std::size_t kMostSteps = 1000;               // of a scenario, with those of its fragments
inline constexpr std::size_t kMostOctetsOfSteps = 16U << 20;  // of what fragments put in, all together
inline constexpr std::size_t kDeepestFragment = 5;            // of fragments in fragments

// The keys of a fragment's file, and of a step that uses one.
std::span<const std::string_view> fragment_keys();
std::span<const std::string_view> use_keys();

// Fragment is a file of steps with parameters.
struct Fragment {
  std::vector<std::string> parameters;
  YamlNode steps;
  Where where;
};

// Fragments reads the files of one folder when they are asked for.
class Fragments {
 public:
  explicit Fragments(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // find yields nullptr where there is no such fragment or it does not load; why is in `errors`, the first time.
  const Fragment* find(const std::string& name, std::vector<LoadError>& errors);

  // names are those of the files in the folder.
  [[nodiscard]] std::vector<std::string> names() const;

  // used are those that were asked for.
  [[nodiscard]] const std::set<std::string, std::less<>>& used() const { return used_; }

  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_ / (name + ".yaml"); }

 private:
  std::optional<Fragment> load(const std::string& name, std::vector<LoadError>& errors) const;

  std::filesystem::path folder_;
  std::map<std::string, std::optional<Fragment>, std::less<>> loaded_;
  std::set<std::string, std::less<>> used_;
};

// expand_fragments puts the steps of fragments where a list of steps uses them. Arguments are put for {parameter} in
// whatever text the steps have. Errors are recorded, and what has one is left out.
YamlNode expand_fragments(const YamlNode& steps, Fragments& fragments, YamlReader& reader,
                          std::vector<LoadError>& errors);

}  // namespace imapspec::runner
