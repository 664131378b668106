#include "tests/reports/json_schema.h"

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

namespace imapspec::reports {
namespace {

using Json = nlohmann::json;

bool has_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  return false;
}

class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}

  void validate(const Json& schema, const Json& value, const std::string& place) {
    for (const auto& [keyword, argument] : schema.items()) {
      if (!apply(keyword, argument, schema, value, place))
        complain(place, "the schema has an unknown keyword " + keyword);
    }
  }

  std::vector<std::string> take() { return std::move(violations_); }

 private:
  void complain(const std::string& place, const std::string& what) {
    violations_.push_back((place.empty() ? "/" : place) + ": " + what);
  }

  // Keywords about another type than the value's say nothing (JSON Schema validation, section 6).
  bool apply(const std::string& keyword, const Json& argument, const Json& schema, const Json& value,
             const std::string& place) {
    constexpr std::array<std::string_view, 4> kAnnotations = {"$schema", "$defs", "title", "description"};
    if (std::find(kAnnotations.begin(), kAnnotations.end(), keyword) != kAnnotations.end()) return true;
    if (keyword == "type") {
      const Json types = argument.is_array() ? argument : Json::array({argument});
      const bool holds =
          std::any_of(types.begin(), types.end(), [&](const Json& type) { return has_type(value, type); });
      if (!holds) complain(place, "is no " + argument.dump());
    } else if (keyword == "enum") {
      if (std::find(argument.begin(), argument.end(), value) == argument.end()) complain(place, "is none of the enum");
    } else if (keyword == "minimum") {
      if (value.is_number() && value < argument) complain(place, "is below the minimum");
    } else if (keyword == "format") {
      return format(argument, value, place);
    } else if (keyword == "required") {
      for (const Json& key : argument) {
        if (value.is_object() && !value.contains(key)) complain(place, "has no " + key.dump());
      }
    } else if (keyword == "properties") {
      for (const auto& [key, of_key] : argument.items()) {
        if (value.is_object() && value.contains(key)) validate(of_key, value[key], place + "/" + key);
      }
    } else if (keyword == "additionalProperties") {
      if (value.is_object()) other_keys(argument, schema, value, place);
    } else if (keyword == "anyOf") {
      const bool holds = std::any_of(argument.begin(), argument.end(), [&](const Json& one) {
        Validator inside(root_);
        inside.validate(one, value, place);
        return inside.violations_.empty();
      });
      if (!holds) complain(place, "is nothing of what anyOf admits");
    } else if (keyword == "minItems") {
      if (value.is_array() && value.size() < argument) complain(place, "has too few items");
    } else if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        validate(argument, value[i], place + "/" + std::to_string(i));
      }
    } else if (keyword == "$ref") {
      refer(argument, value, place);
    } else {
      return false;
    }
    return true;
  }

  bool format(const Json& name, const Json& value, const std::string& place) {
    if (name != "date-time") return false;
    static const std::regex kUtc(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)");
    if (value.is_string() && !std::regex_match(value.get<std::string>(), kUtc))
      complain(place, "is no date-time in UTC");
    return true;
  }

  // `of_others` is false, or the schema of the keys that are not among the properties.
  void other_keys(const Json& of_others, const Json& schema, const Json& value, const std::string& place) {
    for (const auto& [key, of_key] : value.items()) {
      if (schema.contains("properties") && schema["properties"].contains(key)) continue;
      if (of_others == false) {
        complain(place, "has a key " + key);
      } else {
        validate(of_others, of_key, place + "/" + key);
      }
    }
  }

  void refer(const Json& reference, const Json& value, const std::string& place) {
    constexpr std::string_view kPrefix = "#/$defs/";
    const auto target = reference.get<std::string>();
    const std::string name = target.starts_with(kPrefix) ? target.substr(kPrefix.size()) : std::string();
    if (!root_.contains("$defs") || !root_["$defs"].contains(name)) {
      complain(place, "the schema has no " + target);
      return;
    }
    validate(root_["$defs"][name], value, place);
  }

  const Json& root_;
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> schema_violations(const Json& schema, const Json& value) {
  Validator validator(schema);
  validator.validate(schema, value, "");
  return validator.take();
}

}  // namespace imapspec::reports
