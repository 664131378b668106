// The server's limits as a file has them.
#pragma once

#include <expected>
#include <filesystem>
#include <vector>

#include "runner/scenario/yaml_reader.h"
#include "server/session/limits.h"

namespace imapspec::cli {

// read_limits reads a map of limits by name into `limits`: octets and counts as numbers, times in seconds.
void read_limits(runner::YamlReader& reader, const runner::YamlNode& map, server::Limits& limits);

// load_limits reads a file that is such a map; what it does not name stays as it is in `limits`.
std::expected<void, std::vector<runner::LoadError>> load_limits(const std::filesystem::path& file,
                                                                server::Limits& limits);

}  // namespace imapspec::cli
