#include "runner/scenario/scenario_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "runner/scenario/connection_reader.h"
#include "runner/scenario/fixture_reader.h"
#include "runner/scenario/fragment.h"
#include "runner/scenario/manners_reader.h"
#include "runner/scenario/sent_size.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kScenarioKeys = {"title"sv,       "requirement"sv, "start"sv,     "tls"sv,        "needs"sv,
                                      "profile"sv,     "mailbox"sv,     "mailboxes"sv, "let"sv,        "each"sv,
                                      "connections"sv, "steps"sv,       "version"sv,   kMannerKeys[0], kMannerKeys[1],
                                      kMannerKeys[2],  kMannerKeys[3]};
constexpr std::array kProfiles = {"any"sv, "rev1"sv, "rev2"sv};

class ScenarioReader {
 public:
  ScenarioReader(const YamlFile& file, const ScenarioSources& sources, std::vector<LoadError>& errors)
      : errors_(errors), reader_(file, errors), wire_(reader_), sources_(sources) {}

  ReadScenario read(const YamlNode& root, const std::string& id) {
    Scenario& scenario = scenario_;
    scenario.where = root.where;
    scenario.id = id;
    if (!reader_.expect_map(root, kScenarioKeys, "a scenario")) return std::move(read_);
    scenario.title = reader_.required_text(root, "title").value_or("");
    if (const YamlNode* const node = reader_.require(root, "requirement")) requirements(*node);
    read_manners(reader_, root, scenario);
    if (scenario.inbox) wire_.allow_inbox();
    start(root);
    if (const YamlNode* const node = YamlReader::find(root, "needs")) needs(*node);
    if (const YamlNode* const node = YamlReader::find(root, "profile")) {
      if (const auto profile = reader_.choice(*node, kProfiles, "\"profile\""))
        scenario.profile = kProfiles.at(*profile);
    }
    if (const YamlNode* const node = YamlReader::find(root, "version")) {
      scenario.version = reader_.number(*node, 1, 1'000'000, "\"version\"").value_or(1);
    }
    fixtures(root);
    if (const YamlNode* const node = YamlReader::find(root, "connections")) {
      scenario.connections = read_connections(reader_, *node, scenario.scratch);
    }
    if (const YamlNode* const node = reader_.require(root, "steps")) {
      StepReader steps(reader_, wire_, sources_.check, read_.uses,
                       {.scratch = scenario.scratch,
                        .slow = std::ranges::find(scenario.tags, "slow") != scenario.tags.end(),
                        .connections = scenario.connections,
                        .messages = sources_.messages});
      scenario.steps = steps.read(expand_fragments(*node, sources_.fragments, reader_, errors_), scenario.start);
      scenario.pauses = steps.paused();
    }
    check_sent_sizes(reader_, scenario, rows_);
    scenario.sends = wire_.sent_names();
    settle_risk(reader_, root, scenario);
    add_rows();
    return std::move(read_);
  }

