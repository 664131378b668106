#include "runner/scenario/scenario_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "parser/core/cursor.h"
#include "parser/grammar/date_time.h"
#include "parser/grammar/flag.h"
#include "runner/scenario/connection_reader.h"
#include "runner/scenario/fixture_file.h"
#include "runner/scenario/manners_reader.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kScenarioKeys = {"title"sv,      "requirement"sv, "start"sv,      "tls"sv,         "needs"sv,
                                      "profile"sv,    "mailbox"sv,     "let"sv,        "connections"sv, "steps"sv,
                                      kMannerKeys[0], kMannerKeys[1],  kMannerKeys[2], kMannerKeys[3]};
constexpr std::array kMessageKeys = {"message"sv, "flags"sv, "date"sv};
constexpr std::array kFileKeys = {"file"sv};
constexpr std::array kProfiles = {"any"sv, "rev1"sv, "rev2"sv};

// parses_whole says whether all of `octets` is one `rule` of the grammar.
bool parses_whole(const std::string& octets, bool (*rule)(parser::Cursor&)) {
  parser::Arena arena;
  parser::Cursor cursor(octets, arena, parser::Limits());
  return rule(cursor) && cursor.at_end();
}

class ScenarioReader {
 public:
  ScenarioReader(const YamlFile& file, const std::filesystem::path& messages, const PatternCheck& check,
                 std::vector<LoadError>& errors)
      : reader_(file, errors), wire_(reader_), messages_(messages), check_(check) {}

  ReadScenario read(const YamlNode& root) {
    Scenario& scenario = read_.scenario;
    scenario.where = root.where;
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
    if (const YamlNode* const node = YamlReader::find(root, "mailbox")) mailbox(*node);
    if (const YamlNode* const node = YamlReader::find(root, "let")) let(*node);
    if (const YamlNode* const node = YamlReader::find(root, "connections")) {
      scenario.connections = read_connections(reader_, *node, scenario.scratch);
    }
    if (const YamlNode* const node = reader_.require(root, "steps")) {
      StepReader steps(reader_, wire_, check_, read_.uses,
                       {.scratch = scenario.scratch,
                        .slow = std::ranges::find(scenario.tags, "slow") != scenario.tags.end(),
                        .connections = scenario.connections,
                        .messages = messages_});
      scenario.steps = steps.read(*node, scenario.start);
      scenario.pauses = steps.paused();
    }
    scenario.sends = wire_.sent_names();
    settle_risk(root, scenario);
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
    std::vector<std::string>& ids = read_.scenario.requirements;
    if (std::ranges::find(ids, *id) != ids.end()) {
      return reader_.error(node.where, "the requirement \"" + *id + "\" is there already");
    }
    read_.uses.push_back({*id, node.where});
    ids.push_back(std::move(*id));
  }

  void start(const YamlNode& root) {
    Scenario& scenario = read_.scenario;
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
    const auto text = reader_.text(node, "\"needs\"");
    if (!text) return;
    auto condition = Condition::parse(*text, condition_names());
    if (!condition) return reader_.error(node.where, condition.error());
    read_.scenario.needs = std::move(*condition);
  }

  void mailbox(const YamlNode& node) {
    read_.scenario.scratch = true;
    if (!reader_.expect_list(node, "\"mailbox\"", true)) return;
    for (const YamlNode& item : node.items) message(item);
  }

  void message(const YamlNode& node) {
    Fixture fixture;
    fixture.where = node.where;
    const YamlNode* name = &node;
    if (node.kind != YamlNode::Kind::Scalar) {
      if (!reader_.expect_map(node, kMessageKeys, "a message")) return;
      name = reader_.require(node, "message");
      fixture.flags = reader_.optional_text(node, "flags");
      fixture.date = reader_.optional_text(node, "date");
      check_attributes(node, fixture);
    }
    if (name == nullptr) return;
    auto file = reader_.text(*name, "a message");
    if (!file) return;
    auto octets = read_message(messages_, *file);
    if (!octets) return reader_.error(name->where, octets.error());
    fixture.file = std::move(*file);
    fixture.octets = std::move(*octets);
    read_.scenario.messages.push_back(std::move(fixture));
  }

  void check_attributes(const YamlNode& node, const Fixture& fixture) {
    if (!parses_whole("(" + fixture.flags + ")",
                      [](parser::Cursor& in) { return parser::flag_list(in).has_value(); })) {
      reader_.error(YamlReader::find(node, "flags")->where,
                    "\"flags\": expected flags that APPEND can set, separated by one space, such as '\\Seen $Label'");
    }
    if (!fixture.date.empty() && !parses_whole("\"" + fixture.date + "\"",
                                               [](parser::Cursor& in) { return parser::date_time(in).has_value(); })) {
      reader_.error(YamlReader::find(node, "date")->where,
                    "\"date\": expected an IMAP date-time such as '17-Jul-1996 02:44:25 -0700'");
    }
  }

  void let(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::Map) {
      return reader_.error(node.where, "\"let\": expected a map, found " + std::string(found_name(node)));
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i) let_name(node.keys[i], node.items[i]);
  }

  void let_name(const YamlNode& key, const YamlNode& value) {
    const std::string& name = key.text;
    // Known even when something is wrong with it, so that its uses are not reported as well.
    wire_.bind({name});
    if (!is_name(name)) {
      reader_.error(key.where, "\"" + name +
                                   "\" is no name: expected small letters, digits and \"-\", a letter "
                                   "first, and no \"-\" with digits at the end");
    } else if (std::ranges::find(built_in_names(), name) != built_in_names().end()) {
      reader_.error(key.where, "the name \"" + name + "\" is known from the start");
    }
    if (auto octets = let_value(value)) read_.scenario.let.insert_or_assign(name, std::move(*octets));
  }

  std::optional<std::string> let_value(const YamlNode& value) {
    if (value.kind != YamlNode::Kind::Map) return wire_.octets(value, "a value of \"let\"");
    reader_.expect_map(value, kFileKeys, "a value of \"let\"");
    const auto file = reader_.required_text(value, "file");
    if (!file) return std::nullopt;
    auto octets = read_fixture(messages_, *file);
    if (octets) return std::move(*octets);
    reader_.error(YamlReader::find(value, "file")->where, octets.error());
    return std::nullopt;
  }

  YamlReader reader_;
  WireTextReader wire_;
  const std::filesystem::path& messages_;
  const PatternCheck& check_;
  ReadScenario read_;
};

}  // namespace

std::expected<ReadScenario, std::vector<LoadError>> read_scenario(std::string_view yaml, std::string id,
                                                                  const std::string& file,
                                                                  const std::filesystem::path& messages,
                                                                  const PatternCheck& check) {
  const auto tree = read_yaml(yaml, file);
  if (!tree) return std::unexpected(tree.error());
  std::vector<LoadError> errors;
  ReadScenario read = ScenarioReader(*tree, messages, check, errors).read(tree->root);
  if (!errors.empty()) {
    sort_by_place(errors);
    return std::unexpected(std::move(errors));
  }
  read.scenario.id = std::move(id);
  return read;
}

std::expected<Scenario, std::vector<LoadError>> parse_scenario(std::string_view yaml, std::string id,
                                                               const std::string& file,
                                                               const std::filesystem::path& messages,
                                                               const PatternCheck& check) {
  auto read = read_scenario(yaml, std::move(id), file, messages, check);
  if (!read) return std::unexpected(std::move(read.error()));
  return std::move(read->scenario);
}

}  // namespace imapspec::runner
