// What `imapspec serve` is told to be, by a file and by flags.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/loader.h"
#include "server/auth/mechanism.h"
#include "server/session/options.h"
#include "server/store/store.h"

namespace imapspec::cli {

// ConfiguredMailbox is a mailbox that is there from the start.
struct ConfiguredMailbox {
  std::string name;
  std::string special_use;  // such as \Sent, or empty
  bool subscribed = false;
  std::vector<std::filesystem::path> messages;  // folders of .eml files, .eml files, mbox files
  runner::Where where;
};

// ConfiguredUser is an account that is there from the start.
struct ConfiguredUser {
  std::string name;
  std::string password;
  server::Quota quota;
  std::vector<ConfiguredMailbox> mailboxes;
};

// ServeConfig is the whole of it. Without users of its own the server has those of SessionOptions.
struct ServeConfig {
  ServeConfig() { session.mechanisms = server::usual_mechanisms(); }

  server::SessionOptions session;
  std::vector<ConfiguredUser> users;
};

// load_serve_config reads a YAML file; docs/serve.md describes it. Paths in it begin at its folder.
std::expected<ServeConfig, std::vector<runner::LoadError>> load_serve_config(const std::filesystem::path& file);

// set_profile takes "rev1", "rev2" or "rev1+rev2"; set_capability a name of server::kOfferedNames. The error is a
// sentence.
std::expected<void, std::string> set_profile(server::Offer& offer, std::string_view profile);
std::expected<void, std::string> set_capability(server::Offer& offer, std::string_view name, bool on);

// preload makes the accounts with their mailboxes and messages. The error is the first that is met.
std::expected<void, runner::LoadError> preload(const std::vector<ConfiguredUser>& users, const server::Limits& limits,
                                               server::Store& store);

}  // namespace imapspec::cli