 private:
  void requirements(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::Sequence) return requirement(node);
    if (!reader_.expect_list(node, "\"requirement\"")) return;
    for (const YamlNode& item : node.items) requirement(item);
  }

  void requirement(const YamlNode& node) {
    auto id = reader_.requirement_id(node);
    if (!id) return;
    std::vector<std::string>& ids = scenario_.requirements;
    if (std::ranges::find(ids, *id) != ids.end()) {
      return reader_.error(node.where, "the requirement \"" + *id + "\" is there already");
    }
    read_.uses.push_back({*id, node.where});
    ids.push_back(std::move(*id));
  }

  void start(const YamlNode& root) {
    Scenario& scenario = scenario_;
    const YamlNode* const tls = YamlReader::find(root, "tls");
    if (tls != nullptr) {
      if (const auto use = reader_.choice(*tls, tls_names(), "\"tls\"")) scenario.tls = static_cast<TlsUse>(*use);
    }
    const YamlNode* const node = reader_.require(root, "start");
    if (node == nullptr) return;
    const auto state = reader_.choice(*node, start_names(), "\"start\"");
    if (!state) return;
    scenario.start = static_cast<Start>(*state);
    if (tls != nullptr && scenario.start <= Start::Connected && scenario.tls == TlsUse::StartTls) {
      reader_.error(tls->where,
                    "\"tls\": starttls is no choice for \"start: " + node->text + "\", where a step sends STARTTLS");
    }
    if (scenario.start == Start::Selected && YamlReader::find(root, "mailbox") == nullptr) {
      reader_.error(node->where, "\"start\": selected needs the key \"mailbox\"");
    }
  }

  void needs(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::Sequence) {
      return reader_.error(node.where,
                           "\"needs\": expected one condition such as capability A and capability B, found a list");
    }
    const auto text = reader_.text(node, "\"needs\"");
    if (!text) return;
    auto condition = Condition::parse(*text, condition_names());
    if (!condition) return reader_.error(node.where, condition.error());
    if (!condition->of_connection().empty()) {
      reader_.error(node.where, in_quotes(condition->of_connection()) +
                                    " in \"needs\": there is no connection yet; it is for \"when\"");
    }
    if (!condition->captured().empty()) {
      reader_.error(node.where, "\"captured\" in \"needs\": nothing is captured yet; it is for \"when\"");
    }
    scenario_.needs = std::move(*condition);
  }

  void fixtures(const YamlNode& root) {
    FixtureReader fixtures(reader_, wire_, sources_.messages);
    if (const YamlNode* const node = YamlReader::find(root, "mailbox")) {
      scenario_.scratch = true;
      scenario_.messages = fixtures.messages(*node, "\"mailbox\"");
    }
    if (const YamlNode* const node = YamlReader::find(root, "mailboxes")) {
      scenario_.mailboxes = fixtures.mailboxes(*node);
    }
    if (const YamlNode* const node = YamlReader::find(root, "let")) {
      scenario_.let = fixtures.values(*node, "\"let\"");
      wire_.know(scenario_.let);
    }
    if (const YamlNode* const node = YamlReader::find(root, "each")) {
      rows_ = fixtures.rows(*node);
      for (const Row& row : rows_) wire_.know_row(row.values);
    }
    scenario_.named = fixtures.named();
  }

  // add_rows makes one scenario of each row.
  void add_rows() {
    if (rows_.empty()) return read_.scenarios.push_back(std::move(scenario_));
    for (const Row& row : rows_) {
      Scenario one = scenario_;
      one.id += '[' + row.name + ']';
      one.title += " (" + row.name + ')';
      one.let.insert(row.values.begin(), row.values.end());
      read_.scenarios.push_back(std::move(one));
    }
  }

  std::vector<LoadError>& errors_;
  YamlReader reader_;
  WireTextReader wire_;
  const ScenarioSources& sources_;
  Scenario scenario_;
  std::vector<Row> rows_;
  ReadScenario read_;
};

}  // namespace

std::span<const std::string_view> scenario_keys() { return kScenarioKeys; }

std::expected<ReadScenario, std::vector<LoadError>> read_scenario(std::string_view yaml, const std::string& id,
                                                                  const std::string& file,
                                                                  const ScenarioSources& sources) {
  const auto tree = read_yaml(yaml, file);
  if (!tree) return std::unexpected(tree.error());
  std::vector<LoadError> errors;
  ReadScenario read = ScenarioReader(*tree, sources, errors).read(tree->root, id);
  if (errors.empty()) return read;
  sort_by_place(errors);
  return std::unexpected(std::move(errors));
}

std::expected<std::vector<Scenario>, std::vector<LoadError>> parse_scenarios(std::string_view yaml, std::string id,
                                                                             const std::string& file,
                                                                             const std::filesystem::path& messages,
                                                                             const PatternCheck& check) {
  Fragments fragments(messages.parent_path() / "fragments");
  auto read = read_scenario(yaml, id, file, {.messages = messages, .fragments = fragments, .check = check});
  if (!read) return std::unexpected(std::move(read.error()));
  return std::move(read->scenarios);
}

std::expected<Scenario, std::vector<LoadError>> parse_scenario(std::string_view yaml, std::string id,
                                                               const std::string& file,
                                                               const std::filesystem::path& messages,
                                                               const PatternCheck& check) {
  auto scenarios = parse_scenarios(yaml, std::move(id), file, messages, check);
  if (!scenarios) return std::unexpected(std::move(scenarios.error()));
  return std::move(scenarios->front());
}

}  // namespace imapspec::runner
