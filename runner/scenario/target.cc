#include "runner/scenario/target.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "runner/scenario/fixture_file.h"
#include "runner/scenario/nearest.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kKeys = {"name"sv,
                              "start"sv,
                              "stop"sv,
                              "reset"sv,
                              "ready"sv,
                              "start-time"sv,
                              "host"sv,
                              "ca"sv,
                              "user"sv,
                              "user2"sv,
                              "tls"sv,
                              "password"sv,
                              "jobs"sv,
                              "plaintext-login"sv,
                              "mailbox-prefix"sv,
                              "hierarchy-delimiter"sv,
                              "client-certificate"sv,
                              "client-key"sv,
                              "baseline"sv,
                              "pid-file"sv,
                              "password2"sv,
                              "user-suffix"sv,
                              "max-connections"sv,
                              "login-delay"sv,
                              "bad-commands"sv};
constexpr std::array kBadCommandKeys = {"before-login"sv, "after-login"sv};
constexpr std::array kPlaintextLogin = {"refused"sv, "allowed"sv, "unknown"sv};
constexpr std::array kReady = {"line"sv, "ports"sv};
constexpr std::array kTls = {"none"sv, "starttls"sv, "implicit"sv};
// The last is known when the server runs.
constexpr std::array kReferences = {"state"sv, "host"sv, "port"sv, "tls-port"sv, "folder"sv, "imapspec"sv, "pid"sv};
constexpr std::size_t kReferencesBefore = kReferences.size() - 1;
constexpr std::size_t kMaxJobs = 1000;
constexpr std::size_t kMaxConnections = 100'000;
constexpr std::size_t kMaxBadCommands = 1'000'000;
constexpr std::chrono::milliseconds kMaxTime{3'600'000};

// The name of the reference that begins at `at` with a brace; nullopt where that is no reference.
std::optional<std::string_view> reference_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('}', at);
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(at + 1, end - at - 1);
}

class TargetReader {
 public:
  TargetReader(YamlReader& reader, std::filesystem::path folder) : reader_(reader) {
    config_.folder = std::move(folder);
  }

  TargetConfig read(const YamlNode& root) {
    if (!reader_.expect_map(root, kKeys, "a target")) return std::move(config_);
    config_.name = reader_.required_text(root, "name").value_or("");
    if (const YamlNode* const node = reader_.require(root, "start"))
      config_.start = command(*node, "\"start\"", kReferencesBefore);
    if (const YamlNode* const node = YamlReader::find(root, "stop")) config_.stop = command(*node, "\"stop\"");
    if (const YamlNode* const node = YamlReader::find(root, "reset")) config_.reset = command(*node, "\"reset\"");
    reaching(root);
    users(root);
    manners(root);
    names(root);
    if (const YamlNode* const node = YamlReader::find(root, "baseline")) {
      if (const auto name = file_name(*node, "\"baseline\"")) config_.baseline = config_.folder / *name;
    }
    return std::move(config_);
  }

 private:
  void reaching(const YamlNode& root) {
    if (const auto index = chosen(root, "ready", kReady)) {
      config_.ready = *index == 0 ? TargetConfig::Ready::Line : TargetConfig::Ready::Ports;
    }
    if (const auto time = time_of(root, "start-time", std::chrono::milliseconds(1000))) config_.start_time = *time;
    config_.host = reader_.optional_text(root, "host", "127.0.0.1");
    config_.ca = referring(root, "ca");
    config_.pid_file = referring(root, "pid-file");
    config_.client_certificate = referring(root, "client-certificate");
    config_.client_key = referring(root, "client-key");
    if (const YamlNode* const key = YamlReader::find(root, "client-key");
        key != nullptr && YamlReader::find(root, "client-certificate") == nullptr) {
      reader_.error(key->where, "\"client-key\": there is no \"client-certificate\" that it belongs to");
    }
    if (const auto index = chosen(root, "tls", kTls)) config_.tls = kTls.at(*index);
    if (const auto index = chosen(root, "plaintext-login", kPlaintextLogin)) {
      config_.plaintext_login = kPlaintextLogin.at(*index);
    }
  }

  void users(const YamlNode& root) {
    const std::string suffix = reader_.optional_text(root, "user-suffix");
    config_.user = reader_.required_text(root, "user").value_or("") + suffix;
    config_.password = reader_.required_text(root, "password").value_or("");
    config_.user2 = reader_.optional_text(root, "user2");
    if (!config_.user2.empty()) config_.user2 += suffix;
    config_.password2 = reader_.optional_text(root, "password2");
  }

  void names(const YamlNode& root) {
    config_.mailbox_prefix = reader_.optional_text(root, "mailbox-prefix");
    const YamlNode* const node = YamlReader::find(root, "hierarchy-delimiter");
    const auto text = node == nullptr ? std::nullopt : reader_.text(*node, "\"hierarchy-delimiter\"");
    if (!text) return;
    config_.delimiter = hierarchy_delimiter(*text);
    if (!config_.delimiter) {
      reader_.error(node->where,
                    "\"hierarchy-delimiter\": expected one character, such as '/', or NIL where names are flat");
    }
  }

