// The steps of a scenario that do something.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "runner/scenario/action.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// start_names are the words for Start, in its order.
std::span<const std::string_view> start_names();

// action_keys are the keys of steps that do something.
std::span<const std::string_view> action_keys();

// Companion is a key that only makes sense beside certain others.
struct Companion {
  std::string_view key;
  std::span<const std::string_view> beside;
};

// action_companions are the keys that some actions take beside their own.
std::span<const Companion> action_companions();

// ActionReader reads what steps do.
class ActionReader {
 public:
  // Both must outlive the reader. `scratch` says whether the scenario has a mailbox to select.
  ActionReader(YamlReader& reader, WireTextReader& wire, bool scratch)
      : reader_(&reader), wire_(&wire), scratch_(scratch) {}

  // read reads the action of the step `node`, whose key is `key`. nullopt where there is nothing to go on with.
  std::optional<Action> read(std::string_view key, const YamlNode& node, const YamlNode& value);

 private:
  std::optional<Action> command(const YamlNode& value, std::string_view key);
  std::optional<Action> send(const YamlNode& node, const YamlNode& value);
  Action tls(const YamlNode& node, const YamlNode& value);
  Action connect(const YamlNode& value);

  YamlReader* reader_;
  WireTextReader* wire_;
  bool scratch_;
};

}  // namespace imapspec::runner
