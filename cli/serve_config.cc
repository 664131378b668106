#include "cli/serve_config.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <utility>

#include "cli/limits_file.h"
#include "cli/yaml_file.h"
#include "parser/core/ascii.h"
#include "runner/scenario/nearest.h"
#include "server/store/mailbox_name.h"

namespace imapspec::cli {
namespace {

using std::string_view_literals::operator""sv;
using runner::in_quotes;
using runner::YamlNode;
using runner::YamlReader;

constexpr std::array kKeys = {"greeting"sv, "profile"sv,         "with"sv,   "without"sv,
                              "sasl"sv,     "plaintext-login"sv, "limits"sv, "users"sv};
constexpr std::array kGreetingKeys = {"kind"sv, "text"sv, "user"sv};
constexpr std::array kGreetingKinds = {"OK"sv, "PREAUTH"sv, "BYE"sv};
constexpr std::array kPlaintextLogin = {"refused"sv, "allowed"sv};
constexpr std::array kUserKeys = {"name"sv, "password"sv, "quota"sv, "mailboxes"sv};
constexpr std::array kQuotaKeys = {"storage"sv, "messages"sv};
constexpr std::array kMailboxKeys = {"name"sv, "special-use"sv, "subscribed"sv, "messages"sv};
// RFC 9051 section 7.3.1
constexpr std::array kSpecialUses = {"\\All"sv,  "\\Archive"sv, "\\Drafts"sv, "\\Flagged"sv,
                                     "\\Junk"sv, "\\Sent"sv,    "\\Trash"sv};
constexpr std::array kProfiles = {"rev1"sv, "rev2"sv, "rev1+rev2"sv};

class ConfigReader {
 public:
  ConfigReader(YamlReader& reader, const std::filesystem::path& folder, ServeConfig& config)
      : reader_(reader), folder_(folder), config_(config) {}

  void read(const YamlNode& root) {
    if (!reader_.expect_map(root, kKeys, "a configuration")) return;
    if (const YamlNode* const node = YamlReader::find(root, "profile")) {
      if (const auto text = reader_.text(*node, "\"profile\"")) note(*node, set_profile(config_.session.offer, *text));
    }
    capabilities(root, "with", true);
    capabilities(root, "without", false);
    if (const YamlNode* const node = YamlReader::find(root, "plaintext-login")) {
      const auto index = reader_.choice(*node, kPlaintextLogin, "\"plaintext-login\"");
      if (index) config_.session.plaintext_login = *index == 1;
    }
    if (const YamlNode* const node = YamlReader::find(root, "sasl")) mechanisms(*node);
    if (const YamlNode* const node = YamlReader::find(root, "limits")) {
      read_limits(reader_, *node, config_.session.limits);
    }
    if (const YamlNode* const node = YamlReader::find(root, "users")) users(*node);
    if (const YamlNode* const node = YamlReader::find(root, "greeting")) greeting(*node);
  }

 private:
  void note(const YamlNode& node, const std::expected<void, std::string>& done) {
    if (!done) reader_.error(node.where, done.error());
  }

  void capabilities(const YamlNode& root, std::string_view key, bool on) {
    const YamlNode* const list = YamlReader::find(root, key);
    if (list == nullptr || !reader_.expect_list(*list, in_quotes(key), true)) return;
    for (const YamlNode& item : list->items) {
      if (const auto name = reader_.text(item, "a capability")) {
        note(item, set_capability(config_.session.offer, *name, on));
      }
    }
  }

  void mechanisms(const YamlNode& list) {
    if (!reader_.expect_list(list, "\"sasl\"")) return;
    std::vector<std::string_view> names;
    for (const server::Mechanism& mechanism : server::mechanisms()) names.push_back(mechanism.name);
    config_.session.mechanisms.clear();
    for (const YamlNode& item : list.items) {
      if (const auto index = reader_.choice(item, names, "a mechanism")) {
        config_.session.mechanisms.emplace_back(names[*index]);
      }
    }
  }

  void greeting(const YamlNode& node) {
    server::Greeting& greeting = config_.session.greeting;
    if (!reader_.expect_map(node, kGreetingKeys, "\"greeting\"")) return;
    if (const YamlNode* const kind = YamlReader::find(node, "kind")) {
      const auto index = reader_.choice(*kind, kGreetingKinds, "\"kind\"");
      if (index) greeting.kind = static_cast<server::Greeting::Kind>(*index);
    }
    greeting.text = reader_.optional_text(node, "text", greeting.text);
    const bool needs_user = greeting.kind == server::Greeting::Kind::PreAuth;
    if (!needs_user && YamlReader::find(node, "user") == nullptr) return;
    greeting.user = reader_.required_text(node, "user").value_or("");
    if (!greeting.user.empty() && !config_.session.users.contains(greeting.user)) {
      reader_.error(YamlReader::find(node, "user")->where, "there is no user " + in_quotes(greeting.user));
    }
  }

