// A validator of the part of JSON Schema (draft 2020-12) that the schemas here use: type, enum, required, properties,
// additionalProperties, items, minItems, anyOf, minimum, format: date-time, and $ref to #/$defs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace imapspec::reports {

// schema_violations says what of value is not as schema says, each with the place in value.
// A keyword of the schema that is not known here is a violation too: it would check nothing.
std::vector<std::string> schema_violations(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace imapspec::reports
