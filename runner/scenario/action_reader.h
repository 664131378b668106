// The steps of a scenario that do something.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "runner/scenario/scenario.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// action_keys are the keys of steps that do something.
std::span<const std::string_view> action_keys();

// Companion is a key that only makes sense beside certain others.
struct Companion {
  std::string_view key;
  std::span<const std::string_view> beside;
};

// action_companions are the keys that some actions take beside their own.
std::span<const Companion> action_companions();

// Surroundings is what actions of a scenario refer to.
struct Surroundings {
  bool scratch = false;  // there is a mailbox to select
  bool slow = false;     // the scenario may take its time
  std::span<const ConnectionPlan> connections;
  const std::filesystem::path& messages;  // the folder of files
};

// ActionReader reads what steps do, but for those that hold other steps.
class ActionReader {
 public:
  // Both, and what the surroundings refer to, must outlive the reader.
  ActionReader(YamlReader& reader, WireTextReader& wire, const Surroundings& surroundings)
      : reader_(&reader), wire_(&wire), surroundings_(surroundings) {}

  // paused is how long what was read so far lets time pass.
  [[nodiscard]] std::chrono::milliseconds paused() const { return paused_; }

  // count adds what a step may wait.
  void count(std::chrono::milliseconds time) { paused_ += time; }

  // within reads how long the step `node` waits; nullopt where it does not say.
  std::optional<std::chrono::milliseconds> within(const YamlNode& node);

  // read reads the action of the step `node`, whose key is `key`. nullopt where there is nothing to go on with.
  std::optional<Action> read(std::string_view key, const YamlNode& node, const YamlNode& value);

 private:
  std::optional<Action> command(const YamlNode& node, const YamlNode& value, std::string_view key);
  void until(const YamlNode& node, CommandStep& step);
  std::optional<Action> send(const YamlNode& node, const YamlNode& value);
  Action pause(const YamlNode& value);
  Action tls(const YamlNode& node, const YamlNode& value);
  Action connect(const YamlNode& value);
  void expect_empty(std::string_view key, const YamlNode& value);
  std::vector<std::string> awaited(const YamlNode& node);
  Writing writing(const YamlNode& node, std::size_t octets);
  void cut(const YamlNode& value, Writing& writing);
  std::optional<std::string> version(const YamlNode& node, std::string_view key);
  std::vector<std::string> protocols(const YamlNode& value);
  HandshakeFacts facts(const YamlNode& value);

  YamlReader* reader_;
  WireTextReader* wire_;
  Surroundings surroundings_;
  std::chrono::milliseconds paused_{0};
};

}  // namespace imapspec::runner
