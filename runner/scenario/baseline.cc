// load_baseline: findings that are known on a target.
#include <algorithm>
#include <array>

#include "runner/scenario/fixture_file.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kKeys = {"requirement"sv, "deviation"sv, "scenarios"sv, "verdict"sv, "clause"sv, "reason"sv};
// What a finding can be.
constexpr std::array kVerdicts = {"fail"sv, "warn"sv, "weakness"sv, "info"sv};

BaselineEntry read_entry(YamlReader& reader, const YamlNode& node) {
  BaselineEntry entry;
  entry.where = node.where;
  if (const YamlNode* const requirement = reader.require(node, "requirement")) {
    entry.requirement = reader.requirement_id(*requirement).value_or("");
  }
  entry.deviation = reader.required_text(node, "deviation").value_or("");
  if (const YamlNode* const scenarios = YamlReader::find(node, "scenarios")) {
    if (reader.expect_list(*scenarios, "\"scenarios\"")) {
      for (const YamlNode& item : scenarios->items) {
        if (auto glob = reader.text(item, "\"scenarios\"")) entry.scenarios.push_back(std::move(*glob));
      }
    }
  }
  if (const YamlNode* const verdict = YamlReader::find(node, "verdict")) {
    if (const auto index = reader.choice(*verdict, kVerdicts, "\"verdict\"")) {
      entry.verdict = verdict_named(kVerdicts.at(*index)).value_or(Verdict::Fail);
    }
  }
  entry.clause = reader.required_text(node, "clause").value_or("");
  entry.reason = reader.required_text(node, "reason").value_or("");
  return entry;
}

}  // namespace

std::expected<std::vector<BaselineEntry>, std::vector<LoadError>> load_baseline(const std::filesystem::path& file) {
  const auto yaml = read_bounded(file, kMaxFileOctets);
  if (!yaml) return std::unexpected(std::vector<LoadError>{{{file.string(), 0, 0}, yaml.error()}});
  const auto tree = read_yaml(*yaml, file.string());
  if (!tree) return std::unexpected(tree.error());
  std::vector<LoadError> errors;
  YamlReader reader(*tree, errors);
  std::vector<BaselineEntry> entries;
  // A target without known findings has the empty list.
  if (reader.expect_list(tree->root, "a baseline", true)) {
    for (const YamlNode& node : tree->root.items) {
      if (reader.expect_map(node, kKeys, "an entry")) entries.push_back(read_entry(reader, node));
    }
  }
  if (!errors.empty()) {
    sort_by_place(errors);
    return std::unexpected(std::move(errors));
  }
  return entries;
}

}  // namespace imapspec::runner
