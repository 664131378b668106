// The map `connections` of a scenario, and the names of connections in its steps.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "runner/scenario/action.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// start_names and tls_names are the words for Start and TlsUse, in their order.
std::span<const std::string_view> start_names();
std::span<const std::string_view> tls_names();

// read_connections reads the map. `scratch` says whether the scenario has a mailbox to select.
std::vector<ConnectionPlan> read_connections(YamlReader& reader, const YamlNode& map, bool scratch);

// connection_named yields the index of a connection as Step has it: 0 is the scenario's own.
std::optional<std::size_t> connection_named(YamlReader& reader, const YamlNode& name, std::string_view what,
                                            std::span<const ConnectionPlan> connections);

}  // namespace imapspec::runner
