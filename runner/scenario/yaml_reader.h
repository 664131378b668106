// Strict reading of the values in a YAML tree: what is not expected is an error with its place.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/yaml_tree.h"

namespace imapspec::runner {

// YamlReader collects the errors of one file. Functions that yield a pointer or an optional have
// recorded the error where it is empty.
class YamlReader {
 public:
  // Both must outlive the reader.
  YamlReader(const YamlFile& file, std::vector<LoadError>& errors) : file_(&file), errors_(&errors) {}

  [[nodiscard]] const YamlFile& file() const { return *file_; }

  void error(const Where& where, std::string message) { errors_->push_back({where, std::move(message)}); }

  // expect_map says whether the node is a map, and records keys that are not in `known`. `what`
  // names the value in the error.
  bool expect_map(const YamlNode& node, std::span<const std::string_view> known, std::string_view what);

  // expect_list rejects empty lists too unless `may_be_empty`.
  bool expect_list(const YamlNode& node, std::string_view what, bool may_be_empty = false);

  // find yields the value of a key, or nullptr where the map does not have it, which is no error.
  static const YamlNode* find(const YamlNode& map, std::string_view key);

  // require is find, and a missing key is an error.
  const YamlNode* require(const YamlNode& map, std::string_view key);

  // text yields one line of text, however it is quoted.
  std::optional<std::string> text(const YamlNode& node, std::string_view what, bool may_be_empty = false);

  // required_text is require and text in one.
  std::optional<std::string> required_text(const YamlNode& map, std::string_view key);

  // optional_text yields `otherwise` where the key is missing or its value is wrong.
  std::string optional_text(const YamlNode& map, std::string_view key, std::string otherwise = {});

  // choice yields the index of the text in `names`.
  std::optional<std::size_t> choice(const YamlNode& node, std::span<const std::string_view> names,
                                    std::string_view what);

  // number yields a decimal number from `least` to `most`.
  std::optional<std::uint64_t> number(const YamlNode& node, std::uint64_t least, std::uint64_t most,
                                      std::string_view what);

  // seconds yields a time that is written in seconds, with up to three decimals.
  std::optional<std::chrono::milliseconds> seconds(const YamlNode& node, std::chrono::milliseconds least,
                                                   std::chrono::milliseconds most, std::string_view what);

  // boolean yields what `true` or `false` says.
  std::optional<bool> boolean(const YamlNode& node, std::string_view what);

  // requirement_id yields the id of a row of the ledger.
  std::optional<std::string> requirement_id(const YamlNode& node);

 private:
  const YamlFile* file_;
  std::vector<LoadError>* errors_;
};

// sort_by_place puts the errors of one file into the order of the file, which is not that of reading.
void sort_by_place(std::vector<LoadError>& errors);

// found_name says what a value is: "a list", "a map", "text", "nothing".
std::string_view found_name(const YamlNode& node);

// is_id says whether an id of a scenario or of a requirement can be written so: ids end up in
// file names, reports and shells. Letters, digits and . / _ + - are fine.
bool is_id(std::string_view text);

// in_quotes puts double quotes around a word for a message.
std::string in_quotes(std::string_view text);

// comma_list joins words for a message.
std::string comma_list(std::span<const std::string_view> words);

}  // namespace imapspec::runner
