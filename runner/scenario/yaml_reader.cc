#include "runner/scenario/yaml_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "runner/scenario/nearest.h"

namespace imapspec::runner {
namespace {

constexpr std::size_t kShortWord = 4;

std::optional<std::uint64_t> whole(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// Not by way of a double: 0.001 has to be what is written.
std::optional<std::chrono::milliseconds> milliseconds(std::string_view text) {
  constexpr std::uint64_t kMost = 1'000'000'000'000;
  const std::size_t point = text.find('.');
  const auto seconds = whole(text.substr(0, point));
  if (!seconds || *seconds > kMost) return std::nullopt;
  std::uint64_t thousandths = 0;
  if (point != std::string_view::npos) {
    std::string decimals(text.substr(point + 1));
    if (decimals.empty() || decimals.size() > 3) return std::nullopt;
    decimals.resize(3, '0');
    const auto value = whole(decimals);
    if (!value) return std::nullopt;
    thousandths = *value;
  }
  return std::chrono::milliseconds(*seconds * 1000 + thousandths);
}

std::string in_seconds(std::chrono::milliseconds time) {
  const auto count = time.count();
  std::string text = std::to_string(count / 1000);
  if (count % 1000 == 0) return text;
  std::string decimals = std::to_string(1000 + count % 1000).substr(1);
  while (decimals.ends_with('0')) decimals.pop_back();
  return text + "." + decimals;
}

}  // namespace

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
    error(node.where, std::string(what) + ": expected a map, found " + std::string(found_name(node)) +
                          (node.kind == YamlNode::Kind::Null ? "; an empty one is {}" : ""));
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
    if (!node.emptied) error(node.where, std::string(what) + ": the list is empty");
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
    // Of short words several are near.
    const bool telling = value->size() > kShortWord || parser::equal_ignoring_case(nearest(*value, names), *value);
    const std::string suggestion = telling ? did_you_mean(*value, names) : std::string();
    error(node.where, std::string(what) + ": unknown value " + in_quotes(*value) +
                          (suggestion.empty() ? "; expected one of " + comma_list(names) : suggestion));
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::optional<std::uint64_t> YamlReader::number(const YamlNode& node, std::uint64_t least, std::uint64_t most,
                                                std::string_view what) {
  const auto digits = text(node, what);
  if (!digits) return std::nullopt;
  const auto value = whole(*digits);
  if (value && *value >= least && *value <= most) return value;
  error(node.where,
        std::string(what) + ": expected a number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> YamlReader::seconds(const YamlNode& node, std::chrono::milliseconds least,
                                                             std::chrono::milliseconds most, std::string_view what) {
  const auto digits = text(node, what);
  if (!digits) return std::nullopt;
  const auto value = milliseconds(*digits);
  if (value && *value >= least && *value <= most) return value;
  error(node.where, std::string(what) + ": expected a time from " + in_seconds(least) + " to " + in_seconds(most) +
                        " seconds, with at most three decimals and without a unit, found " + in_quotes(*digits));
  return std::nullopt;
}

std::optional<bool> YamlReader::boolean(const YamlNode& node, std::string_view what) {
  static constexpr std::array<std::string_view, 2> kNames{"false", "true"};
  const auto index = choice(node, kNames, what);
  if (!index) return std::nullopt;
  return *index == 1;
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