  void manners(const YamlNode& root) {
    config_.jobs = count_of(root, "jobs", 0, kMaxJobs).value_or(0);
    config_.max_connections = count_of(root, "max-connections", 0, kMaxConnections).value_or(0);
    if (const auto time = time_of(root, "login-delay", std::chrono::milliseconds(0))) config_.login_delay = *time;
    const YamlNode* const bad = YamlReader::find(root, "bad-commands");
    if (bad == nullptr || !reader_.expect_map(*bad, kBadCommandKeys, "\"bad-commands\"")) return;
    BadCommands& limits = config_.bad_commands;
    limits.before_login = count_of(*bad, "before-login", 1, kMaxBadCommands).value_or(limits.before_login);
    limits.after_login = count_of(*bad, "after-login", 1, kMaxBadCommands).value_or(limits.after_login);
  }

  template <std::size_t N>
  std::optional<std::size_t> chosen(const YamlNode& root, std::string_view key,
                                    const std::array<std::string_view, N>& names) {
    const YamlNode* const node = YamlReader::find(root, key);
    if (node == nullptr) return std::nullopt;
    return reader_.choice(*node, names, in_quotes(key));
  }

  std::optional<std::size_t> count_of(const YamlNode& map, std::string_view key, std::size_t least, std::size_t most) {
    const YamlNode* const node = YamlReader::find(map, key);
    if (node == nullptr) return std::nullopt;
    return reader_.number(*node, least, most, in_quotes(key));
  }

  std::optional<std::chrono::milliseconds> time_of(const YamlNode& root, std::string_view key,
                                                   std::chrono::milliseconds least) {
    const YamlNode* const node = YamlReader::find(root, key);
    if (node == nullptr) return std::nullopt;
    return reader_.seconds(*node, least, kMaxTime, in_quotes(key));
  }

  std::string referring(const YamlNode& root, std::string_view key) {
    const YamlNode* const node = YamlReader::find(root, key);
    if (node == nullptr) return {};
    auto text = reader_.text(*node, in_quotes(key));
    if (!text || !check_references(*node, *text, kReferencesBefore)) return {};
    return std::move(*text);
  }

  // check_references lets the first `count` of all pass.
  bool check_references(const YamlNode& node, const std::string& text, std::size_t count = kReferences.size()) {
    const auto known = std::span(kReferences).first(count);
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
      const auto name = reference_at(text, at);
      if (name && std::ranges::find(known, *name) != known.end()) continue;
      reader_.error(node.where, "unknown reference in \"" + text + "\"; expected one of " + comma_list(known) +
                                    did_you_mean(name.value_or(""), known));
      return false;
    }
    return true;
  }

  // file_name yields the name of a file beside the target's.
  std::optional<std::string> file_name(const YamlNode& node, std::string_view what) {
    auto name = reader_.text(node, what);
    if (!name) return std::nullopt;
    std::error_code error;
    if (name->find('/') != std::string::npos) {
      reader_.error(node.where, std::string(what) + ": expected the name of a file beside this one");
    } else if (!std::filesystem::is_regular_file(config_.folder / *name, error)) {
      reader_.error(node.where, std::string(what) + ": there is no file \"" + *name + "\" beside this one");
    }
    return name;
  }

  // command reads a script's name, which gets the state folder as its argument, or a list of words.
  std::vector<std::string> command(const YamlNode& node, std::string_view what,
                                   std::size_t references = kReferences.size()) {
    if (node.kind != YamlNode::Kind::Sequence) {
      const auto name = file_name(node, what);
      if (!name) return {};
      return {(config_.folder / *name).string(), "{state}"};
    }
    std::vector<std::string> words;
    if (!reader_.expect_list(node, what)) return words;
    for (const YamlNode& item : node.items) {
      const auto word = reader_.text(item, what);
      if (word && check_references(item, *word, references)) words.push_back(*word);
    }
    return words;
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

std::optional<std::string> hierarchy_delimiter(std::string_view text) {
  if (text == "NIL") return std::string();
  if (text.size() != 1 || text.front() < ' ' || text.front() > '~') return std::nullopt;
  return std::string(text);
}

std::string fill_in(std::string_view text, const TargetValues& values) {
  std::string filled;
  while (!text.empty()) {
    const std::size_t brace = text.find('{');
    filled += text.substr(0, brace);
    if (brace == std::string_view::npos) break;
    const auto name = reference_at(text, brace);
    const auto value = name ? values.find(*name) : values.end();
    if (value == values.end()) {
      filled += '{';
      text.remove_prefix(brace + 1);
      continue;
    }
    filled += value->second;
    text.remove_prefix(brace + name->size() + 2);
  }
  return filled;
}

}  // namespace imapspec::runner
