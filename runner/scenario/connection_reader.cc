#include "runner/scenario/connection_reader.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "runner/scenario/nearest.h"
#include "runner/scenario/reference.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kStarts = {"dialled"sv, "connected"sv, "not-authenticated"sv, "authenticated"sv, "selected"sv};
constexpr std::array kTlsUses = {"default"sv, "none"sv, "starttls"sv, "implicit"sv};
constexpr std::array kPlanKeys = {"user"sv, "start"sv, "tls"sv};
// Each is a socket on both sides.
constexpr std::size_t kMostConnections = 16;

ConnectionPlan read_plan(YamlReader& reader, const YamlNode& name, const YamlNode& map, bool scratch) {
  ConnectionPlan plan;
  plan.name = name.text;
  plan.where = name.where;
  if (!is_name(name.text)) {
    reader.error(name.where, in_quotes(name.text) +
                                 " is no name of a connection: expected small letters, digits and "
                                 "\"-\", a letter first, and no \"-\" with digits at the end");
  } else if (name.text == kMainConnection) {
    reader.error(name.where, "\"main\" is the scenario's own connection, which \"start\" and \"tls\" describe");
  }
  if (!reader.expect_map(map, kPlanKeys, "a connection")) return plan;
  if (const YamlNode* const user = YamlReader::find(map, "user")) {
    plan.second_user = reader.number(*user, 1, 2, "\"user\"") == 2;
  }
  const YamlNode* const tls = YamlReader::find(map, "tls");
  if (tls != nullptr) {
    if (const auto use = reader.choice(*tls, kTlsUses, "\"tls\"")) plan.tls = static_cast<TlsUse>(*use);
  }
  const YamlNode* const start = YamlReader::find(map, "start");
  if (start == nullptr) return plan;
  const auto state = reader.choice(*start, kStarts, "\"start\"");
  if (!state) return plan;
  plan.start = static_cast<Start>(*state);
  if (plan.start <= Start::Connected && plan.tls == TlsUse::StartTls) {
    reader.error(tls->where,
                 "\"tls\": starttls is no choice for \"start: " + start->text + "\", where a step sends STARTTLS");
  }
  if (plan.start != Start::Selected) return plan;
  if (!scratch) reader.error(start->where, "\"start\": selected needs the key \"mailbox\" in the scenario");
  if (plan.second_user) {
    reader.error(start->where, "\"start\": the mailbox to select is the first user's; expected authenticated");
  }
  return plan;
}

}  // namespace

std::span<const std::string_view> start_names() { return kStarts; }

std::span<const std::string_view> tls_names() { return kTlsUses; }

std::vector<ConnectionPlan> read_connections(YamlReader& reader, const YamlNode& map, bool scratch) {
  std::vector<ConnectionPlan> plans;
  if (map.kind != YamlNode::Kind::Map) {
    reader.error(map.where,
                 "\"connections\": expected a map of names to connections, found " + std::string(found_name(map)));
    return plans;
  }
  if (map.keys.size() > kMostConnections) {
    reader.error(map.where, "\"connections\": expected at most " + std::to_string(kMostConnections));
    return plans;
  }
  for (std::size_t i = 0; i < map.keys.size(); ++i)
    plans.push_back(read_plan(reader, map.keys[i], map.items[i], scratch));
  return plans;
}

std::optional<std::size_t> connection_named(YamlReader& reader, const YamlNode& name, std::string_view what,
                                            std::span<const ConnectionPlan> connections) {
  const auto text = reader.text(name, what);
  if (!text) return std::nullopt;
  if (*text == kMainConnection) return 0;
  const auto found = std::ranges::find(connections, *text, &ConnectionPlan::name);
  if (found != connections.end()) return static_cast<std::size_t>(found - connections.begin()) + 1;
  std::vector<std::string_view> names{kMainConnection};
  for (const ConnectionPlan& plan : connections) names.push_back(plan.name);
  const std::string suggestion = did_you_mean(*text, names);
  reader.error(name.where, std::string(what) + ": there is no connection " + in_quotes(*text) +
                               (suggestion.empty() ? "; expected one of " + comma_list(names) : suggestion));
  return std::nullopt;
}

}  // namespace imapspec::runner
