// What a scenario has to begin with: messages, mailboxes, values, and rows of values.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/scenario.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// Row is one row of `each`: the scenario is run once with its values.
struct Row {
  std::string name;
  std::map<std::string, std::string> values;
};

// The keys of a message, of `generate`, of a mailbox and of a value.
std::span<const std::string_view> message_keys();
std::span<const std::string_view> generate_keys();
std::span<const std::string_view> mailbox_keys();
std::span<const std::string_view> value_keys();

// FixtureReader makes the names known that it reads.
class FixtureReader {
 public:
  // All must outlive the reader. `messages` is the folder of fixtures.
  FixtureReader(YamlReader& reader, WireTextReader& wire, const std::filesystem::path& messages)
      : reader_(&reader), wire_(&wire), messages_(&messages) {}

  // messages reads the list of a mailbox.
  std::vector<Fixture> messages(const YamlNode& list, std::string_view what);

  // mailboxes reads the map of the mailboxes besides the scenario's own.
  std::vector<MailboxLayout> mailboxes(const YamlNode& map);

  // values reads a map of names to octets: `let`, or a row.
  std::map<std::string, std::string> values(const YamlNode& map, std::string_view what);

  // rows reads `each`. All rows have the same names.
  std::vector<Row> rows(const YamlNode& map);

  // named are the names so far, with their places.
  [[nodiscard]] const std::map<std::string, Where>& named() const { return named_; }

 private:
  std::optional<Fixture> message(const YamlNode& node);
  std::optional<std::string> message_octets(const YamlNode& node, Fixture& fixture);
  std::optional<std::string> generated(const YamlNode& node);
  std::optional<std::string> value(const YamlNode& node, std::string_view what);
  void attributes(const YamlNode& node, Fixture& fixture);
  void mailbox(const YamlNode& key, const YamlNode& node, std::vector<MailboxLayout>& all);
  bool new_name(const YamlNode& key);

  YamlReader* reader_;
  WireTextReader* wire_;
  const std::filesystem::path* messages_;
  std::size_t octets_ = 0;  // of all messages so far
  std::map<std::string, Where> named_;
};

}  // namespace imapspec::runner
