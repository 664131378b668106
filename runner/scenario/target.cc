// load_target: how to start and reach a known server.
#include <array>

#include "runner/scenario/fixture_file.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kKeys = {"name"sv,     "start"sv, "stop"sv,      "plaintext-login"sv, "user"sv,
                              "password"sv, "user2"sv, "password2"sv, "mailbox-prefix"sv,  "jobs"sv};
constexpr std::array kPlaintextLogin = {"refused"sv, "allowed"sv, "unknown"sv};
constexpr std::size_t kMaxJobs = 1000;

class TargetReader {
 public:
  TargetReader(YamlReader& reader, std::filesystem::path folder) : reader_(reader) {
    config_.folder = std::move(folder);
  }

  TargetConfig read(const YamlNode& root) {
    if (!reader_.expect_map(root, kKeys, "a target")) return std::move(config_);
    config_.name = reader_.required_text(root, "name").value_or("");
    config_.start = script(root, "start");
    config_.stop = script(root, "stop");
    if (const YamlNode* const login = YamlReader::find(root, "plaintext-login")) {
      if (const auto index = reader_.choice(*login, kPlaintextLogin, "\"plaintext-login\"")) {
        config_.plaintext_login = kPlaintextLogin.at(*index);
      }
    }
    config_.user = reader_.required_text(root, "user").value_or("");
    config_.password = reader_.required_text(root, "password").value_or("");
    config_.user2 = reader_.optional_text(root, "user2");
    config_.password2 = reader_.optional_text(root, "password2");
    config_.mailbox_prefix = reader_.optional_text(root, "mailbox-prefix");
    if (const YamlNode* const node = YamlReader::find(root, "jobs")) jobs(*node);
    return std::move(config_);
  }

 private:
  std::string script(const YamlNode& root, std::string_view key) {
    auto name = reader_.required_text(root, key);
    if (!name) return {};
    const Where& where = YamlReader::find(root, key)->where;
    std::error_code error;
    if (name->find('/') != std::string::npos) {
      reader_.error(where, "\"" + std::string(key) + "\": expected the name of a file beside this one");
    } else if (!std::filesystem::is_regular_file(config_.folder / *name, error)) {
      reader_.error(where, "\"" + std::string(key) + "\": there is no file \"" + *name + "\" beside this one");
    }
    return std::move(*name);
  }

  void jobs(const YamlNode& node) {
    if (const auto jobs = reader_.number(node, 0, kMaxJobs, "\"jobs\"")) config_.jobs = *jobs;
  }

  YamlReader& reader_;
  TargetConfig config_;
};

}  // namespace

std::expected<TargetConfig, std::vector<LoadError>> load_target(const std::filesystem::path& file) {
  const auto yaml = read_bounded(file, kMaxFileOctets);
  if (!yaml) return std::unexpected(std::vector<LoadError>{{{file.string(), 0, 0}, yaml.error()}});
  const auto tree = read_yaml(*yaml, file.string());
  if (!tree) return std::unexpected(tree.error());
  std::vector<LoadError> errors;
  YamlReader reader(*tree, errors);
  TargetConfig config = TargetReader(reader, file.parent_path()).read(tree->root);
  if (!errors.empty()) {
    sort_by_place(errors);
    return std::unexpected(std::move(errors));
  }
  return config;
}

}  // namespace imapspec::runner
