#include "cli/yaml_file.h"

#include <utility>

#include "runner/scenario/fixture_file.h"

namespace imapspec::cli {

std::expected<void, std::vector<runner::LoadError>> read_yaml_file(
    const std::filesystem::path& file, const std::function<void(runner::YamlReader&, const runner::YamlNode&)>& read) {
  std::vector<runner::LoadError> errors;
  const auto octets = runner::read_bounded(file, runner::kMaxFileOctets);
  if (!octets) {
    errors.push_back({{file.string(), 0, 0}, octets.error()});
    return std::unexpected(std::move(errors));
  }
  const auto yaml = runner::read_yaml(*octets, file.string());
  if (!yaml) return std::unexpected(yaml.error());
  runner::YamlReader reader(*yaml, errors);
  read(reader, yaml->root);
  if (errors.empty()) return {};
  runner::sort_by_place(errors);
  return std::unexpected(std::move(errors));
}

std::string lines_of(const std::vector<runner::LoadError>& errors) {
  std::string lines;
  for (const runner::LoadError& error : errors) {
    if (!lines.empty()) lines += '\n';
    lines += runner::to_string(error);
  }
  return lines;
}

}  // namespace imapspec::cli