  void users(const YamlNode& list) {
    if (!reader_.expect_list(list, "\"users\"")) return;
    config_.session.users.clear();
    for (const YamlNode& node : list.items) {
      if (!reader_.expect_map(node, kUserKeys, "a user")) continue;
      ConfiguredUser user;
      user.name = reader_.required_text(node, "name").value_or("");
      user.password = reader_.required_text(node, "password").value_or("");
      if (!user.name.empty() && !config_.session.users.emplace(user.name, user.password).second) {
        reader_.error(YamlReader::find(node, "name")->where, "there is another user " + in_quotes(user.name));
      }
      if (const YamlNode* const quota = YamlReader::find(node, "quota")) {
        read_quota(*quota, user.quota);
      }
      if (const YamlNode* const mailboxes = YamlReader::find(node, "mailboxes")) {
        if (reader_.expect_list(*mailboxes, "\"mailboxes\"")) {
          for (const YamlNode& each : mailboxes->items) mailbox(each, user);
        }
      }
      config_.users.push_back(std::move(user));
    }
  }

  void read_quota(const YamlNode& node, server::Quota& quota) {
    if (!reader_.expect_map(node, kQuotaKeys, "\"quota\"")) return;
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();  // of a number64 (RFC 9051 section 9)
    if (const YamlNode* const storage = YamlReader::find(node, "storage")) {
      quota.storage = reader_.number(*storage, 0, kMost, "\"storage\"");
    }
    if (const YamlNode* const messages = YamlReader::find(node, "messages")) {
      quota.messages = reader_.number(*messages, 0, kMost, "\"messages\"");
    }
  }

  void mailbox(const YamlNode& node, ConfiguredUser& user) {
    if (!reader_.expect_map(node, kMailboxKeys, "a mailbox")) return;
    ConfiguredMailbox mailbox;
    mailbox.where = node.where;
    mailbox.name = server::canonical_name(reader_.required_text(node, "name").value_or(""));
    const YamlNode* const name = YamlReader::find(node, "name");
    if (!mailbox.name.empty()) {
      const auto same = [&](const ConfiguredMailbox& other) { return other.name == mailbox.name; };
      if (std::ranges::any_of(user.mailboxes, same)) {
        reader_.error(name->where, "there is another mailbox " + in_quotes(mailbox.name));
      }
      if (!server::is_valid_name(mailbox.name)) reader_.error(name->where, "no mailbox can have that name");
    }
    if (const YamlNode* const use = YamlReader::find(node, "special-use")) {
      if (const auto index = reader_.choice(*use, kSpecialUses, "\"special-use\"")) {
        mailbox.special_use = kSpecialUses.at(*index);
      }
    }
    if (const YamlNode* const subscribed = YamlReader::find(node, "subscribed")) {
      mailbox.subscribed = reader_.boolean(*subscribed, "\"subscribed\"").value_or(false);
    }
    if (const YamlNode* const sources = YamlReader::find(node, "messages")) messages(*sources, mailbox);
    user.mailboxes.push_back(std::move(mailbox));
  }

  void messages(const YamlNode& node, ConfiguredMailbox& mailbox) {
    const auto add = [&](const YamlNode& path) {
      if (const auto text = reader_.text(path, "\"messages\"")) mailbox.messages.push_back(folder_ / *text);
    };
    if (node.kind != YamlNode::Kind::Sequence) return add(node);
    for (const YamlNode& path : node.items) add(path);
  }

  YamlReader& reader_;
  const std::filesystem::path& folder_;
  ServeConfig& config_;
};

}  // namespace

std::expected<ServeConfig, std::vector<runner::LoadError>> load_serve_config(const std::filesystem::path& file) {
  ServeConfig config;
  const std::filesystem::path folder = file.parent_path();
  auto read = read_yaml_file(
      file, [&](YamlReader& reader, const YamlNode& root) { ConfigReader(reader, folder, config).read(root); });
  if (!read) return std::unexpected(std::move(read).error());
  return config;
}

std::expected<void, std::string> set_profile(server::Offer& offer, std::string_view profile) {
  if (std::ranges::find(kProfiles, profile) == kProfiles.end()) {
    return std::unexpected("there is no profile " + in_quotes(profile) + "; expected one of " +
                           runner::comma_list(kProfiles));
  }
  offer.rev1 = profile != "rev2";
  offer.rev2 = profile != "rev1";
  return {};
}

std::expected<void, std::string> set_capability(server::Offer& offer, std::string_view name, bool on) {
  if (offer.set(name, on)) return {};
  std::vector<std::string_view> names;
  for (const server::OfferedName& offered : server::kOfferedNames) names.push_back(offered.name);
  const std::string suggestion = runner::did_you_mean(parser::to_upper(name), names);
  return std::unexpected("there is no capability " + in_quotes(name) + " to switch on or off" +
                         (suggestion.empty() ? "; expected one of " + runner::comma_list(names) : suggestion));
}

}  // namespace imapspec::cli
