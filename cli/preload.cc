// preload: what a configuration has in its users' mailboxes.
#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "cli/mbox.h"
#include "cli/serve_config.h"
#include "runner/scenario/fixture_file.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::cli {
namespace {

namespace fs = std::filesystem;
using Messages = std::expected<std::vector<std::string>, std::string>;

constexpr std::size_t kMaxMboxOctets = std::size_t{1} << 30;

std::unexpected<std::string> wrong(const fs::path& path, const std::string& why) {
  return std::unexpected(runner::in_quotes(path.string()) + ": " + why);
}

Messages read_eml(const fs::path& file, const server::Limits& limits) {
  const auto octets = runner::read_bounded(file, limits.message);
  if (!octets) return wrong(file, octets.error());
  return std::vector<std::string>{with_crlf(*octets)};
}

Messages read_folder(const fs::path& folder, const server::Limits& limits) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".eml") files.push_back(at->path());
  }
  if (error) return wrong(folder, error.message());
  std::ranges::sort(files);
  std::vector<std::string> messages;
  for (const fs::path& file : files) {
    auto read = read_eml(file, limits);
    if (!read) return read;
    messages.push_back(std::move(read->front()));
  }
  return messages;
}

Messages read_messages(const fs::path& path, const server::Limits& limits) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return read_folder(path, limits);
  if (path.extension() == ".eml") return read_eml(path, limits);
  const auto octets = runner::read_bounded(path, kMaxMboxOctets);
  if (!octets) return wrong(path, octets.error());
  auto messages = read_mbox(*octets);
  if (!messages) return wrong(path, messages.error());
  return messages;
}

std::expected<void, std::string> fill(server::Mailbox& mailbox, const fs::path& path, const server::Limits& limits,
                                      server::Store& store) {
  const auto messages = read_messages(path, limits);
  if (!messages) return std::unexpected(messages.error());
  if (!mailbox.has_room(messages->size())) return wrong(path, "more messages than a mailbox may have");
  for (const std::string& message : *messages) {
    // What could not have been appended: RFC 9051 section 6.3.12.
    if (message.empty()) return wrong(path, "a message is empty");
    if (message.size() > limits.message) return wrong(path, "a message is larger than a message may be");
    auto octets = store.hold(message);
    if (octets == nullptr) return wrong(path, "more octets than the store may hold");
    mailbox.append(std::move(octets), {}, store.now());
  }
  return {};
}

}  // namespace

std::expected<void, runner::LoadError> preload(const std::vector<ConfiguredUser>& users, const server::Limits& limits,
                                               server::Store& store) {
  for (const ConfiguredUser& user : users) {
    server::Account& account = store.account(user.name);
    account.set_quota(user.quota);
    for (const ConfiguredMailbox& configured : user.mailboxes) {
      const auto failed = [&](const std::string& why) {
        return std::unexpected(
            runner::LoadError{configured.where, "mailbox " + runner::in_quotes(configured.name) + ": " + why});
      };
      // One that is above another, or INBOX, is there already.
      if (account.find(configured.name) == nullptr && !account.create(configured.name)) {
        return failed("a limit on mailbox names is exceeded");
      }
      const auto mailbox = account.find(configured.name);
      if (!configured.special_use.empty()) account.set_special_uses(configured.name, {configured.special_use});
      if (configured.subscribed && !account.subscribe(configured.name)) return failed("too many subscriptions");
      for (const fs::path& path : configured.messages) {
        if (const auto filled = fill(*mailbox, path, limits, store); !filled) return failed(filled.error());
      }
    }
  }
  return {};
}

}  // namespace imapspec::cli
