// scenarios/scenario.schema.json says what the loader says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "runner/scenario/expectation_reader.h"
#include "runner/scenario/fixture_reader.h"
#include "runner/scenario/fragment.h"
#include "runner/scenario/scenario_reader.h"
#include "runner/scenario/step_reader.h"
#include "runner/scenario/yaml_tree.h"
#include "tests/reports/json_schema.h"

namespace imapspec::runner {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

const fs::path kSuite = fs::path(IMAPSPEC_SOURCE_DIR) / "scenarios";

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream octets;
  octets << in.rdbuf();
  return octets.str();
}

Json schema() { return Json::parse(read(kSuite / "scenario.schema.json")); }

// A plain scalar is what an editor takes it for: a number, a boolean, or text.
Json scalar(const YamlNode& node) {
  if (node.style != YamlNode::Style::Plain) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  int number = 0;
  const auto [end, error] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), number);
  if (error == std::errc{} && end == node.text.data() + node.text.size()) return number;
  return node.text;
}

Json to_json(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::Null:
      return nullptr;
    case YamlNode::Kind::Scalar:
      return scalar(node);
    case YamlNode::Kind::Sequence: {
      Json list = Json::array();
      for (const YamlNode& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case YamlNode::Kind::Map:
      break;
  }
  Json map = Json::object();
  for (std::size_t i = 0; i < node.keys.size(); ++i) map[node.keys[i].text] = to_json(node.items[i]);
  return map;
}

std::vector<std::string> properties(const Json& of) {
  std::vector<std::string> keys;
  for (const auto& [key, unused] : of.at("properties").items()) keys.push_back(key);
  return keys;
}

std::vector<std::string> words(std::span<const std::string_view> known) { return {known.begin(), known.end()}; }

TEST(ScenarioSchema, HasTheKeysOfTheLoaderAndNoOthers) {
  const Json all = schema();
  const Json& defs = all.at("$defs");
  EXPECT_THAT(properties(all), UnorderedElementsAreArray(words(scenario_keys())));
  EXPECT_THAT(properties(defs.at("messageMap")), UnorderedElementsAreArray(words(message_keys())));
  EXPECT_THAT(properties(defs.at("generate")), UnorderedElementsAreArray(words(generate_keys())));
  EXPECT_THAT(properties(defs.at("mailbox")), UnorderedElementsAreArray(words(mailbox_keys())));
  EXPECT_THAT(properties(defs.at("value").at("anyOf").at(1)), UnorderedElementsAreArray(words(value_keys())));
  EXPECT_THAT(properties(defs.at("outcome")), UnorderedElementsAreArray(words(outcome_keys())));
  std::vector<std::string> steps = words(use_keys());
  for (const std::string_view key : step_keys()) {
    if (std::ranges::find(steps, key) == steps.end()) steps.emplace_back(key);
  }
  EXPECT_THAT(properties(defs.at("step")), UnorderedElementsAreArray(steps));
}

TEST(ScenarioSchema, AdmitsTheWholeSuite) {
  const Json all = schema();
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kSuite)) {
    const std::string name = entry.path().lexically_relative(kSuite).generic_string();
    if (entry.path().extension() != ".yaml" || name.starts_with("ledger/") || name.starts_with("fragments/")) continue;
    const auto tree = read_yaml(read(entry.path()), name);
    ASSERT_TRUE(tree) << name;
    EXPECT_THAT(reports::schema_violations(all, to_json(tree->root)), IsEmpty()) << name;
    ++files;
  }
  EXPECT_GT(files, 200U);
}

TEST(ScenarioSchema, RefusesWhatTheLoaderRefuses) {
  const std::string good = "title: t\nrequirement: r\nstart: connected\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n";
  const auto violations = [&](const std::string& yaml) {
    const auto tree = read_yaml(yaml, "s.yaml");
    EXPECT_TRUE(tree) << yaml;
    return reports::schema_violations(schema(), tree ? to_json(tree->root) : Json());
  };
  EXPECT_THAT(violations(good), IsEmpty());
  for (const char* more : {"titel: x", "profile: rev3", "mailbox: {a: b}", "mailbox: [{massage: a}]", "let: {a: [b]}",
                           "each: {a: b}", "class: P4", "tags: []", "mailboxes: {a: {user: 3}}", "version: 0"}) {
    EXPECT_THAT(violations(good + more), ::testing::Not(IsEmpty())) << more;
  }
  EXPECT_THAT(violations("title: t\nrequirement: r\nstart: connected\nsteps: [{Q: 'x'}]"), ::testing::SizeIs(1));
  EXPECT_THAT(violations("title: t"), ::testing::SizeIs(3));
}

}  // namespace
}  // namespace imapspec::runner
