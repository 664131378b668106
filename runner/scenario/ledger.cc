#include "runner/scenario/ledger.h"

#include <algorithm>
#include <array>
#include <map>

#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kRowKeys = {"id"sv, "section"sv, "level"sv, "text"sv, "rfc"sv, "side"sv, "reason"sv};
constexpr std::array kLevels = {"must"sv, "should"sv, "may"sv, "statement"sv, "hardening"sv};
constexpr std::array kSides = {"server"sv, "client"sv};

LedgerRow read_row(YamlReader& reader, const YamlNode& node) {
  LedgerRow row;
  row.where = node.where;
  Requirement& requirement = row.requirement;
  if (const YamlNode* const id = reader.require(node, "id")) {
    requirement.id = reader.requirement_id(*id).value_or("");
  }
  requirement.section = reader.required_text(node, "section").value_or("");
  if (const YamlNode* const level = reader.require(node, "level")) {
    if (const auto index = reader.choice(*level, kLevels, "\"level\"")) {
      requirement.level = level_named(kLevels.at(*index)).value_or(Level::Must);
    }
  }
  requirement.text = reader.required_text(node, "text").value_or("");
  requirement.rfc = reader.optional_text(node, "rfc", "9051");
  requirement.side = "server";
  if (const YamlNode* const side = YamlReader::find(node, "side")) {
    if (const auto index = reader.choice(*side, kSides, "\"side\"")) requirement.side = kSides.at(*index);
  }
  requirement.reason = reader.optional_text(node, "reason");
  return row;
}

}  // namespace

std::expected<std::vector<LedgerRow>, std::vector<LoadError>> read_ledger(std::string_view yaml,
                                                                          const std::string& file) {
  const auto tree = read_yaml(yaml, file);
  if (!tree) return std::unexpected(tree.error());
  std::vector<LoadError> errors;
  YamlReader reader(*tree, errors);
  std::vector<LedgerRow> rows;
  std::map<std::string, std::size_t> lines;
  if (reader.expect_list(tree->root, "a ledger")) {
    for (const YamlNode& node : tree->root.items) {
      if (!reader.expect_map(node, kRowKeys, "a row")) continue;
      LedgerRow row = read_row(reader, node);
      const auto [first, added] = lines.try_emplace(row.requirement.id, row.where.line);
      if (!added && !row.requirement.id.empty()) {
        reader.error(row.where, "duplicate id \"" + row.requirement.id + "\"; the first is in line " +
                                    std::to_string(first->second));
      }
      rows.push_back(std::move(row));
    }
  }
  if (!errors.empty()) {
    sort_by_place(errors);
    return std::unexpected(std::move(errors));
  }
  return rows;
}

std::expected<std::vector<Requirement>, std::vector<LoadError>> parse_ledger(std::string_view yaml,
                                                                             const std::string& file) {
  auto rows = read_ledger(yaml, file);
  if (!rows) return std::unexpected(std::move(rows.error()));
  std::vector<Requirement> requirements;
  requirements.reserve(rows->size());
  for (LedgerRow& row : *rows) requirements.push_back(std::move(row.requirement));
  return requirements;
}

}  // namespace imapspec::runner
