#include "runner/scenario/yaml_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "parser/grammar/char_class.h"
#include "runner/scenario/nearest.h"

namespace imapspec::runner {

void sort_by_place(std::vector<LoadError>& errors) {
  // A multimap keeps the order of equal keys. (std::stable_sort of GCC 12 warns under Clang 19.)
  std::multimap<std::pair<std::size_t, std::size_t>, LoadError> sorted;
  for (LoadError& error : errors) {
    const std::pair place(error.where.line, error.where.column);
    sorted.emplace(place, std::move(error));
  }
  errors.clear();
  for (auto& [place, error] : sorted) errors.push_back(std::move(error));
}

std::string_view found_name(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::Null:
      return "nothing";
    case YamlNode::Kind::Scalar:
      return "text";
    case YamlNode::Kind::Sequence:
      return "a list";
    case YamlNode::Kind::Map:
      return "a map";
  }
  return "nothing";
}

bool is_id(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return parser::is_alpha(octet) || parser::is_digit(octet) ||
           std::string_view("./_+-").find(c) != std::string_view::npos;
  });
}

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string comma_list(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

bool YamlReader::expect_map(const YamlNode& node, std::span<const std::string_view> known, std::string_view what) {
  if (node.kind != YamlNode::Kind::Map) {
    error(node.where, std::string(what) + ": expected a map, found " + std::string(found_name(node)));
    return false;
  }
  for (const YamlNode& key : node.keys) {
    if (std::ranges::find(known, key.text) != known.end()) continue;
    const std::string suggestion = did_you_mean(key.text, known);
    error(key.where, "unknown key " + in_quotes(key.text) +
                         (suggestion.empty() ? "; expected one of " + comma_list(known) : suggestion));
  }
  return true;
}

bool YamlReader::expect_list(const YamlNode& node, std::string_view what, bool may_be_empty) {
  if (node.kind != YamlNode::Kind::Sequence) {
    error(node.where, std::string(what) + ": expected a list, found " + std::string(found_name(node)));
    return false;
  }
  if (node.items.empty() && !may_be_empty) {
    error(node.where, std::string(what) + ": the list is empty");
    return false;
  }
  return true;
}

const YamlNode* YamlReader::find(const YamlNode& map, std::string_view key) {
  const auto found = std::ranges::find(map.keys, key, &YamlNode::text);
  return found == map.keys.end() ? nullptr : &map.items[static_cast<std::size_t>(found - map.keys.begin())];
}

const YamlNode* YamlReader::require(const YamlNode& map, std::string_view key) {
  const YamlNode* const node = find(map, key);
  if (node == nullptr) error(map.where, "the key " + in_quotes(key) + " is missing");
  return node;
}

std::optional<std::string> YamlReader::text(const YamlNode& node, std::string_view what, bool may_be_empty) {
  if (node.kind != YamlNode::Kind::Scalar) {
    error(node.where, std::string(what) + ": expected text, found " + std::string(found_name(node)));
    return std::nullopt;
  }
  std::string line = node.text;
  if (line.ends_with('\n')) line.pop_back();  // blocks end with one
  if (line.empty() && !may_be_empty) {
    error(node.where, std::string(what) + ": the text is empty");
    return std::nullopt;
  }
  if (line.find('\n') != std::string::npos) {
    error(node.where, std::string(what) + ": expected one line");
    return std::nullopt;
  }
  return line;
}

std::optional<std::string> YamlReader::required_text(const YamlNode& map, std::string_view key) {
  const YamlNode* const node = require(map, key);
  if (node == nullptr) return std::nullopt;
  return text(*node, in_quotes(key));
}

std::string YamlReader::optional_text(const YamlNode& map, std::string_view key, std::string otherwise) {
  const YamlNode* const node = find(map, key);
  if (node == nullptr) return otherwise;
  return text(*node, in_quotes(key), true).value_or(std::move(otherwise));
}

std::optional<std::size_t> YamlReader::choice(const YamlNode& node, std::span<const std::string_view> names,
                                              std::string_view what) {
  const auto value = text(node, what);
  if (!value) return std::nullopt;
  const auto found = std::ranges::find(names, *value);
  if (found == names.end()) {
    error(node.where,
          std::string(what) + ": unknown value " + in_quotes(*value) + "; expected one of " + comma_list(names));
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::optional<std::string> YamlReader::requirement_id(const YamlNode& node) {
  auto id = text(node, "a requirement");
  if (!id) return std::nullopt;
  if (!is_id(*id)) {
    error(node.where, "a requirement: expected an id such as 6.3.2/uidvalidity-is-sent, found " + in_quotes(*id));
    return std::nullopt;
  }
  return id;
}

}  // namespace imapspec::runner
