#include "cli/limits_file.h"

#include <string>
#include <string_view>
#include <type_traits>

#include "cli/yaml_file.h"

namespace imapspec::cli {

void read_limits(runner::YamlReader& reader, const runner::YamlNode& map, server::Limits& limits) {
  std::vector<std::string_view> names;
  for (const server::LimitInfo& info : server::limit_table()) names.push_back(info.name);
  if (!reader.expect_map(map, names, "the limits")) return;
  for (const server::LimitInfo& info : server::limit_table()) {
    const runner::YamlNode* const node = runner::YamlReader::find(map, info.name);
    if (node == nullptr) continue;
    const std::string what = runner::in_quotes(info.name);
    if (const auto* const octets = std::get_if<std::size_t server::Limits::*>(&info.member)) {
      if (const auto value = reader.number(*node, info.least, info.most, what)) limits.*(*octets) = *value;
    } else {
      const auto member = std::get<server::Limits::Milliseconds server::Limits::*>(info.member);
      using Milliseconds = server::Limits::Milliseconds;
      const auto value = reader.seconds(*node, Milliseconds(info.least), Milliseconds(info.most), what);
      if (value) limits.*member = *value;
    }
  }
}

std::expected<void, std::vector<runner::LoadError>> load_limits(const std::filesystem::path& file,
                                                                server::Limits& limits) {
  return read_yaml_file(
      file, [&](runner::YamlReader& reader, const runner::YamlNode& root) { read_limits(reader, root, limits); });
}

}  // namespace imapspec::cli
